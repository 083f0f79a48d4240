import { describe, expect, it } from 'vitest';
import {
  jpegImages,
  JPEG_DEPTH_MAX,
  JPEG_IMAGES_MAX,
  type JpegImages,
} from '../../src/inspection/jpeg-images.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { EXIF_START, nestedThumbnails, ordinaryJpeg, thumbnailSegment } from '../support/jpeg-sample.ts';
import { joined, zeros, type Piece } from '../support/sample-octets.ts';

const imagesOf = (...pieces: readonly Piece[]): JpegImages => jpegImages(new Octets(joined(...pieces)));
const placesOf = (...pieces: readonly Piece[]): readonly string[] =>
  imagesOf(...pieces).images.map(({ base, depth }) => `${base}/${depth}`);
const row = (count: number): readonly Piece[] => Array<Piece>(count).fill(ordinaryJpeg());

describe('jpegImages', () => {
  it('gives no picture of what does not start as one', () => {
    expect(placesOf()).toEqual([]);
    expect(placesOf('x', ordinaryJpeg())).toEqual([]);
  });

  it('gives the picture, its thumbnails and those behind it', () => {
    const thumbnail = ordinaryJpeg();
    const segment = thumbnailSegment(thumbnail, thumbnail);
    const main = ordinaryJpeg(segment);
    const first = main.length - (ordinaryJpeg().length - 2) - 2 * thumbnail.length;
    const places = placesOf(main, zeros(7), thumbnail);
    expect(places).toEqual(['0/0', `${first}/1`, `${first + thumbnail.length}/1`, `${main.length + 7}/0`]);
  });

  it('reads a thumbnail no further than its length', () => {
    const { images } = imagesOf(ordinaryJpeg(thumbnailSegment(ordinaryJpeg())));
    expect(images[1]?.octets.length).toBe(ordinaryJpeg().length);
    expect(images[1]?.tail).toBeUndefined();
  });

  it('goes over a thumbnail that is no JPEG picture', () => {
    expect(placesOf(ordinaryJpeg(thumbnailSegment('GIF89a')))).toEqual(['0/0']);
  });

  it('gives Exif blocks with the picture that they are in', () => {
    const { images } = imagesOf(ordinaryJpeg(thumbnailSegment(ordinaryJpeg())));
    expect(images.map(({ exif }) => exif.map(({ offset }) => offset))).toEqual([[EXIF_START], []]);
  });

  it('stops at the limit of depth, and says so', () => {
    const most = imagesOf(nestedThumbnails(JPEG_DEPTH_MAX));
    const more = imagesOf(nestedThumbnails(JPEG_DEPTH_MAX + 1));
    expect([most.images.length, most.isTooDeep]).toEqual([JPEG_DEPTH_MAX + 1, false]);
    expect([more.images.length, more.isTooDeep]).toEqual([JPEG_DEPTH_MAX + 1, true]);
  });

  it('stops at the limit of pictures, and says so', () => {
    const most = imagesOf(...row(JPEG_IMAGES_MAX));
    const more = imagesOf(...row(JPEG_IMAGES_MAX + 1));
    expect([most.images.length, most.isTooMany]).toEqual([JPEG_IMAGES_MAX, false]);
    expect([more.images.length, more.isTooMany]).toEqual([JPEG_IMAGES_MAX, true]);
  });
});
