import { describe, expect, it } from 'vitest';
import { GIF_BLOCKS_MAX, GIF_FINDINGS, gifDetector } from '../../src/inspection/gif-detector.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { gifFrame, gifOf, ORDINARY_GIF } from '../support/gif-sample.ts';
import { joined, type Piece } from '../support/sample-octets.ts';

type Code = keyof typeof GIF_FINDINGS;

const tail = (octets: number): Uint8Array => new Uint8Array(octets).fill(0x41);
const frames = (count: number): readonly Piece[] => Array<Piece>(count).fill(gifFrame([1, 1]));
const blank = (count: number): readonly Piece[] => Array<Piece>(count).fill('!\xfe\0');
const codeSize = (size: number): Uint8Array => gifOf([1, 1], [gifFrame([1, 1], { codeSize: size })]);

const FOUND: readonly (readonly [string, Uint8Array, readonly Code[]])[] = [
  ['a block that does not exist', gifOf([1, 1], [gifFrame([1, 1]), '?']), ['gif-block-unknown']],
  ['one block too many', gifOf([1, 1], blank(GIF_BLOCKS_MAX)), ['gif-blocks-many']],
  ['codes of 9 bits', codeSize(9), ['gif-code-size']],
  ['codes of no bits', codeSize(0), ['gif-code-size']],
  ['codes of 255 bits', codeSize(255), ['gif-code-size']],
  ['a frame without width', gifOf([4, 4], [gifFrame([0, 1])]), ['gif-frame-empty']],
  ['a frame one pixel too wide', gifOf([4, 4], [gifFrame([4, 4], { at: [1, 0] })]), ['gif-frame-outside']],
  ['a frame four screens high', gifOf([4, 4], [gifFrame([4, 16])]), ['gif-frame-outside']],
  [
    'a frame that reaches further',
    gifOf([4, 4], [gifFrame([4, 4], { at: [0, 13] })]),
    ['gif-frame-far-outside'],
  ],
  [
    'the largest frame on a small screen',
    gifOf([1, 1], [gifFrame([65535, 65535])]),
    ['gif-frame-far-outside', 'gif-pixels-flood', 'gif-animation-flood'],
  ],
  ['a frame that is cut off', ORDINARY_GIF.subarray(0, -4), ['gif-truncated']],
  ['a screen that is cut off', ORDINARY_GIF.subarray(0, 9), ['gif-truncated']],
  ['no trailer', ORDINARY_GIF.subarray(0, -1), ['gif-trailer-missing']],
  ['10,001 by 10,000 pixels', gifOf([10_001, 10_000], []), ['gif-pixels-flood']],
  ['10,000 by 10,000 pixels', gifOf([10_000, 10_000], []), ['gif-pixels-many']],
  ['1,001 frames of a megapixel', gifOf([1000, 1000], frames(1001)), ['gif-animation-flood']],
  ['1,025 octets behind the end', joined(ORDINARY_GIF, tail(1025)), ['gif-trailing-data']],
  [
    'a picture behind the end',
    joined(ORDINARY_GIF, '\xff\xd8\xff', tail(1025), '\xff\xd9'),
    ['gif-trailing-media'],
  ],
];

const NOT_FOUND: readonly (readonly [string, Uint8Array])[] = [
  ['an ordinary animation', ORDINARY_GIF],
  ['one of the older version', joined('GIF87a', ORDINARY_GIF.subarray(6))],
  ['another format', joined('GIF90a', ORDINARY_GIF.subarray(6, -1))],
  ['nothing', new Uint8Array()],
  ['as many blocks as are looked at', gifOf([1, 1], blank(GIF_BLOCKS_MAX - 1))],
  ['codes of 1 bit', codeSize(1)],
  ['codes of 8 bits', codeSize(8)],
  ['7,071 by 7,071 pixels', gifOf([7071, 7071], [])],
  ['1,000 frames of a megapixel', gifOf([1000, 1000], frames(1000))],
  ['a screen without pixels, as some encoders write it', gifOf([0, 0], [gifFrame([9, 9]), gifFrame([9, 9])])],
  ['1,024 octets behind the end', joined(ORDINARY_GIF, tail(1024))],
];

describe('the GIF detector', () => {
  it.each(FOUND)('finds %s', (_, bytes, expected) => {
    expect(codesOf(gifDetector, bytes)).toEqual(expected);
  });

  it.each(NOT_FOUND)('finds nothing in %s', (_, bytes) => {
    expect(codesOf(gifDetector, bytes)).toEqual([]);
  });

  it('has a sample for every code', () => {
    const found = new Set(FOUND.flatMap(([, , expected]) => expected));
    expect([...found].toSorted()).toEqual(Object.keys(GIF_FINDINGS).toSorted());
  });

  it('says where and what', () => {
    expect(detectionsOf(gifDetector, gifOf([4, 4], [gifFrame([4, 4], { at: [1, 0] })]))).toEqual([
      {
        code: 'gif-frame-outside',
        offset: 13,
        evidence: { left: 1, top: 0, width: 4, height: 4, codeSize: 2 },
      },
    ]);
  });

  it('never throws', () => {
    detectTruncated(gifDetector, ORDINARY_GIF);
    detectMutated(gifDetector, [ORDINARY_GIF, gifOf([4, 4], [gifFrame([4, 16]), gifFrame([0, 1])])]);
  });
});
