import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { Vp8lBits } from '../../src/inspection/vp8l-bits.ts';
import { CACHE_BITS_MAX, findVp8lFault } from '../../src/inspection/vp8l-stream.ts';
import { BitWriter, lengthsOf, PLAIN_STREAM, richStream } from '../support/webp-sample.ts';

function walk(bytes: Uint8Array, [width, height]: readonly [number, number] = [20, 12]) {
  const bits = new Vp8lBits(new Octets(bytes), 0, bytes.length);
  const fault = findVp8lFault(bits, { width, height });
  return { code: fault?.code, evidence: fault?.evidence, taken: bits.taken };
}

/** What comes before the picture's own codes where there is nothing to tell. */
const picture = (): BitWriter => new BitWriter().bits(0, 3);

/** A picture whose code number `member` is described by `describeCode`, the others having one symbol. */
function pictureWith(member: number, describeCode: (out: BitWriter) => void): Uint8Array {
  const out = picture();
  for (let code = 0; code < 5; code += 1) {
    if (code === member) describeCode(out);
    else out.simpleCode(0);
  }
  return out.bits(0, 32).bytes();
}

/** Numbers of codes of each length, from 0 on, that take the most of a table, and too much; found by search. */
const FULL_40 = [0, 0, 3, 1, 1, 0, 0, 1, 0, 27, 1, 1, 1, 1, 1, 2];
const FULL_256 = [0, 1, 0, 0, 0, 0, 1, 0, 0, 247, 1, 1, 1, 1, 1, 2];
const FULL_280 = [0, 0, 2, 0, 0, 0, 0, 0, 0, 239, 33, 1, 1, 1, 1, 2];
const OVER_40 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 31, 1, 1, 1, 1, 1, 4];
const OVER_256 = [0, 0, 0, 0, 5, 0, 3, 3, 0, 21, 188, 24, 7, 1, 1, 3];

const CODES = [
  { code: 'green', member: 0, symbols: 280, full: FULL_280, over: OVER_256, room: 654 },
  { code: 'red', member: 1, symbols: 256, full: FULL_256, over: OVER_256, room: 630 },
  { code: 'blue', member: 2, symbols: 256, full: FULL_256, over: OVER_256, room: 630 },
  { code: 'alpha', member: 3, symbols: 256, full: FULL_256, over: OVER_256, room: 630 },
  { code: 'distance', member: 4, symbols: 40, full: FULL_40, over: OVER_40, room: 410 },
];

/** Room for green with a cache of 1 to 11 bits. */
const CACHED_ROOMS = [656, 658, 662, 670, 686, 718, 782, 912, 1168, 1680, 2704];

describe('a sound stream', () => {
  it('has no fault, and is read to the end of its last description', () => {
    const rich = richStream();
    expect(walk(rich.bytes())).toEqual({ code: undefined, evidence: undefined, taken: rich.length });
    expect(walk(PLAIN_STREAM)).toMatchObject({ code: undefined, taken: 3 + 5 * 11 });
  });

  it('is truncated wherever it is cut', () => {
    const bytes = richStream().bytes();
    for (let length = 0; length < bytes.length; length += 1) {
      expect(walk(bytes.subarray(0, length)).code).toBe('webp-lossless-truncated');
    }
  });

  it('takes no time for a picture of the largest size', () => {
    const side = [16384, 16384] as const;
    expect(walk(PLAIN_STREAM, side).taken).toBe(58);
    const predictor = new BitWriter().bits(1, 1).bits(0, 2).bits(0, 3).bits(0, 1).plainGroup();
    expect(walk(predictor.bits(0, 3).plainGroup().bytes(), side).code).toBeUndefined();
  });
});

describe('a code of the picture', () => {
  it.each(CODES)(
    'may fill the table for $code, but not leave anything open',
    ({ member, symbols, ...row }) => {
      const whole = pictureWith(member, (out) => out.code(lengthsOf(symbols, row.full)));
      expect(walk(whole).code).toBeUndefined();
      const open = pictureWith(member, (out) => out.code(lengthsOf(symbols, row.full.with(15, 1))));
      expect(walk(open)).toMatchObject({
        code: 'webp-lossless-code-incomplete',
        evidence: { image: 'picture', code: row.code, entries: row.room, room: row.room },
      });
    },
  );

  it.each(CODES)('overflows the table for $code', ({ member, symbols, over, code, room }) => {
    const stream = pictureWith(member, (out) => out.code(lengthsOf(symbols, over)));
    expect(walk(stream)).toMatchObject({
      code: 'webp-lossless-table-overflow',
      evidence: { image: 'picture', code, room },
    });
  });

  it.each([...CACHED_ROOMS.entries()])('has words and room for a cache of %d + 1 bits', (index, room) => {
    const cached = 280 + 2 ** (index + 1);
    const pictureWithCache = (counts: readonly number[]): BitWriter => {
      const out = new BitWriter()
        .bits(0, 1)
        .bits(1, 1)
        .bits(index + 1, 4)
        .bits(0, 1);
      out.code(lengthsOf(cached, counts));
      for (let code = 1; code < 5; code += 1) out.simpleCode(0);
      return out;
    };
    const out = pictureWithCache([cached - 2, 2]);
    expect(walk(out.bytes())).toMatchObject({ code: undefined, taken: out.length });
    expect(walk(pictureWithCache([cached - 2, 1, 1]).bytes()).evidence).toMatchObject({ room });
  });

  it('has too many words', () => {
    const stream = pictureWith(0, (out) => out.code(lengthsOf(280, [0, 3])));
    expect(walk(stream).code).toBe('webp-lossless-code-over-subscribed');
  });

  it('has more lengths than symbols', () => {
    const stream = pictureWith(4, (out) => out.wordsForLengths([1, 2], 1).bits(1, 1).bits(2, 3).bits(39, 6));
    expect(walk(stream)).toMatchObject({ code: 'webp-lossless-malformed', evidence: { code: 'distance' } });
  });
});

