/** Prefix codes of VP8L as their lengths describe them (RFC 9649 section 3.7.2.1), and what is wrong with such lengths. */
import type { Vp8lBits } from './vp8l-bits.ts';

/** The longest code, in bits. */
export const CODE_LENGTH_MAX = 15;

/** Bits that libwebp looks up at once: longer codes have a second table. The limits on tables hold for this number. */
const ROOT_BITS = 8;

/** The code space in units of the longest code: a complete code takes all of it. */
const WHOLE = 1 << CODE_LENGTH_MAX;

/** Order in which the lengths of the code that codes lengths are stored. */
const LENGTH_ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;

/** Symbols from here repeat a length. Each row: bits that say how often, and what is added to them. */
const REPEAT_FIRST = 16;
const REPEATS = [
  { bits: 2, base: 3, isZero: false },
  { bits: 3, base: 3, isZero: true },
  { bits: 7, base: 11, isZero: true },
] as const;

/** Repeated where no length but 0 came before. */
const LENGTH_BEFORE_FIRST = 8;

/** What can be wrong with the description of a code. */
export type CodeFault =
  /** Some bit sequences mean nothing: the way in of CVE-2023-4863. */
  | 'incomplete'
  /** More codes than there are bit sequences. */
  | 'over-subscribed'
  /** More lengths than the alphabet has symbols. */
  | 'overrun'
  /** The stream ends inside of it. */
  | 'cut';

/** The length of the code of each symbol of one alphabet, 0 for a symbol without one, and how often each occurs. */
export class CodeLengths {
  readonly counts = new Uint16Array(CODE_LENGTH_MAX + 1);
  readonly #lengths: Uint8Array;
  #size = 0;

  /** For alphabets of up to so many symbols. */
  constructor(sizeMax: number) {
    this.#lengths = new Uint8Array(sizeMax);
  }

  /** Starts anew, for an alphabet of `size` symbols, up to that of the constructor. */
  reset(size: number): void {
    this.#size = size;
    this.#lengths.fill(0, 0, size);
    this.counts.fill(0);
    this.counts[0] = size;
  }

  /** Symbols of the alphabet. */
  get size(): number {
    return this.#size;
  }

  /** The length of a symbol's code. */
  of(symbol: number): number {
    return this.#lengths[symbol] ?? 0;
  }

  /** Sets a length. A symbol outside the alphabet is passed over, as decoders do. */
  set(symbol: number, length: number): void {
    if (symbol >= this.#size) return;
    this.#count(this.of(symbol), -1);
    this.#count(length, 1);
    this.#lengths[symbol] = length;
  }

  #count(length: number, by: number): void {
    this.counts[length] = (this.counts[length] ?? 0) + by;
  }
}

/** What keeps lengths from being a complete code; undefined when they are one. A single symbol needs no bits, and is. */
export function faultOf({ counts, size }: CodeLengths): 'incomplete' | 'over-subscribed' | undefined {
  if (size - (counts[0] ?? 0) === 1) return undefined;
  let taken = 0;
  for (let length = 1; length <= CODE_LENGTH_MAX; length += 1) {
    taken += (counts[length] ?? 0) * (WHOLE >> length);
  }
  if (taken === WHOLE) return undefined;
  return taken < WHOLE ? 'incomplete' : 'over-subscribed';
}

/**
 * Entries of the two-level lookup table that libwebp before 1.3.2 wrote for these lengths before it found that they are
 * no code. It had room for the most that a complete code needs.
 */
export function tableEntriesOf({ counts }: CodeLengths): number {
  const left = [...counts];
  let entries = 1 << ROOT_BITS;
  let prefix = -1;
  let place = 0;
  for (let length = 1; length <= CODE_LENGTH_MAX; length += 1) {
    const step = WHOLE >> length;
    if (place + (left[length] ?? 0) * step > WHOLE) break;
    for (let count = left[length] ?? 0; count > 0; count -= 1) {
      left[length] = count;
      if (length > ROOT_BITS && place >> (CODE_LENGTH_MAX - ROOT_BITS) !== prefix) {
        prefix = place >> (CODE_LENGTH_MAX - ROOT_BITS);
        entries += 1 << secondLevelBits(left, length);
      }
      place += step;
    }
  }
  return entries;
}

