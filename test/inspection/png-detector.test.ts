import { describe, expect, it } from 'vitest';
import {
  PNG_CHUNKS_MAX,
  PNG_DATA_LENGTHS_MAX,
  PNG_FINDINGS,
  pngDetector,
} from '../../src/inspection/png-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import {
  ORDINARY_APNG,
  ORDINARY_PNG,
  PNG_END,
  PNG_PIXEL,
  pngAnimation,
  pngChunk,
  pngFrame,
  pngHeader,
  pngOf,
  pngText,
} from '../support/png-sample.ts';
import { joined, patched, zeros, type Piece } from '../support/sample-octets.ts';

type Code = keyof typeof PNG_FINDINGS;

const codes = (bytes: Uint8Array): readonly Code[] => codesOf(pngDetector, bytes);

/** A sound picture of one pixel with these chunks between header and pixel. */
const withChunks = (...chunks: readonly Piece[]): Uint8Array =>
  pngOf(pngHeader(1, 1), ...chunks, PNG_PIXEL, PNG_END);

const sized = (width: number, height: number): Uint8Array =>
  pngOf(pngHeader(width, height), PNG_PIXEL, PNG_END);

/** An animation on a canvas of 1,000 by 1,000 that declares so many frames. */
const animated = (frames: number): Uint8Array =>
  pngOf(pngHeader(1000, 1000), pngAnimation(frames), PNG_PIXEL, PNG_END);

const framed = (...frame: Parameters<typeof pngFrame>): Uint8Array =>
  pngOf(pngHeader(10, 10), pngAnimation(1), pngFrame(...frame), PNG_PIXEL, PNG_END);

const empty = (count: number): Piece => joined(...Array<Piece>(count).fill(pngChunk('teST')));
const tail = (octets: number): Piece => new Uint8Array(octets).fill(0x41);

const FOUND: readonly (readonly [string, Uint8Array, readonly Code[]])[] = [
  ['a length of 2^31', withChunks(pngChunk('teST', '', { length: 2 ** 31 })), ['png-chunk-length']],
  ['a type that is no letters', withChunks(pngChunk('te0T')), ['png-chunk-type']],
  ['one chunk too many', withChunks(empty(PNG_CHUNKS_MAX - 2)), ['png-chunks-many']],
  ['pixels before the header', pngOf(PNG_PIXEL, pngHeader(1, 1), PNG_END), ['png-header-misplaced']],
  ['no header', pngOf(PNG_PIXEL, PNG_END), ['png-header-misplaced']],
  ['two headers', withChunks(pngHeader(9, 9)), ['png-header-misplaced']],
  ['a depth of 3', pngOf(pngHeader(1, 1, [3, 0, 0, 0, 0]), PNG_END), ['png-header-invalid']],
  ["Apple's variant", pngOf(pngChunk('CgBI', zeros(4)), pngHeader(1, 1), PNG_END), ['png-apple-variant']],
  ['a wrong checksum of pixels', withChunks(pngChunk('IDAT', 'x', { crc: 1 })), ['png-crc-mismatch']],
  ['no end', pngOf(pngHeader(1, 1), PNG_PIXEL), ['png-truncated']],
  ['an end that is cut', ORDINARY_PNG.subarray(0, -1), ['png-truncated']],
  ['a chunk that reaches past the file', withChunks(pngChunk('teST', '', { length: 99 })), ['png-truncated']],
  ['10,001 by 10,000 pixels', sized(10_001, 10_000), ['png-pixels-flood']],
  ['the most pixels there are', sized(2 ** 31 - 1, 2 ** 31 - 1), ['png-pixels-flood']],
  ['10,000 by 10,000 pixels', sized(10_000, 10_000), ['png-pixels-many']],
  ['1,001 frames of a megapixel', animated(1001), ['png-animation-flood']],
  ['as many frames as can be declared', animated(2 ** 32 - 1), ['png-animation-flood']],
  ['a frame too wide', framed(10, 1, [1, 0]), ['png-frame-outside']],
  ['a frame too high', framed(1, 1, [0, 10]), ['png-frame-outside']],
  ['a frame whose numbers wrap', framed(2 ** 32 - 1, 1, [2, 0]), ['png-frame-outside']],
  ['a text of 2 MB', withChunks(pngText(zeros(2_000_000))), ['png-text-flood']],
  [
    'a profile of 2 MB',
    withChunks(patched(pngText(zeros(2_000_000), 'sRGB'), 4, 'iCCP')),
    ['png-text-flood'],
  ],
  ['a broken text', withChunks(pngChunk('zTXt', 'a\0\0bcd')), ['png-text-broken']],
  ['1,001 texts', withChunks(...Array<Piece>(1001).fill(pngText(''))), ['png-text-many']],
  ['1,025 octets behind the end', joined(ORDINARY_PNG, tail(1025)), ['png-trailing-data']],
  [
    'a picture behind the end',
    joined(ORDINARY_PNG, '\xff\xd8\xff', tail(1025), '\xff\xd9'),
    ['png-trailing-media'],
  ],
];

