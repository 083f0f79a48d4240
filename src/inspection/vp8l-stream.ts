/**
 * The prefix codes of a lossless WebP stream (VP8L, RFC 9649 section 3): every description of a code is read and judged.
 * To reach them all, the images that describe transforms and groups of codes are decoded; the picture itself is not.
 */
import type { Evidence, FindingTable } from './finding.ts';
import type { PixelSize } from './pixel-area.ts';
import type { Vp8lBits } from './vp8l-bits.ts';
import {
  CodeLengths,
  PrefixCode,
  readCodeLengths,
  tableEntriesOf,
  type CodeFault,
} from './vp8l-prefix-code.ts';

/** Findings about a lossless stream, in a `VP8L` chunk or in an alpha plane. */
export const VP8L_FINDINGS = {
  'webp-lossless-table-overflow': {
    severity: 'critical',
    description:
      'A prefix code of a lossless stream overflows the lookup table of libwebp before 1.3.2 (CVE-2023-4863)',
  },
  'webp-lossless-code-incomplete': {
    severity: 'high',
    description: 'A prefix code of a lossless stream leaves bit sequences without a meaning',
  },
  'webp-lossless-code-over-subscribed': {
    severity: 'high',
    description: 'A prefix code of a lossless stream has more codes than there are bit sequences',
  },
  'webp-lossless-malformed': {
    severity: 'high',
    description: 'A lossless stream breaks its format in a way that no decoder accepts',
  },
  'webp-lossless-truncated': {
    severity: 'low',
    description: 'A lossless stream ends before all of its prefix codes are described',
  },
} as const satisfies FindingTable;

/** What is wrong with a stream. */
export interface Vp8lFault {
  readonly code: keyof typeof VP8L_FINDINGS;
  readonly evidence: Evidence;
}

/** The images of a stream; each but the last, the picture, describes how to decode another. */
type Vp8lImage = 'predictor' | 'color' | 'color-table' | 'groups' | 'picture';

const LITERALS = 256;
const LENGTHS = 24;
const DISTANCES = 40;

/** Largest number of bits of a colour cache's index. */
export const CACHE_BITS_MAX = 11;

/**
 * Entries of the lookup table that libwebp has for a code of 256 or 40 symbols, and for green with each number of cache
 * bits, from none: the most that a complete code of so many symbols needs.
 */
const LITERAL_ENTRIES = [630] as const;
const DISTANCE_ENTRIES = [410] as const;
const GREEN_ENTRIES = [654, 656, 658, 662, 670, 686, 718, 782, 912, 1168, 1680, 2704] as const;

/** The five codes of a group in their order. Green has the symbols of the cache, too. */
const GROUP = [
  { code: 'green', symbols: LITERALS + LENGTHS, entries: GREEN_ENTRIES },
  { code: 'red', symbols: LITERALS, entries: LITERAL_ENTRIES },
  { code: 'blue', symbols: LITERALS, entries: LITERAL_ENTRIES },
  { code: 'alpha', symbols: LITERALS, entries: LITERAL_ENTRIES },
  { code: 'distance', symbols: DISTANCES, entries: DISTANCE_ENTRIES },
] as const;

type CodeRow = (typeof GROUP)[number];

const FAULT_CODES = {
  incomplete: 'webp-lossless-code-incomplete',
  'over-subscribed': 'webp-lossless-code-over-subscribed',
  overrun: 'webp-lossless-malformed',
  cut: 'webp-lossless-truncated',
} as const satisfies Record<CodeFault, Vp8lFault['code']>;

/**
 * Reads the stream of a picture of this size from behind its header, and judges every prefix code in it; undefined when
 * all are right. It stops at the first that is not. The time is linear in the bits, whatever the size. Never throws.
 */
export function findVp8lFault(bits: Vp8lBits, size: PixelSize): Vp8lFault | undefined {
  return new Vp8lStream(bits).faultOf(size);
}

class Vp8lStream {
  readonly #bits: Vp8lBits;
  readonly #lengths = new CodeLengths(LITERALS + LENGTHS + (1 << CACHE_BITS_MAX));
  #fault: Vp8lFault | undefined;

  constructor(bits: Vp8lBits) {
    this.#bits = bits;
  }

  faultOf(size: PixelSize): Vp8lFault | undefined {
    const coded = this.#readTransforms(size);
    const cacheBits = this.#readCacheBits('picture');
    const groups = this.#readGroupCount(coded);
    for (let group = 0; group < groups && this.#fault === undefined; group += 1) {
      for (const row of GROUP) this.#judgeCode('picture', row, cacheBits);
    }
    return this.#fault;
  }

