import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { readTiff, type TiffFile } from '../../src/inspection/tiff-file.ts';
import { walkIfds } from '../../src/inspection/tiff-ifd.ts';
import { tiffChunks, tiffImage, TIFF_LIMITS, type TiffImage } from '../../src/inspection/tiff-image.ts';
import { longs, pictureIfd, pictureTiff, TAGS, tiffOf, type SampleEntry } from '../support/tiff-sample.ts';

const imageOf = (bytes: Uint8Array): { readonly file: TiffFile; readonly image: TiffImage | undefined } => {
  const file = readTiff(new Octets(bytes))!;
  const [ifd] = walkIfds(file, TIFF_LIMITS, () => undefined);
  return { file, image: tiffImage(file, ifd!) };
};
const image = (...changes: readonly SampleEntry[]): TiffImage | undefined =>
  imageOf(pictureTiff(changes)).image;

describe('tiffImage', () => {
  it('reads a picture in strips', () => {
    expect(image()).toMatchObject({
      ...{ width: 4, height: 2, bitsPerSample: 8, samplesPerPixel: 1, compression: 1 },
      ...{ samplesPerChunk: 1, chunkWidth: 4, chunksNeeded: 1 },
      ...{ offsets: { tag: TAGS.stripOffsets }, byteCounts: { tag: TAGS.stripByteCounts } },
    });
  });

  it.each<[string, readonly SampleEntry[], Partial<TiffImage>]>([
    ['strips of one row', [longs(TAGS.rowsPerStrip, 1)], { chunksNeeded: 2, chunkWidth: 4 }],
    ['one strip, however many rows it may have', [longs(TAGS.rowsPerStrip, 0xffffffff)], { chunksNeeded: 1 }],
    [
      'tiles',
      [longs(TAGS.tileWidth, 3), longs(TAGS.tileLength, 1), longs(TAGS.tileOffsets, 0)],
      { chunksNeeded: 4, chunkWidth: 3 },
    ],
    [
      'tiles in the table of strips',
      [longs(TAGS.tileWidth, 4), longs(TAGS.tileLength, 1)],
      { chunksNeeded: 2, chunkWidth: 4 },
    ],
    [
      'planes one after another',
      [longs(TAGS.samplesPerPixel, 3), longs(TAGS.planarConfiguration, 2)],
      { chunksNeeded: 3, samplesPerChunk: 1 },
    ],
    [
      'samples side by side',
      [longs(TAGS.samplesPerPixel, 3), longs(TAGS.planarConfiguration, 1)],
      { chunksNeeded: 1, samplesPerChunk: 3 },
    ],
  ])('reckons with %s', (_, changes, expected) => {
    expect(image(...changes)).toMatchObject(expected);
  });

  it('takes the first of several bits per sample', () => {
    expect(image(longs(TAGS.bitsPerSample, 16, 16, 16))?.bitsPerSample).toBe(16);
  });

  it('is none without width or height, or in a directory of something else', () => {
    expect(image(longs(TAGS.width, 0))).toBeUndefined();
    expect(image(longs(TAGS.height, 0))).toBeUndefined();
    const { file } = imageOf(pictureTiff());
    const { entries } = walkIfds(file, TIFF_LIMITS, () => undefined)[0]!;
    expect(tiffImage(file, { at: 8, end: 0, role: 'metadata', entries })).toBeUndefined();
  });
});

describe('tiffChunks', () => {
  it('pairs offsets and lengths, up to the maximum', () => {
    const tables = [longs(TAGS.stripOffsets, 1, 2, 3), longs(TAGS.stripByteCounts, 10, 20)];
    const { file, image: found } = imageOf(tiffOf({ ifds: [pictureIfd(...tables)] }));
    expect(tiffChunks(file, found!, 9)).toEqual([
      { offset: 1, length: 10 },
      { offset: 2, length: 20 },
      { offset: 3, length: 0 },
    ]);
    expect(tiffChunks(file, found!, 1)).toEqual([{ offset: 1, length: 10 }]);
  });

  it('gives none without a table', () => {
    const { file, image: found } = imageOf(pictureTiff());
    expect(tiffChunks(file, { ...found!, offsets: undefined }, 9)).toEqual([]);
  });
});
