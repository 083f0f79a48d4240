/** The Exif block of a JPEG picture: an APP1 segment that holds a TIFF file of its own (Exif 3.0 section 4.7.2). */
import { MARKERS, type JpegSegment } from './jpeg-markers.ts';
import { Octets } from './octets.ts';
import { readTiff, type TiffFile } from './tiff-file.ts';
import { walkIfds, type IfdLimits } from './tiff-ifd.ts';

/** An Exif block. */
export interface ExifBlock {
  /** Where the TIFF header should stand; all offsets in the block count from here. */
  readonly offset: number;
  /** The block read as a TIFF file; undefined when it does not start as one. */
  readonly tiff: TiffFile | undefined;
}

/** A place in an Exif block, counted from the start of the octets that the block is in. */
export interface ThumbnailPlace {
  readonly offset: number;
  readonly length: number;
}

/** Directories in an Exif block. Cameras write up to five: two pictures, Exif, GPS, interoperability (threats: 16). */
export const EXIF_IFDS_MAX = 16;

/** Entries in all directories of an Exif block: 64 KiB hold no more than 5,461, and cameras write up to 150. */
export const EXIF_ENTRIES_MAX = 4096;

/** Limits for walking an Exif block. */
export const EXIF_LIMITS: IfdLimits = { ifdsMax: EXIF_IFDS_MAX, entriesMax: EXIF_ENTRIES_MAX };

/** What tells an Exif APP1 segment from others. A pad octet follows, which not everybody writes as 0. */
const EXIF_CODE = 'Exif\0';
const EXIF_CODE_BYTES = 6;

const TAG_THUMBNAIL_OFFSET = 0x0201;
const TAG_THUMBNAIL_LENGTH = 0x0202;

/** The Exif blocks among the segments of a picture. A block that is cut off is read as far as it goes. */
export function exifBlocks(octets: Octets, segments: readonly JpegSegment[]): readonly ExifBlock[] {
  return segments.flatMap(({ marker, start, end }) => {
    if (marker !== MARKERS.APP1 || !octets.startsWith(EXIF_CODE, start)) return [];
    const offset = start + EXIF_CODE_BYTES;
    const block = octets.slice(offset, Math.min(end, octets.length) - offset);
    return [{ offset, tiff: block && readTiff(new Octets(block)) }];
  });
}

/** Where the block says that thumbnails are, as far as they lie inside it. */
export function thumbnailPlaces({ offset, tiff }: ExifBlock): readonly ThumbnailPlace[] {
  if (!tiff) return [];
  const ifds = walkIfds(tiff, EXIF_LIMITS, () => undefined);
  return ifds.flatMap(({ entries }) => {
    const numberOf = (tag: number): number | undefined => {
      const entry = entries.find((candidate) => candidate.tag === tag);
      return entry && tiff.values(entry, 1)[0];
    };
    const start = numberOf(TAG_THUMBNAIL_OFFSET);
    const length = numberOf(TAG_THUMBNAIL_LENGTH);
    if (start === undefined || length === undefined || start >= tiff.octets.length) return [];
    return [{ offset: offset + start, length: Math.min(length, tiff.octets.length - start) }];
  });
}
