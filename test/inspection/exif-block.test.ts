import { describe, expect, it } from 'vitest';
import { exifBlocks, thumbnailPlaces, type ExifBlock } from '../../src/inspection/exif-block.ts';
import { readJpeg } from '../../src/inspection/jpeg-markers.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { EXIF_START, exifSegment, ordinaryJpeg, segmentOf } from '../support/jpeg-sample.ts';
import type { Piece } from '../support/sample-octets.ts';
import { longs, pictureTiff, TAGS, tiffOf } from '../support/tiff-sample.ts';

const blocksOf = (...segments: readonly Piece[]): readonly ExifBlock[] => {
  const octets = new Octets(ordinaryJpeg(...segments));
  return exifBlocks(octets, readJpeg(octets).segments);
};
const thumbnail = (offset: number, length: number): Uint8Array =>
  tiffOf({
    ifds: [{ entries: [longs(TAGS.thumbnailOffset, offset), longs(TAGS.thumbnailLength, length)] }],
    tail: '1234',
  });
const THUMBNAIL_FILE_BYTES = thumbnail(0, 0).length;

describe('exifBlocks', () => {
  it('gives the block of an Exif segment', () => {
    const tiff = pictureTiff();
    const [block] = blocksOf(exifSegment(tiff));
    expect(block?.offset).toBe(EXIF_START);
    expect(block?.tiff?.octets.bytes).toEqual(tiff);
  });

  it('gives every block', () => {
    expect(blocksOf(exifSegment(pictureTiff()), exifSegment(pictureTiff()))).toHaveLength(2);
  });

  it('takes any octet for the pad', () => {
    expect(blocksOf(segmentOf(0xe1, 'Exif\0\xff'))).toHaveLength(1);
  });

  it.each([
    ['another segment', segmentOf(0xe2, 'Exif\0\0MM\0*')],
    ['XMP', segmentOf(0xe1, 'http://ns.adobe.com/xap/1.0/\0')],
  ])('gives none of %s', (_, segment) => {
    expect(blocksOf(segment)).toEqual([]);
  });

  it.each(['', 'MM\0', 'nonsense'])('gives a block that starts wrongly without a file: %j', (content) => {
    expect(blocksOf(exifSegment(content))).toEqual([{ offset: EXIF_START, tiff: undefined }]);
  });

  it('reads a block that is cut off as far as it goes', () => {
    const octets = new Octets(ordinaryJpeg(exifSegment(pictureTiff())).subarray(0, EXIF_START + 20));
    const [block] = exifBlocks(octets, readJpeg(octets).segments);
    expect(block?.tiff?.octets.length).toBe(20);
  });
});

describe('thumbnailPlaces', () => {
  it.each([
    [0, 4, [{ offset: 0, length: 4 }]],
    [THUMBNAIL_FILE_BYTES - 4, 4, [{ offset: THUMBNAIL_FILE_BYTES - 4, length: 4 }]],
    [THUMBNAIL_FILE_BYTES - 4, 5, [{ offset: THUMBNAIL_FILE_BYTES - 4, length: 4 }]],
    [THUMBNAIL_FILE_BYTES, 4, []],
    [0xffffffff, 0xffffffff, []],
  ])('keeps a thumbnail at %d of %d octets inside the block', (offset, length, places) => {
    const [block] = blocksOf(exifSegment(thumbnail(offset, length)));
    const inBlock = thumbnailPlaces(block!).map((place) => ({ ...place, offset: place.offset - EXIF_START }));
    expect(inBlock).toEqual(places);
  });

  it('gives none without both tags, or without a file', () => {
    const half = tiffOf({ ifds: [{ entries: [longs(TAGS.thumbnailOffset, 8)] }] });
    expect(thumbnailPlaces(blocksOf(exifSegment(half))[0]!)).toEqual([]);
    expect(thumbnailPlaces(blocksOf(exifSegment(''))[0]!)).toEqual([]);
  });
});
