import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import {
  readVp8lSize,
  readVp8Size,
  readWebpCanvas,
  readWebpChunk,
  readWebpFrame,
  type WebpChunk,
} from '../../src/inspection/webp-chunk.ts';
import { joined, patched, zeros } from '../support/sample-octets.ts';
import {
  losslessHead,
  PLAIN_STREAM,
  webpCanvas,
  webpChunk,
  webpFrame,
  webpLossless,
  webpLossy,
} from '../support/webp-sample.ts';

/** Reads the first chunk of the octets with one of the readers. */
function read<T>(reader: (octets: Octets, chunk: WebpChunk) => T, bytes: Uint8Array): T {
  const octets = new Octets(bytes);
  return reader(octets, readWebpChunk(octets, 0)!);
}

describe('readWebpChunk', () => {
  it.each([
    [4, 12, 12],
    [5, 13, 14],
  ])('tells where %d octets of data end, and where the next chunk starts', (length, dataEnd, end) => {
    const chunk = { offset: 0, type: 'EXIF', dataOffset: 8, length, dataEnd, end };
    const bytes = webpChunk('EXIF', zeros(length));
    expect(readWebpChunk(new Octets(bytes), 0)).toEqual(chunk);
    expect(readWebpChunk(new Octets(bytes.subarray(0, 8)), 0)).toEqual(chunk);
    expect(readWebpChunk(new Octets(bytes.subarray(0, 7)), 0)).toBeUndefined();
  });
});

describe('readWebpCanvas', () => {
  it('reads sides of 24 bits', () => {
    expect(read(readWebpCanvas, webpCanvas([2 ** 24, 70_000], { isAnimated: true }))).toEqual({
      width: 2 ** 24,
      height: 70_000,
      isAnimated: true,
    });
  });

  it.each([
    ['too short', webpChunk('VP8X', zeros(9))],
    ['too short, with something behind', joined(webpChunk('VP8X', zeros(9), 9), zeros(9))],
    ['cut off', webpCanvas([1, 1]).subarray(0, 17)],
  ])('is undefined for one that is %s', (_, bytes) => {
    expect(read(readWebpCanvas, bytes)).toBeUndefined();
  });
});

describe('readWebpFrame', () => {
  it('reads a place and a size', () => {
    expect(read(readWebpFrame, webpFrame([7, 70_000], [], [4, 140_000]))).toEqual({
      left: 4,
      top: 140_000,
      width: 7,
      height: 70_000,
      chunksOffset: 24,
    });
  });

  it.each([
    ['too short', joined(webpChunk('ANMF', zeros(15)), zeros(9))],
    ['cut off', webpFrame([1, 1], []).subarray(0, 23)],
  ])('is undefined for one that is %s', (_, bytes) => {
    expect(read(readWebpFrame, bytes)).toBeUndefined();
  });
});

describe('readVp8Size', () => {
  const TAG = 0x10;
  it('reads sides of 14 bits, without the scale above them', () => {
    expect(read(readVp8Size, webpLossy([0x3fff, 0x4000 + 9]))).toEqual({ width: 0x3fff, height: 9 });
  });

  it.each([
    ['no key frame', webpLossy([1, 1], TAG | 1)],
    ['a version over 3', webpLossy([1, 1], TAG | (4 << 1))],
    ['a frame that is not shown', webpLossy([1, 1], 0)],
    ['a partition as long as the chunk', webpLossy([1, 1], TAG | (14 << 5))],
    ['another start code', patched(webpLossy([1, 1]), 11, '\x9d\x01\x2b')],
    ['no width', webpLossy([0, 1])],
    ['no height', webpLossy([1, 0])],
    ['a head that is cut off', webpLossy([1, 1]).subarray(0, 17)],
    ['a chunk that is too short', joined(webpChunk('VP8 ', webpLossy([1, 1]).subarray(8, 17)), zeros(9))],
  ])('is undefined for %s', (_, bytes) => {
    expect(read(readVp8Size, bytes)).toBeUndefined();
  });

  it('takes a partition that ends in the chunk', () => {
    expect(read(readVp8Size, webpLossy([1, 1], TAG | (13 << 5)))).toEqual({ width: 1, height: 1 });
  });
});

describe('readVp8lSize', () => {
  it('reads sides of 14 bits', () => {
    expect(read(readVp8lSize, webpLossless([16384, 1], PLAIN_STREAM))).toEqual({ width: 16384, height: 1 });
    expect(read(readVp8lSize, webpLossless([3, 16384], PLAIN_STREAM))).toEqual({ width: 3, height: 16384 });
  });

  it.each([
    ['another signature', webpChunk('VP8L', patched(losslessHead([1, 1]), 0, '\x2e'))],
    ['version 1', webpChunk('VP8L', losslessHead([1, 1], 1))],
    ['version 4', webpChunk('VP8L', losslessHead([1, 1], 4))],
    ['a head that is cut off', webpChunk('VP8L', losslessHead([1, 1])).subarray(0, 12)],
    ['a chunk that is too short', joined(webpChunk('VP8L', losslessHead([1, 1]).subarray(0, 4)), zeros(9))],
  ])('is undefined for %s', (_, bytes) => {
    expect(read(readVp8lSize, bytes)).toBeUndefined();
  });
});
