import { describe, expect, it } from 'vitest';
import { BMP_FINDINGS, bmpDetector } from '../../src/inspection/bmp-detector.ts';
import { bmpOf } from '../support/bmp-sample.ts';
import { codesOf, detectionsOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { joined, le16, le32, patched, zeros } from '../support/sample-octets.ts';

type Code = keyof typeof BMP_FINDINGS;

const BMP = { family: 'bmp' } as const;
const tail = (octets: number): Uint8Array => new Uint8Array(octets).fill(0x41);
const behind = (...pieces: readonly Uint8Array[]): Uint8Array =>
  bmpOf({ pixels: joined(zeros(24), ...pieces) });
const PICTURE = joined('\xff\xd8\xff', tail(1025), '\xff\xd9');

const FOUND: readonly (readonly [string, Uint8Array, readonly Code[]])[] = [
  ['no width', bmpOf({ width: 0 }), ['bmp-header-invalid']],
  ['a width below 0', bmpOf({ width: -3 }), ['bmp-header-invalid']],
  ['no height', bmpOf({ height: 0 }), ['bmp-header-invalid']],
  ['7 bits', bmpOf({ bits: 7 }), ['bmp-header-invalid']],
  ['runs of 24 bits', bmpOf({ compression: 1, bits: 24 }), ['bmp-header-invalid']],
  ['compression 7', bmpOf({ compression: 7 }), ['bmp-header-invalid']],
  ['pixels inside of the headers', bmpOf({ dataOffset: 53 }), ['bmp-offset-invalid']],
  ['257 colours in 8 bits', bmpOf({ bits: 8, colors: 257 }), ['bmp-palette-oversize']],
  ['a file length one too large', bmpOf({ fileLength: 79 }), ['bmp-length-mismatch']],
  ['pixels that are cut off', bmpOf({ pixels: zeros(23) }), ['bmp-truncated']],
  ['headers that are cut off', bmpOf().subarray(0, 50), ['bmp-truncated']],
  [
    '10,001 by 10,000 pixels',
    bmpOf({ width: 10_001, height: 10_000 }),
    ['bmp-pixels-flood', 'bmp-truncated'],
  ],
  ['as many from the top', bmpOf({ width: 10_001, height: -10_000 }), ['bmp-pixels-flood', 'bmp-truncated']],
  ['10,000 by 10,000 pixels', bmpOf({ width: 10_000, height: 10_000 }), ['bmp-pixels-many', 'bmp-truncated']],
  ['1,025 octets behind the pixels', behind(tail(1025)), ['bmp-trailing-data']],
  ['a picture behind the pixels', behind(PICTURE), ['bmp-trailing-media']],
];

const V5 = patched(patched(zeros(124), 0, le32(124)), 4, joined(le32(3), le32(2), le16(1), le16(24)));
const withProfile = patched(V5, 112, joined(le32(148), le32(2000)));
const V5_FILE = joined('BM', le32(2162), le32(0), le32(138), withProfile, zeros(24), tail(2000));

const NOT_FOUND: readonly (readonly [string, Uint8Array])[] = [
  ['an ordinary picture', bmpOf()],
  ['one of 1 bit, with its palette', bmpOf({ bits: 1, colors: 2, dataOffset: 62, pixels: zeros(16) })],
  ['runs of 8 bits', bmpOf({ compression: 1, bits: 8, dataLength: 4, pixels: zeros(4) })],
  ['a JPEG inside', bmpOf({ compression: 4, bits: 0, dataLength: 2000, pixels: tail(2000) })],
  ['256 colours in 8 bits', bmpOf({ bits: 8, colors: 256 })],
  ['a colour profile behind the pixels', V5_FILE],
  ['1,024 octets behind the pixels', behind(tail(1024))],
];

describe('the BMP detector', () => {
  it.each(FOUND)('finds %s', (_, bytes, expected) => {
    expect(codesOf(bmpDetector, bytes, BMP)).toEqual(expected);
  });

  it.each(NOT_FOUND)('finds nothing in %s', (_, bytes) => {
    expect(codesOf(bmpDetector, bytes, BMP)).toEqual([]);
  });

  it('leaves other formats alone', () => {
    expect(codesOf(bmpDetector, bmpOf({ width: 0 }), { family: 'text' })).toEqual([]);
  });

  it('has a sample for every code', () => {
    const found = new Set(FOUND.flatMap(([, , expected]) => expected));
    expect([...found].toSorted()).toEqual(Object.keys(BMP_FINDINGS).toSorted());
  });

  it('says what', () => {
    expect(detectionsOf(bmpDetector, bmpOf({ pixels: zeros(23) }), BMP)).toEqual([
      { code: 'bmp-truncated', offset: 77, evidence: { expected: 78, length: 77 } },
    ]);
  });

  it('never throws', () => {
    detectTruncated(bmpDetector, V5_FILE, BMP);
    detectMutated(bmpDetector, [bmpOf(), V5_FILE], BMP);
  });
});