const NOT_FOUND: readonly (readonly [string, Uint8Array])[] = [
  ['an ordinary picture', ORDINARY_PNG],
  ['an ordinary animation', ORDINARY_APNG],
  ['another format', joined('GIF89a', ORDINARY_PNG)],
  ['nothing', new Uint8Array()],
  ['as many chunks as are looked at', withChunks(empty(PNG_CHUNKS_MAX - 3))],
  ['7,071 by 7,071 pixels', sized(7071, 7071)],
  ['1,000 frames of a megapixel', animated(1000)],
  ['a frame in the corner', framed(9, 9, [1, 1])],
  ['1,024 octets behind the end', joined(ORDINARY_PNG, tail(1024))],
  ['zeros behind the end', joined(ORDINARY_PNG, zeros(9000))],
  ['a wrong checksum where it does not matter', withChunks(pngChunk('teST', 'x', { crc: 1 }))],
];

describe('the PNG detector', () => {
  it.each(FOUND)('finds %s', (_, bytes, expected) => {
    expect(codes(bytes)).toEqual(expected);
  });

  it.each(NOT_FOUND)('finds nothing in %s', (_, bytes) => {
    expect(codes(bytes)).toEqual([]);
  });

  it.each([...PNG_DATA_LENGTHS_MAX])('lets %s have %d octets, and no more', (type, length) => {
    const found = (octets: number) => codes(withChunks(pngChunk(type, zeros(octets))));
    expect(found(length)).not.toContain('png-chunk-oversize');
    expect(found(length + 1)).toContain('png-chunk-oversize');
  });

  it('has a sample for every code', () => {
    const found = new Set([...FOUND.flatMap(([, , expected]) => expected), 'png-chunk-oversize']);
    expect([...found].toSorted()).toEqual(Object.keys(PNG_FINDINGS).toSorted());
  });

  it('counts the frames that are there where fewer are declared', () => {
    const frames = Array<Piece>(1001).fill(pngFrame(1, 1));
    const png = pngOf(pngHeader(1000, 1000), pngAnimation(1), ...frames, PNG_PIXEL, PNG_END);
    expect(codes(png)).toEqual(['png-animation-flood']);
  });

  it('says where and what', () => {
    expect(detectionsOf(pngDetector, framed(10, 1, [1, 0]))).toEqual([
      { code: 'png-frame-outside', offset: 53, evidence: { width: 10, height: 1, x: 1, y: 0 } },
    ]);
  });

  it('never throws', () => {
    detectTruncated(pngDetector, ORDINARY_PNG);
    detectTruncated(pngDetector, ORDINARY_APNG);
    detectMutated(pngDetector, [
      ORDINARY_PNG,
      ORDINARY_APNG,
      animated(1001),
      withChunks(pngText(zeros(2000))),
    ]);
  });
});