/** Bits of a second-level table whose first code is `length` long: it is made as deep as the codes left would fill it. */
function secondLevelBits(left: readonly number[], length: number): number {
  let depth = length - ROOT_BITS;
  for (let free = 1 << depth; depth < CODE_LENGTH_MAX - ROOT_BITS; depth += 1) {
    free -= left[depth + ROOT_BITS] ?? 0;
    if (free <= 0) break;
    free *= 2;
  }
  return depth;
}

/** A code to read symbols with. */
export class PrefixCode {
  readonly #counts: Uint16Array;
  /** Symbols in the order of their codes. */
  readonly #symbols: Uint16Array;

  /** A code of these lengths, which are a complete one. Later changes of the lengths do not matter. */
  constructor(lengths: CodeLengths) {
    this.#counts = lengths.counts.slice();
    const next = new Uint16Array(CODE_LENGTH_MAX + 2);
    for (let length = 1; length <= CODE_LENGTH_MAX; length += 1) {
      next[length + 1] = (next[length] ?? 0) + (this.#counts[length] ?? 0);
    }
    this.#symbols = new Uint16Array(next[CODE_LENGTH_MAX + 1] ?? 0);
    for (let symbol = 0; symbol < lengths.size; symbol += 1) {
      const length = lengths.of(symbol);
      if (length === 0) continue;
      const index = next[length] ?? 0;
      this.#symbols[index] = symbol;
      next[length] = index + 1;
    }
  }

  /** Takes the bits of one symbol; none when the code has only one. */
  read(bits: Vp8lBits): number {
    if (this.#symbols.length === 1) return this.#symbols[0] ?? 0;
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= CODE_LENGTH_MAX; length += 1) {
      code |= bits.bits(1);
      const count = this.#counts[length] ?? 0;
      if (code - first < count) return this.#symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return 0;
  }
}

/** Reads the description of a code of `alphabetSize` symbols into `lengths`; undefined when it is a complete one. */
export function readCodeLengths(
  bits: Vp8lBits,
  alphabetSize: number,
  lengths: CodeLengths,
): CodeFault | undefined {
  lengths.reset(alphabetSize);
  const fault = bits.flag() ? readSimple(bits, lengths) : readNormal(bits, lengths);
  return bits.isPastEnd ? 'cut' : (fault ?? faultOf(lengths));
}

/** One or two symbols, each with a code of one bit. */
function readSimple(bits: Vp8lBits, lengths: CodeLengths): CodeFault | undefined {
  const isPair = bits.flag();
  lengths.set(bits.bits(bits.flag() ? 8 : 1), 1);
  if (isPair) lengths.set(bits.bits(8), 1);
  return undefined;
}

/** Lengths that are coded by a code of their own. */
function readNormal(bits: Vp8lBits, lengths: CodeLengths): CodeFault | undefined {
  const lengthLengths = new CodeLengths(LENGTH_ORDER.length);
  lengthLengths.reset(LENGTH_ORDER.length);
  const described = 4 + bits.bits(4);
  for (const symbol of LENGTH_ORDER.slice(0, described)) lengthLengths.set(symbol, bits.bits(3));
  const fault = faultOf(lengthLengths);
  if (fault !== undefined) return fault;
  const symbolsMax = bits.flag() ? 2 + bits.bits(2 + 2 * bits.bits(3)) : lengths.size;
  if (symbolsMax > lengths.size) return 'overrun';
  return readLengths(bits, new PrefixCode(lengthLengths), { lengths, symbolsMax });
}

function readLengths(
  bits: Vp8lBits,
  code: PrefixCode,
  { lengths, symbolsMax }: { readonly lengths: CodeLengths; readonly symbolsMax: number },
): CodeFault | undefined {
  let symbol = 0;
  let before = LENGTH_BEFORE_FIRST;
  for (let read = 0; read < symbolsMax && symbol < lengths.size && !bits.isPastEnd; read += 1) {
    const length = code.read(bits);
    const repeat = REPEATS[length - REPEAT_FIRST];
    const times = repeat === undefined ? 1 : repeat.base + bits.bits(repeat.bits);
    if (symbol + times > lengths.size) return 'overrun';
    if (repeat === undefined && length > 0) before = length;
    const value = repeat === undefined ? length : repeat.isZero ? 0 : before;
    for (let index = 0; value > 0 && index < times; index += 1) lengths.set(symbol + index, value);
    symbol += times;
  }
  return undefined;
}
