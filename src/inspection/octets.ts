/** Bounded access to the octets of a part: the only code of this folder that indexes untrusted bytes. */

/**
 * A part's octets, read at any offset. Everything that lies outside is undefined, never an error: files in messages are
 * cut off, and hostile ones point anywhere.
 */
export class Octets {
  readonly bytes: Uint8Array;
  readonly length: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.length = bytes.length;
  }

  /** `length` octets at `offset` to read numbers from, or undefined unless all of them are there. */
  view(offset: number, length: number): DataView | undefined {
    if (!this.#has(offset, length)) return undefined;
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + offset, length);
  }

  /** `length` octets at `offset`, not copied, or undefined unless all of them are there. */
  slice(offset: number, length: number): Uint8Array | undefined {
    return this.#has(offset, length) ? this.bytes.subarray(offset, offset + length) : undefined;
  }

  /** The octet at `offset`, or undefined outside. */
  octet(offset: number): number | undefined {
    return this.#has(offset, 1) ? this.bytes[offset] : undefined;
  }

  /** `length` octets at `offset` as Latin-1 text, one character each, or undefined unless all of them are there. */
  latin1(offset: number, length: number): string | undefined {
    const octets = this.slice(offset, length);
    return octets && String.fromCharCode(...octets.subarray(0, LATIN1_MAX));
  }

  /** True when the characters (each below U+0100) stand at `offset`. */
  startsWith(text: string, offset = 0): boolean {
    return this.#has(offset, text.length) && matches(this.bytes, text, offset);
  }

  /** The first place at or after `from`, and wholly before `to`, where the characters stand; -1 for none. Linear. */
  indexOf(text: string, from = 0, to = this.length): number {
    const end = Math.min(to, this.length) - text.length;
    const first = text.charCodeAt(0);
    for (let at = this.bytes.indexOf(first, Math.max(0, from)); at >= 0 && at <= end;) {
      if (matches(this.bytes, text, at)) return at;
      at = this.bytes.indexOf(first, at + 1);
    }
    return -1;
  }

  #has(offset: number, length: number): boolean {
    return Number.isInteger(offset) && offset >= 0 && length >= 0 && offset + length <= this.length;
  }
}

/** Formats name their pieces in a few characters; more is never asked for, and would overflow the call. */
const LATIN1_MAX = 1024;

function matches(bytes: Uint8Array, text: string, offset: number): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[offset + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
