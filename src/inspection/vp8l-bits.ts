import type { Octets } from './octets.ts';

/** `Vp8lBits.bits` gives at most so many at a time; the format asks for no more than 18. */
export const BITS_AT_ONCE_MAX = 24;

/**
 * The bits of a VP8L stream, the least significant of each octet first (RFC 9649 section 3.2). Past the end come zeros,
 * and `isPastEnd` tells: whoever loops over bits looks at it, and what was read then means nothing.
 */
export class Vp8lBits {
  readonly #octets: Octets;
  readonly #start: number;
  readonly #end: number;
  #next: number;
  #held = 0;
  #heldCount = 0;
  #isPastEnd = false;

  /** Reads from the octet at `start` to before the one at `end`. */
  constructor(octets: Octets, start: number, end: number) {
    this.#octets = octets;
    this.#start = start;
    this.#next = start;
    this.#end = Math.min(end, octets.length);
  }

  /** True once a bit was wanted that is not there. */
  get isPastEnd(): boolean {
    return this.#isPastEnd;
  }

  /** How many bits were taken. */
  get taken(): number {
    return (this.#next - this.#start) * 8 - this.#heldCount;
  }

  /** Takes the next `count` bits, up to `BITS_AT_ONCE_MAX`, as a number. */
  bits(count: number): number {
    while (this.#heldCount < count) this.#takeOctet();
    const value = this.#held & ((1 << count) - 1);
    this.#held >>>= count;
    this.#heldCount -= count;
    return value;
  }

  /** Takes one bit, and says whether it is set. */
  flag(): boolean {
    return this.bits(1) === 1;
  }

  #takeOctet(): void {
    if (this.#next >= this.#end) this.#isPastEnd = true;
    else this.#held |= (this.#octets.octet(this.#next) ?? 0) << this.#heldCount;
    this.#next += 1;
    this.#heldCount += 8;
  }
}
