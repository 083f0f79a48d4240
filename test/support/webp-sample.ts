/** WebP files, built chunk by chunk, and lossless streams, built bit by bit. */
import { joined, le16, le32, type Piece } from './sample-octets.ts';

/** Width and height. */
type Size = readonly [number, number];

/** A chunk with its right length, unless a test gives another, and its padding. */
export function webpChunk(type: string, data: Piece, length?: number): Uint8Array {
  const octets = joined(data);
  return joined(type, le32(length ?? octets.length), octets, octets.length % 2 === 1 ? [0] : []);
}

/** Chunks in a file of their length, unless a test gives another. */
export function webpOf(chunks: readonly Piece[], length?: number): Uint8Array<ArrayBuffer> {
  const body = joined('WEBP', ...chunks);
  return joined('RIFF', le32(length ?? body.length), body);
}

const le24 = (value: number): number[] => le32(value).slice(0, 3);

/** The chunk of a canvas, animated or not. */
export function webpCanvas([width, height]: Size, { isAnimated = false } = {}): Uint8Array {
  return webpChunk('VP8X', joined([isAnimated ? 2 : 0, 0, 0, 0], le24(width - 1), le24(height - 1)));
}

/** A frame of an animation. */
export function webpFrame(
  [width, height]: Size,
  chunks: readonly Piece[],
  [x, y]: Size = [0, 0],
): Uint8Array {
  const area = joined(le24(x / 2), le24(y / 2), le24(width - 1), le24(height - 1));
  return webpChunk('ANMF', joined(area, le24(100), [0], ...chunks));
}

/** A lossy picture: only its head, with a first partition of 4 octets. Fields of the tag may be changed. */
export function webpLossy([width, height]: Size, tag = 0x10 | (4 << 5)): Uint8Array {
  return webpChunk('VP8 ', joined(le24(tag), '\x9d\x01\x2a', le16(width), le16(height), [0, 0, 0, 0]));
}

/** The head of a lossless picture. */
export function losslessHead([width, height]: Size, version = 0): Uint8Array {
  return joined('\x2f', le32(width - 1 + (height - 1) * 2 ** 14 + version * 2 ** 29));
}

/** A lossless picture of this stream. */
export function webpLossless(size: Size, stream: Uint8Array): Uint8Array {
  return webpChunk('VP8L', joined(losslessHead(size), stream));
}

/** The alpha plane of a lossy picture, as a lossless stream. */
export const webpAlpha = (stream: Uint8Array): Uint8Array => webpChunk('ALPH', joined([1], stream));

/** Writes bits, the least significant of each octet first. */
export class BitWriter {
  readonly #bits: number[] = [];

  /** How many bits were written. */
  get length(): number {
    return this.#bits.length;
  }

  /** Adds a number of so many bits, its lowest first. */
  bits(value: number, count: number): this {
    for (let bit = 0; bit < count; bit += 1) this.#bits.push(Math.floor(value / 2 ** bit) % 2);
    return this;
  }

  /** Adds the description of a code with one symbol, or two. */
  simpleCode(first: number, second?: number): this {
    this.bits(1, 1)
      .bits(second === undefined ? 0 : 1, 1)
      .bits(1, 1)
      .bits(first, 8);
    return second === undefined ? this : this.bits(second, 8);
  }

  /** Begins the description of a code by lengths: these words for lengths have so many bits themselves. */
  wordsForLengths(words: readonly number[], bits: number): this {
    this.bits(0, 1).bits(15, 4);
    for (const word of WORD_ORDER) this.bits(words.includes(word) ? bits : 0, 3);
    return this;
  }

  /** Adds the description of a code by the length of each symbol. */
  code(lengths: readonly number[]): this {
    this.wordsForLengths(FOUR_BITS, 4).bits(0, 1);
    for (const length of lengths) this.codeword(length, 4);
    return this;
  }

  /** Adds a word of a prefix code: its highest bit first. */
  codeword(word: number, length: number): this {
    for (let bit = length - 1; bit >= 0; bit -= 1) this.bits(word >> bit, 1);
    return this;
  }