  /** Transforms stand before the picture, each at most once. Gives the picture's size as it is coded. */
  #readTransforms(size: PixelSize): PixelSize {
    let coded = size;
    const seen = new Set<number>();
    while (this.#fault === undefined && this.#bits.flag()) {
      const type = this.#bits.bits(2);
      if (seen.has(type)) this.#failMalformed('picture', 'a transform is repeated');
      seen.add(type);
      coded = this.#readTransform(type, coded);
    }
    return coded;
  }

  /** Section 3.5: 0 is the predictor, 1 the colour transform, 2 subtracts green and has no data, 3 is a table of colours. */
  #readTransform(type: number, size: PixelSize): PixelSize {
    if (type === 2) return size;
    if (type < 2) {
      this.#readImage(type === 0 ? 'predictor' : 'color', this.#readBlocks(size));
      return size;
    }
    const colors = this.#bits.bits(8) + 1;
    this.#readImage('color-table', { width: colors, height: 1 });
    return { width: divideUp(size.width, pixelsInOne(colors)), height: size.height };
  }

  /** The size of an image with one pixel for each block of another. */
  #readBlocks({ width, height }: PixelSize): PixelSize {
    const side = 4 << this.#bits.bits(3);
    return { width: divideUp(width, side), height: divideUp(height, side) };
  }

  /** Bits of the colour cache's index, 0 when there is no cache. */
  #readCacheBits(image: Vp8lImage): number {
    if (!this.#bits.flag()) return 0;
    const cacheBits = this.#bits.bits(4);
    if (cacheBits >= 1 && cacheBits <= CACHE_BITS_MAX) return cacheBits;
    this.#failMalformed(image, 'color cache bits');
    return 0;
  }

  /** How many groups of prefix codes the picture has. */
  #readGroupCount(size: PixelSize): number {
    return this.#bits.flag() ? this.#readImage('groups', this.#readBlocks(size)) + 1 : 1;
  }

  /** Decodes an image other than the picture, and gives the largest number in its red and green; 0 after a fault. */
  #readImage(image: Vp8lImage, { width, height }: PixelSize): number {
    const cacheBits = this.#readCacheBits(image);
    const [green, red, blue, alpha, distance] = GROUP.map((row) => this.#readCode(image, row, cacheBits));
    if (!green || !red || !blue || !alpha || !distance) return 0;
    const codes = { green, red, blue, alpha, distance };
    const { pixels, largest } = readPixels(this.#bits, codes, width * height);
    if (pixels > width * height) this.#failMalformed(image, 'copy length');
    return largest;
  }

  #readCode(image: Vp8lImage, row: CodeRow, cacheBits: number): PrefixCode | undefined {
    return this.#judgeCode(image, row, cacheBits) ? new PrefixCode(this.#lengths) : undefined;
  }

  /** Reads the description of one code into the lengths; false when there is no such code. */
  #judgeCode(image: Vp8lImage, { code, symbols, entries }: CodeRow, cacheBits: number): boolean {
    if (this.#fault !== undefined) return false;
    const cached = code === 'green' && cacheBits > 0 ? 1 << cacheBits : 0;
    const fault = readCodeLengths(this.#bits, symbols + cached, this.#lengths);
    if (fault === undefined) return true;
    const written = tableEntriesOf(this.#lengths);
    const room = entries[cached === 0 ? 0 : cacheBits] ?? 0;
    const isBuilt = fault === 'incomplete' || fault === 'over-subscribed';
    const kind = isBuilt && written > room ? 'webp-lossless-table-overflow' : FAULT_CODES[fault];
    this.#fail(kind, { image, code, entries: written, room });
    return false;
  }

  #failMalformed(image: Vp8lImage, field: string): void {
    this.#fail('webp-lossless-malformed', { image, field });
  }

  /** The first fault stays. Where the stream has ended, it is the only one. */
  #fail(code: Vp8lFault['code'], evidence: Evidence): void {
    this.#fault ??= { code: this.#bits.isPastEnd ? 'webp-lossless-truncated' : code, evidence };
  }
}

/** The codes of an image that has one group of them. */
type CodeGroup = Readonly<Record<CodeRow['code'], PrefixCode>>;

/**
 * Takes `count` pixels or a few more, where a copy reaches past them. What is copied, or comes from the cache, was a
 * literal before: so the largest number in red and green is that of a literal, and no pixel needs to be kept.
 */
function readPixels(bits: Vp8lBits, codes: CodeGroup, count: number): { pixels: number; largest: number } {
  const { green, red, blue, alpha, distance } = codes;
  let pixels = 0;
  let largest = 0;
  while (pixels < count && !bits.isPastEnd) {
    const before = bits.taken;
    const symbol = green.read(bits);
    if (symbol < LITERALS) {
      largest = Math.max(largest, (red.read(bits) << 8) | symbol);
      blue.read(bits);
      alpha.read(bits);
    }
    const isCopy = symbol >= LITERALS && symbol < LITERALS + LENGTHS;
    pixels += isCopy ? readNumber(bits, symbol - LITERALS) : 1;
    if (isCopy) readNumber(bits, distance.read(bits));
    // A step that takes no bits goes on to the end: every code that it met has only one symbol.
    if (bits.taken === before) break;
  }
  return { pixels, largest };
}

/** The numbers of copies: a prefix, then bits (section 3.6.2.2). */
function readNumber(bits: Vp8lBits, prefix: number): number {
  if (prefix < 4) return prefix + 1;
  const extra = (prefix - 2) >> 1;
  return ((2 + (prefix & 1)) << extra) + bits.bits(extra) + 1;
}

/** Pixels that are packed into one where so few colours are told apart (section 3.5.4). */
function pixelsInOne(colors: number): number {
  if (colors > 16) return 1;
  if (colors > 4) return 2;
  return colors > 2 ? 4 : 8;
}

function divideUp(value: number, divisor: number): number {
  return Math.ceil(value / divisor);
}
