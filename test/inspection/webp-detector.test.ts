import { describe, expect, it } from 'vitest';
import {
  WEBP_CHUNKS_MAX,
  WEBP_FINDINGS,
  WEBP_LOSSLESS_OCTETS_MAX,
  webpDetector,
} from '../../src/inspection/webp-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { joined, zeros, type Piece } from '../support/sample-octets.ts';
import {
  BitWriter,
  lengthsOf,
  losslessHead,
  ORDINARY_ANIMATION,
  ORDINARY_LOSSLESS,
  PLAIN_STREAM,
  webpAlpha,
  webpCanvas,
  webpChunk,
  webpFrame,
  webpLossless,
  webpLossy,
  webpOf,
} from '../support/webp-sample.ts';

type Code = keyof typeof WEBP_FINDINGS;

const tail = (octets: number): Uint8Array => new Uint8Array(octets).fill(0x41);
const ANIMATED = { isAnimated: true };
const plain = webpLossless([2, 2], PLAIN_STREAM);
const ORDINARY_LOSSY = webpOf([webpLossy([640, 480])]);

/** A stream whose first code has these lengths. */
const coded = (counts: readonly number[]): Uint8Array =>
  new BitWriter().bits(0, 3).code(lengthsOf(280, counts)).bits(0, 64).bytes();
const OPEN = coded([0, 1, 1]);
const OVERFLOW = coded([0, 0, 0, 0, 5, 0, 3, 3, 0, 21, 188, 24, 7, 1, 1, 3]);

/** A stream that takes so many octets for its predictor image: a literal of one bit for each of enough pixels. */
function longStream(octets: number): Uint8Array {
  const head = new BitWriter().bits(1, 1).bits(0, 2).bits(0, 3).bits(0, 1);
  head.simpleCode(0, 1).simpleCode(0).simpleCode(0).simpleCode(0).simpleCode(0);
  return joined(head.bytes(), zeros(octets - head.bytes().length));
}

const frames = (count: number): readonly Piece[] => Array<Piece>(count).fill(webpFrame([2, 2], [plain]));
const blank = (count: number): readonly Piece[] => Array<Piece>(count).fill(webpChunk('teST', ''));

const FOUND: readonly (readonly [string, Uint8Array, readonly Code[]])[] = [
  ['an overflow of the tables', webpOf([webpLossless([2, 2], OVERFLOW)]), ['webp-lossless-table-overflow']],
  [
    'an overflow in an alpha plane',
    webpOf([webpCanvas([2, 2]), webpAlpha(OVERFLOW), webpLossy([2, 2])]),
    ['webp-lossless-table-overflow'],
  ],
  [
    'an overflow in an alpha plane behind its picture',
    webpOf([webpCanvas([2, 2]), webpLossy([2, 2]), webpAlpha(OVERFLOW)]),
    ['webp-lossless-table-overflow'],
  ],
  [
    'an overflow in a frame',
    webpOf([webpCanvas([2, 2], ANIMATED), webpFrame([2, 2], [webpLossless([2, 2], OVERFLOW)])]),
    ['webp-lossless-table-overflow'],
  ],
  [
    'an overflow in the alpha plane of a frame',
    webpOf([webpCanvas([2, 2], ANIMATED), webpFrame([2, 2], [webpAlpha(OVERFLOW), webpLossy([2, 2])])]),
    ['webp-lossless-table-overflow'],
  ],
  [
    'an overflow in a second picture',
    webpOf([plain, webpLossless([2, 2], OVERFLOW)]),
    ['webp-lossless-table-overflow'],
  ],
  ['an open code', webpOf([webpLossless([2, 2], OPEN)]), ['webp-lossless-code-incomplete']],
  ['too many codes', webpOf([webpLossless([2, 2], coded([0, 3]))]), ['webp-lossless-code-over-subscribed']],
  [
    'a transform that is repeated',
    webpOf([webpLossless([2, 2], Uint8Array.of(0b101_101, 0))]),
    ['webp-lossless-malformed'],
  ],
  [
    'a stream that is cut off',
    webpOf([webpLossless([2, 2], PLAIN_STREAM.subarray(0, -1))]),
    ['webp-lossless-truncated'],
  ],
  [
    'more of a stream than is looked at',
    webpOf([webpLossless([16384, 16384], longStream(WEBP_LOSSLESS_OCTETS_MAX + 1))]),
    ['webp-lossless-not-walked', 'webp-pixels-flood'],
  ],
  ['a first chunk of EXIF', webpOf([webpChunk('EXIF', ''), plain]), ['webp-first-chunk']],
  ['a chunk that reaches out of the file', webpOf([plain, webpChunk('EXIF', '', 1)]), ['webp-chunk-outside']],
  [
    'a chunk that reaches out of its frame',
    webpOf([
      webpCanvas([2, 2], ANIMATED),
      webpFrame([2, 2], [plain, webpChunk('teST', '', 1)]),
      webpChunk('EXIF', ''),
    ]),
    ['webp-chunk-outside'],
  ],
  ['one chunk too many', webpOf([plain, ...blank(WEBP_CHUNKS_MAX)]), ['webp-chunks-many']],
  ['a canvas that is too short', webpOf([webpChunk('VP8X', zeros(8)), plain]), ['webp-header-invalid']],
  [
    'a frame that is too short',
    webpOf([webpCanvas([2, 2], ANIMATED), webpChunk('ANMF', zeros(8))]),
    ['webp-header-invalid'],
  ],
  ['a lossy picture without size', webpOf([webpLossy([0, 0])]), ['webp-header-invalid']],
  [
    'a lossless picture of version 1',
    webpOf([webpChunk('VP8L', losslessHead([2, 2], 1))]),
    ['webp-header-invalid'],
  ],
  ['a picture smaller than the canvas', webpOf([webpCanvas([3, 2]), plain]), ['webp-sizes-disagree']],
  [
    'a picture larger than its frame',
    webpOf([webpCanvas([9, 9], ANIMATED), webpFrame([2, 2], [webpLossy([2, 3])])]),
    ['webp-sizes-disagree'],
  ],
  [
    'a frame outside of the canvas',
    webpOf([webpCanvas([9, 9], ANIMATED), webpFrame([2, 2], [plain], [8, 0])]),
    ['webp-frame-outside'],
  ],
  [
    'a file that is cut off',
    ORDINARY_LOSSLESS.subarray(0, 300),
    ['webp-truncated', 'webp-lossless-truncated'],
  ],
  ['a head that is cut off', ORDINARY_LOSSY.subarray(0, 24), ['webp-truncated']],
  ['10,001 by 10,000 pixels, lossy', webpOf([webpLossy([10_001, 10_000])]), ['webp-pixels-flood']],
  [
    '10,001 by 10,000 pixels, lossless',
    webpOf([webpLossless([10_001, 10_000], PLAIN_STREAM)]),
    ['webp-pixels-flood'],
  ],
  [
    'a canvas of 10,001 by 10,000 pixels',
    webpOf([webpCanvas([10_001, 10_000], ANIMATED)]),
    ['webp-pixels-flood'],
  ],
  ['10,000 by 10,000 pixels', webpOf([webpLossy([10_000, 10_000])]), ['webp-pixels-many']],
  [
    '1,001 frames of a megapixel',
    webpOf([webpCanvas([1000, 1000], ANIMATED), ...frames(1001)]),
    ['webp-animation-flood'],
  ],
  ['1,025 octets behind the end', joined(ORDINARY_LOSSY, tail(1025)), ['webp-trailing-data']],
  [
    'a picture behind the end',
    joined(ORDINARY_LOSSY, '\xff\xd8\xff', tail(1025), '\xff\xd9'),
    ['webp-trailing-media'],
  ],
];