  /** Adds five codes of one symbol each: every pixel is the same. */
  plainGroup(): this {
    for (let code = 0; code < 5; code += 1) this.simpleCode(0);
    return this;
  }

  /** What was written, filled up with zeros. */
  bytes(): Uint8Array<ArrayBuffer> {
    const octets = new Uint8Array(Math.ceil(this.#bits.length / 8));
    for (const [index, bit] of this.#bits.entries()) octets[index >> 3]! |= bit << (index & 7);
    return octets;
  }
}

const WORD_ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** The words of lengths themselves: written in four bits, each is its number. */
const FOUR_BITS = Array.from({ length: 16 }, (_, length) => length);

/** The lengths of an alphabet's codes from how many there are of each length, from 0 on. What is left has none. */
export function lengthsOf(symbols: number, counts: readonly number[]): number[] {
  const used = counts.flatMap((count, length) => Array.from({ length: count }, () => length));
  return [...used, ...Array.from({ length: symbols - used.length }, () => 0)];
}

/** A stream with no transform, cache or groups, in which every pixel is the same. */
export const PLAIN_STREAM = new BitWriter().bits(0, 3).plainGroup().bytes();

const GREEN = 280;

/** The lengths of a code in which only these symbols have one, all the same. */
const only = (size: number, length: number, ...symbols: number[]): number[] =>
  Array.from({ length: size }, (_, symbol) => (symbols.includes(symbol) ? length : 0));

/**
 * A stream of 20 by 12 pixels with everything that stands in front of a picture. All its codes have one symbol, so that
 * it takes no bits itself.
 */
export function richStream(): BitWriter {
  const out = new BitWriter();
  // Predictor, 5 by 3 blocks: one literal, then a copy of 14 from the left.
  out.bits(1, 1).bits(0, 2).bits(0, 3).bits(0, 1);
  out
    .code(only(GREEN, 1, 5, 256 + 7))
    .simpleCode(0)
    .simpleCode(0)
    .simpleCode(0)
    .simpleCode(1);
  out.codeword(0, 1).codeword(1, 1).bits(1, 2);
  // Colour transform, as many blocks, with a cache of two colours: one literal, then 14 times the first of the cache.
  out.bits(1, 1).bits(1, 2).bits(0, 3).bits(1, 1).bits(1, 4);
  out
    .code(only(GREEN + 2, 1, 0, GREEN))
    .simpleCode(0)
    .simpleCode(0)
    .simpleCode(0)
    .simpleCode(0);
  out.codeword(0, 1).bits(0x3fff, 14);
  // Subtract green; a table of two colours, which packs eight pixels into one.
  out.bits(1, 1).bits(2, 2).bits(1, 1).bits(3, 2).bits(1, 8).bits(0, 1);
  out.simpleCode(0, 255).simpleCode(0).simpleCode(0).simpleCode(255).simpleCode(0).bits(2, 2);
  // No more transforms; a cache of 16 colours; groups for the 1 by 3 blocks that are left.
  out.bits(0, 1).bits(1, 1).bits(4, 4).bits(1, 1).bits(0, 3).bits(0, 1);
  out.simpleCode(0, 1).simpleCode(0).simpleCode(0).simpleCode(255).simpleCode(0).bits(6, 3);
  out.plainGroup();
  return out
    .code(only(GREEN + 16, 1, 0))
    .simpleCode(0)
    .simpleCode(0)
    .simpleCode(255)
    .simpleCode(0);
}

/** Lossless, with transforms, caches and groups. */
export const ORDINARY_LOSSLESS = webpOf([webpLossless([20, 12], richStream().bytes())]);

/** Two frames: one lossy with an alpha plane, one lossless. */
export const ORDINARY_ANIMATION = webpOf([
  webpCanvas([16, 16], { isAnimated: true }),
  webpChunk('ANIM', [0, 0, 0, 0, 0, 0]),
  webpFrame([16, 16], [webpAlpha(PLAIN_STREAM), webpLossy([16, 16])]),
  webpFrame([2, 3], [webpLossless([2, 3], PLAIN_STREAM)], [4, 6]),
  webpChunk('EXIF', 'II*\0'),
]);
