/** JPEG pictures, built segment by segment so that a test can build each wrongly. */
import { be16, joined, type Piece } from './sample-octets.ts';
import { longs, TAGS, tiffOf, TYPES, type Places } from './tiff-sample.ts';

/** Start and end of a picture. */
export const SOI = [0xff, 0xd8];
export const EOI = [0xff, 0xd9];

/** A segment of any marker. Its length is that of the body, unless another is given. */
export function segmentOf(marker: number, body: Piece = '', length?: number): Uint8Array {
  const octets = joined(body);
  return joined([0xff, marker], be16(length ?? octets.length + 2), octets);
}

/** What a frame header of a sample says. */
export interface SampleFrame {
  readonly marker?: number;
  readonly precision?: number;
  readonly width?: number;
  readonly height?: number;
  readonly components?: number;
  /** Component descriptions that are there, where they are not as many as declared. */
  readonly described?: number;
}

/** A frame header: baseline, 16 by 8 pixels and three components unless it says otherwise. */
export function frameOf(frame: SampleFrame = {}): Uint8Array {
  const { marker = 0xc0, precision = 8, width = 16, height = 8, components = 3 } = frame;
  const { described = components } = frame;
  const descriptions = Array.from({ length: described }, (_, index) => [index + 1, 0x11, 0]).flat();
  return segmentOf(marker, joined([precision], be16(height), be16(width), [components], descriptions));
}

/** A scan header and scan data, with a stuffed FF and a restart marker in them. */
export const SCAN = joined(segmentOf(0xda, [1, 1, 0, 0, 63, 0]), [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);

/** The segments that an ordinary picture starts with: JFIF, a quantisation table and a Huffman table. */
export const TABLES = joined(
  segmentOf(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'),
  segmentOf(0xdb, new Uint8Array(65)),
  segmentOf(0xc4, new Uint8Array(29)),
);

/** The picture that the pieces make between start and end. */
export function jpegOf(...pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  return joined(SOI, ...pieces, EOI);
}

/** An ordinary picture, with pieces before its tables. */
export function ordinaryJpeg(...pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  return jpegOf(...pieces, TABLES, frameOf(), SCAN);
}

/** An Exif segment around a TIFF file. */
export function exifSegment(tiff: Piece): Uint8Array {
  return segmentOf(0xe1, joined('Exif\0\0', tiff));
}

/** Octets in a picture before the TIFF file of an Exif segment that stands first. */
export const EXIF_START = 2 + 4 + 6;

/** An Exif segment whose first directory leads to thumbnails. */
export function thumbnailSegment(...thumbnails: readonly Piece[]): Uint8Array {
  const blobs = thumbnails.map((thumbnail) => joined(thumbnail));
  const ifds = blobs.map((blob, index) => ({
    entries: [
      { tag: TAGS.thumbnailOffset, type: TYPES.long, values: (places: Places) => [places.blobs[index] ?? 0] },
      longs(TAGS.thumbnailLength, blob.length),
    ],
    next: (places: Places) => places.ifds[index + 1] ?? 0,
  }));
  return exifSegment(tiffOf({ ifds, blobs }));
}

/** A picture with a thumbnail in a thumbnail and so on, so deep. */
export function nestedThumbnails(depth: number): Uint8Array<ArrayBuffer> {
  return depth === 0 ? ordinaryJpeg() : ordinaryJpeg(thumbnailSegment(nestedThumbnails(depth - 1)));
}