const NOT_FOUND: readonly (readonly [string, Uint8Array])[] = [
  ['an ordinary lossy picture', ORDINARY_LOSSY],
  ['an ordinary lossless picture', ORDINARY_LOSSLESS],
  ['an ordinary animation', ORDINARY_ANIMATION],
  [
    'a picture with an alpha plane that is not folded',
    webpOf([webpCanvas([2, 2]), webpChunk('ALPH', [0, 1, 2, 3, 4]), webpLossy([2, 2])]),
  ],
  ['another format', joined('RIFF', zeros(4), 'WAVE', tail(2000))],
  ['nothing', new Uint8Array()],
  ['as many chunks as are looked at', webpOf([plain, ...blank(WEBP_CHUNKS_MAX - 1)])],
  ['7,071 by 7,071 pixels', webpOf([webpLossy([7071, 7071])])],
  ['1,000 frames of a megapixel', webpOf([webpCanvas([1000, 1000], ANIMATED), ...frames(1000)])],
  ['1,024 octets behind the end', joined(ORDINARY_LOSSY, tail(1024))],
];

describe('the WebP detector', () => {
  it.each(FOUND)('finds %s', (_, bytes, expected) => {
    expect(codesOf(webpDetector, bytes)).toEqual(expected);
  });

  it.each(NOT_FOUND)('finds nothing in %s', (_, bytes) => {
    expect(codesOf(webpDetector, bytes)).toEqual([]);
  });

  it('has a sample for every code', () => {
    const found = new Set(FOUND.flatMap(([, , expected]) => expected));
    expect([...found].toSorted()).toEqual(Object.keys(WEBP_FINDINGS).toSorted());
  });

  it('looks through as much of lossless streams as it says, all of them together', () => {
    const half = WEBP_LOSSLESS_OCTETS_MAX / 2;
    const two = (octets: number): Uint8Array =>
      webpOf([half, octets].map((length) => webpLossless([16384, 16384], longStream(length))));
    expect(codesOf(webpDetector, two(half))).toEqual(['webp-lossless-truncated', 'webp-pixels-flood']);
    expect(codesOf(webpDetector, two(half + 1))).toContain('webp-lossless-not-walked');
  });

  it('says where and what', () => {
    expect(detectionsOf(webpDetector, webpOf([webpLossless([2, 2], OPEN)]))).toEqual([
      {
        code: 'webp-lossless-code-incomplete',
        offset: 25,
        evidence: { image: 'picture', code: 'green', entries: 256, room: 654 },
      },
    ]);
  });

  it('never throws', () => {
    detectTruncated(webpDetector, ORDINARY_LOSSLESS);
    detectTruncated(webpDetector, ORDINARY_ANIMATION);
    const bad = webpOf([webpLossless([2, 2], OVERFLOW)]);
    detectMutated(webpDetector, [ORDINARY_LOSSLESS, ORDINARY_ANIMATION, ORDINARY_LOSSY, bad]);
  });
});
