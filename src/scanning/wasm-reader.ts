/** Reads and writes what the binary format of WebAssembly is made of (core specification 5). */

/** Section ids that we look at (5.5.2). */
export const SECTION = { import: 2, global: 6, export: 7, code: 10 } as const;

/** Kinds of imports and exports (5.5.5, 5.5.10). */
export const KIND = { function: 0, table: 1, memory: 2, global: 3 } as const;

/** Magic and version, before the first section. */
export const HEADER_LENGTH = 8;

/** A section: where its header begins, and its content without the header. */
export interface WasmSection {
  readonly id: number;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

/** A cursor over a program. Programs come from a pinned package, so it only promises not to throw. */
export class WasmReader {
  readonly bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  byte(): number {
    const value = this.bytes[this.position] ?? 0;
    this.position += 1;
    return value;
  }

  /** LEB128 of an unsigned 32-bit number (5.2.2). */
  number(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }

  name(): string {
    const length = this.number();
    const name = new TextDecoder().decode(this.bytes.subarray(this.position, this.position + length));
    this.position += length;
    return name;
  }

  /** Calls `read` once for each entry of a vector (5.1.3). */
  vector(read: (index: number) => void): void {
    const count = this.number();
    for (let index = 0; index < count && this.position < this.bytes.length; index += 1) read(index);
  }

  /** The limits of a table or memory (5.3.9). */
  skipLimits(): void {
    const hasMaximum = (this.byte() & 1) === 1;
    this.number();
    if (hasMaximum) this.number();
  }
}

/** The sections of a program in order. */
export function readSections(program: Uint8Array): WasmSection[] {
  const reader = new WasmReader(program, HEADER_LENGTH);
  const sections: WasmSection[] = [];
  while (reader.position < program.length) {
    const start = reader.position;
    const id = reader.byte();
    const length = reader.number();
    const body = reader.position;
    sections.push({ id, start, body, end: body + length });
    reader.position = body + length;
  }
  return sections;
}

/** LEB128 of an unsigned number. */
export function leb128(number: number): number[] {
  return number < 0x80 ? [number] : [(number & 0x7f) | 0x80, ...leb128(number >>> 7)];
}

/** The octets of several runs, one after the other. */
export function joinBytes(runs: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(runs.reduce((length, run) => length + run.length, 0));
  let offset = 0;
  for (const run of runs) {
    joined.set(run, offset);
    offset += run.length;
  }
  return joined;
}