/** A transform of blocks and its image of 5 by 3 pixels, whose codes the test gives. */
const blocks = (type: 0 | 1): BitWriter => new BitWriter().bits(1, 1).bits(type, 2).bits(0, 3).bits(0, 1);

describe('an image before the picture', () => {
  it.each<[string, BitWriter, string, unknown]>([
    [
      'a predictor whose code is open',
      blocks(0).code(lengthsOf(280, [0, 1, 1])),
      'webp-lossless-code-incomplete',
      { image: 'predictor' },
    ],
    [
      'a colour transform whose code is open',
      blocks(1).code(lengthsOf(280, [0, 1, 1])),
      'webp-lossless-code-incomplete',
      { image: 'color' },
    ],
    [
      'a table of colours whose code is open',
      new BitWriter()
        .bits(1, 1)
        .bits(3, 2)
        .bits(9, 8)
        .bits(0, 1)
        .code(lengthsOf(280, [0, 1, 1])),
      'webp-lossless-code-incomplete',
      { image: 'color-table' },
    ],
    [
      'groups whose code is open',
      new BitWriter()
        .bits(0, 2)
        .bits(1, 1)
        .bits(0, 3)
        .bits(0, 1)
        .code(lengthsOf(280, [0, 1, 1])),
      'webp-lossless-code-incomplete',
      { image: 'groups' },
    ],
    [
      'a transform that is repeated',
      new BitWriter().bits(1, 1).bits(2, 2).bits(1, 1).bits(2, 2),
      'webp-lossless-malformed',
      { field: 'a transform is repeated' },
    ],
    [
      'a cache of no bits',
      new BitWriter().bits(0, 1).bits(1, 1).bits(0, 4),
      'webp-lossless-malformed',
      { field: 'color cache bits' },
    ],
    [
      'a cache of too many bits',
      new BitWriter()
        .bits(0, 1)
        .bits(1, 1)
        .bits(CACHE_BITS_MAX + 1, 4),
      'webp-lossless-malformed',
      { field: 'color cache bits' },
    ],
    [
      'a copy that reaches past the image',
      copies(16),
      'webp-lossless-malformed',
      { image: 'predictor', field: 'copy length' },
    ],
  ])('%s', (_, out, code, evidence) => {
    expect(walk(out.bits(0, 64).bytes())).toMatchObject({ code, evidence });
  });

  it('may be copied to its last pixel', () => {
    expect(walk(copies(15).bits(0, 3).plainGroup().bytes()).code).toBeUndefined();
  });

  it('tells how many groups of codes there are by its largest number, of red and green', () => {
    const groups = (red: number, green: number): BitWriter => {
      const out = new BitWriter().bits(0, 2).bits(1, 1).bits(0, 3).bits(0, 1);
      return out.simpleCode(green).simpleCode(red).simpleCode(0).simpleCode(0).simpleCode(0);
    };
    const out = groups(1, 2);
    const head = out.length;
    for (let group = 0; group < 0x103; group += 1) out.plainGroup();
    expect(walk(out.bytes()).taken).toBe(head + 0x103 * 55);
    expect(
      walk(
        groups(0, 1)
          .plainGroup()
          .bits(0, 32)
          .code(lengthsOf(40, [0, 3]))
          .bytes(),
      ).code,
    ).toBeDefined();
  });
});

/** A predictor image of 15 pixels, which a literal and a copy fill up to `pixels`. */
function copies(pixels: 15 | 16): BitWriter {
  const lengths = Array.from({ length: 280 }, (_, symbol) => (symbol === 5 || symbol === 263 ? 1 : 0));
  const out = blocks(0).code(lengths).simpleCode(0).simpleCode(0).simpleCode(0).simpleCode(0);
  return out
    .codeword(0, 1)
    .codeword(1, 1)
    .bits(pixels - 14, 2);
}
