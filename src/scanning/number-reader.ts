/**
 * The functions with which conditions read numbers (`uint32be(0)` and the like), as a small program. A guest that calls
 * the engine's goes by way of JavaScript and back each time, which takes longer than most rules; this one it calls
 * directly, and it reads the scanned octets where they are in the engine's memory.
 */
import type { EngineExports } from './engine-abi.ts';
import { joinBytes, leb128 } from './wasm-reader.ts';

/** One function: `int16be` reads 2 octets, the most significant first, with a sign. */
interface NumberFunction {
  readonly name: string;
  readonly bytes: 1 | 2 | 4;
  readonly isBigEndian: boolean;
  readonly isSigned: boolean;
}

const FUNCTIONS: readonly NumberFunction[] = [false, true].flatMap((isSigned) =>
  ([1, 2, 4] as const).flatMap((bytes) =>
    [false, true].map((isBigEndian) => {
      const name = `${isSigned ? '' : 'u'}int${bytes * 8}${isBigEndian ? 'be' : ''}`;
      return { name, bytes, isBigEndian, isSigned };
    }),
  ),
);

/** Instructions (WebAssembly core specification 5.4) and types (5.3). */
const OP = {
  if: 0x04,
  end: 0x0b,
  return: 0x0f,
  getLocal: 0x20,
  getGlobal: 0x23,
  setGlobal: 0x24,
  load8: 0x31,
  constant32: 0x41,
  constant64: 0x42,
  greater64: 0x56,
  greaterOrEqual64: 0x5a,
  add32: 0x6a,
  or32: 0x72,
  add64: 0x7c,
  or64: 0x84,
  shiftLeft64: 0x86,
  wrap: 0xa7,
  extend: 0xad,
} as const;
const I32 = 0x7f;
const I64 = 0x7e;
const EMPTY = 0x40;
const EXTEND_SIGN = { 1: 0xc2, 2: 0xc3, 4: 0xc4 } as const;

/** The globals: where the scanned octets begin (i32), and how many there are (i64). */
const BASE = [0];
const LENGTH = [1];

/** `(offset: i64) → (number: i64, isUndefined: i32)`: undefined when it reaches out of the scanned octets. */
function readNumber({ bytes, isBigEndian, isSigned }: NumberFunction): number[] {
  const offset = [OP.getLocal, 0];
  const outside = [
    [...offset, OP.getGlobal, ...LENGTH, OP.greaterOrEqual64],
    [...offset, OP.constant64, bytes, OP.add64, OP.getGlobal, ...LENGTH, OP.greater64],
    [OP.or32, OP.if, EMPTY, OP.constant64, 0, OP.constant32, 1, OP.return, OP.end],
  ].flat();
  const octets = Array.from({ length: bytes }, (_, index) => {
    const address = [...offset, OP.wrap, OP.getGlobal, ...BASE, OP.add32];
    const shift = 8 * (isBigEndian ? bytes - 1 - index : index);
    const shifted = [...address, OP.load8, 0, index, OP.constant64, shift, OP.shiftLeft64];
    return index === 0 ? shifted : [...shifted, OP.or64];
  }).flat();
  return [...outside, ...octets, ...(isSigned ? [EXTEND_SIGN[bytes]] : []), OP.constant32, 0];
}

/** `(base: i32, length: i32) → ()`: sets the globals. */
const BEGIN = [OP.getLocal, 0, OP.setGlobal, ...BASE, OP.getLocal, 1, OP.extend, OP.setGlobal, ...LENGTH];

function section(id: number, entries: readonly (readonly number[])[]): Uint8Array {
  const content = [...leb128(entries.length), ...entries.flat()];
  return joinBytes([[id], leb128(content.length), content]);
}

function named(name: string): number[] {
  return [name.length, ...Buffer.from(name)];
}

function code(instructions: readonly number[]): number[] {
  const body = [0, ...instructions, OP.end];
  return [...leb128(body.length), ...body];
}

/** The program; its only import is the engine's memory. */
const PROGRAM = joinBytes([
  [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  section(1, [
    [0x60, 1, I64, 2, I64, I32],
    [0x60, 2, I32, I32, 0],
  ]),
  section(2, [[...named('engine'), ...named('memory'), 2, 0, 0]]),
  section(3, [...FUNCTIONS.map(() => [0]), [1]]),
  section(6, [
    [I32, 1, OP.constant32, 0, OP.end],
    [I64, 1, OP.constant64, 0, OP.end],
  ]),
  section(
    7,
    [...FUNCTIONS.map(({ name }) => name), 'begin'].map((name, index) => [...named(name), 0, index]),
  ),
  section(10, [...FUNCTIONS.map((each) => code(readNumber(each))), code(BEGIN)]),
]);

/** What the engine calls these functions: name, and types of argument and results. Others are not ours. */
const IMPORT_NAME = /^(?<name>u?int(?:8|16|32)(?:be)?)@offset:i@i:R-?\d+:\d+u$/;

/** Reads numbers from what one engine scans. */
export class NumberReader {
  readonly #exports: Record<string, unknown>;

  constructor({ memory }: EngineExports) {
    const program = new WebAssembly.Module(PROGRAM);
    this.#exports = new WebAssembly.Instance(program, { engine: { memory } }).exports;
  }

  /** From now on numbers are read from these octets of the engine's memory. */
  begin(base: number, length: number): void {
    (this.#exports['begin'] as (base: number, length: number) => void)(base, length);
  }

  /** The function for a guest that wants this import, if it is one of ours. */
  functionFor(importName: string): unknown {
    const name = IMPORT_NAME.exec(importName)?.groups?.['name'];
    return name === undefined ? undefined : this.#exports[name];
  }
}
