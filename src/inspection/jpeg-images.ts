/** Every JPEG picture that a part holds: the first, the thumbnails in Exif blocks, and those behind an end of picture. */
import { exifBlocks, thumbnailPlaces, type ExifBlock } from './exif-block.ts';
import { JPEG_MAGIC, readJpeg, type JpegStructure } from './jpeg-markers.ts';
import { jpegTail, type JpegTail } from './jpeg-tail.ts';
import { Octets } from './octets.ts';

/** One picture. */
export interface JpegImage {
  /** From its first octet to the end of what holds it. Offsets in the picture count from its first octet. */
  readonly octets: Octets;
  /** Where it starts in the part. */
  readonly base: number;
  /** How many pictures it is inside of, as a thumbnail: 0 for the picture itself, and for those behind it. */
  readonly depth: number;
  readonly structure: JpegStructure;
  readonly exif: readonly ExifBlock[];
  readonly tail: JpegTail | undefined;
}

/** The pictures, and whether there are more. */
export interface JpegImages {
  readonly images: readonly JpegImage[];
  /** Thumbnails are nested deeper than `JPEG_DEPTH_MAX`. */
  readonly isTooDeep: boolean;
  /** There are more pictures than `JPEG_IMAGES_MAX`. */
  readonly isTooMany: boolean;
}

/** Thumbnails inside thumbnails. A camera's thumbnail has none. */
export const JPEG_DEPTH_MAX = 3;

/** Pictures in one file. Multi-picture files of phones have up to five. */
export const JPEG_IMAGES_MAX = 32;

/** Where a picture starts, and what holds it. */
interface Place {
  readonly octets: Octets;
  readonly base: number;
  readonly depth: number;
}

/** Every picture of a part that starts as one; no picture of any other. */
export function jpegImages(part: Octets): JpegImages {
  const images: JpegImage[] = [];
  const places: Place[] = part.startsWith(JPEG_MAGIC) ? [{ octets: part, base: 0, depth: 0 }] : [];
  let isTooDeep = false;
  for (const place of places) {
    if (images.length === JPEG_IMAGES_MAX) return { images, isTooDeep, isTooMany: true };
    const image = readImage(place);
    images.push(image);
    const inner = placesInside(image);
    isTooDeep ||= inner.some(({ depth }) => depth > JPEG_DEPTH_MAX);
    places.push(...inner.filter(({ depth }) => depth <= JPEG_DEPTH_MAX));
  }
  return { images, isTooDeep, isTooMany: false };
}

function readImage(place: Place): JpegImage {
  const structure = readJpeg(place.octets);
  return {
    ...place,
    structure,
    exif: exifBlocks(place.octets, structure.segments),
    tail: structure.end === undefined ? undefined : jpegTail(place.octets, structure.end),
  };
}

function placesInside({ octets, base, depth, exif, tail }: JpegImage): readonly Place[] {
  const thumbnails = exif.flatMap(thumbnailPlaces).map((place) => ({ ...place, depth: depth + 1 }));
  const behind = tail?.kind === 'jpeg' ? [{ ...tail, depth }] : [];
  return [...thumbnails, ...behind].flatMap(({ offset, length, depth: innerDepth }) => {
    const inner = octets.slice(offset, length);
    if (!inner || !octets.startsWith(JPEG_MAGIC, offset)) return [];
    return [{ octets: new Octets(inner), base: base + offset, depth: innerDepth }];
  });
}
