/** What the directories of a TIFF file say of their pictures (TIFF 6.0 sections 3 and 15, DNG 1.7 chapter 2). */
import type { IfdEntry, TiffFile } from './tiff-file.ts';
import type { Ifd, IfdLimits } from './tiff-ifd.ts';

/** Directories in one file. Camera files have up to ten, faxes one a page. */
export const TIFF_IFDS_MAX = 512;

/** Entries in all directories of one file: a picture has some 20 to 100. */
export const TIFF_IFD_ENTRIES_MAX = 16_384;

/** Strips or tiles of one picture that are looked at. One a row is the most that writers do. */
export const TIFF_CHUNKS_MAX = 65_536;

/** Limits for walking a TIFF file. */
export const TIFF_LIMITS: IfdLimits = { ifdsMax: TIFF_IFDS_MAX, entriesMax: TIFF_IFD_ENTRIES_MAX };

/** Tags that a picture is described by. */
const TAGS = {
  width: 0x0100,
  height: 0x0101,
  bitsPerSample: 0x0102,
  compression: 0x0103,
  stripOffsets: 0x0111,
  samplesPerPixel: 0x0115,
  rowsPerStrip: 0x0116,
  stripByteCounts: 0x0117,
  planarConfiguration: 0x011c,
  tileWidth: 0x0142,
  tileLength: 0x0143,
  tileOffsets: 0x0144,
  tileByteCounts: 0x0145,
} as const;

/** Planes are stored one after another instead of pixel by pixel. */
const PLANAR_SEPARATE = 2;

/** A picture. A number that the directory does not give has its default in the specification, or 0. */
export interface TiffImage {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly samplesPerPixel: number;
  readonly compression: number;
  /** Samples of a pixel that stand together in one strip or tile. */
  readonly samplesPerChunk: number;
  /** Width of one strip or tile. */
  readonly chunkWidth: number;
  /** Strips or tiles that cover the picture. */
  readonly chunksNeeded: number;
  /** The tables of where strips or tiles are, and of how long they are. */
  readonly offsets: IfdEntry | undefined;
  readonly byteCounts: IfdEntry | undefined;
}

/** A strip or tile, as its tables give it; it may lie outside the file. */
export interface TiffChunk {
  readonly offset: number;
  readonly length: number;
}

/** The picture that a directory describes; undefined when it has no width or height. */
export function tiffImage(file: TiffFile, ifd: Ifd): TiffImage | undefined {
  if (ifd.role !== 'picture') return undefined;
  const entryOf = (tag: number): IfdEntry | undefined => ifd.entries.find((entry) => entry.tag === tag);
  const numberOf = (tag: number, otherwise: number): number => {
    const entry = entryOf(tag);
    return (entry && file.values(entry, 1)[0]) ?? otherwise;
  };
  const width = numberOf(TAGS.width, 0);
  const height = numberOf(TAGS.height, 0);
  if (width === 0 || height === 0) return undefined;
  const isTiled = entryOf(TAGS.tileWidth) !== undefined;
  const chunkWidth = isTiled ? numberOf(TAGS.tileWidth, width) : width;
  const chunkLength = numberOf(isTiled ? TAGS.tileLength : TAGS.rowsPerStrip, height);
  const samplesPerPixel = numberOf(TAGS.samplesPerPixel, 1);
  const isSeparate = numberOf(TAGS.planarConfiguration, 1) === PLANAR_SEPARATE;
  const chunksOfPlane = Math.ceil(width / chunkWidth) * Math.ceil(height / chunkLength);
  return {
    width,
    height,
    bitsPerSample: numberOf(TAGS.bitsPerSample, 1),
    samplesPerPixel,
    compression: numberOf(TAGS.compression, 1),
    samplesPerChunk: isSeparate ? 1 : samplesPerPixel,
    chunkWidth,
    chunksNeeded: chunksOfPlane * (isSeparate ? samplesPerPixel : 1),
    // Some writers keep the tables of tiles under the tags of strips, and libtiff reads either.
    offsets: entryOf(TAGS.tileOffsets) ?? entryOf(TAGS.stripOffsets),
    byteCounts: entryOf(TAGS.tileByteCounts) ?? entryOf(TAGS.stripByteCounts),
  };
}

/** The first strips or tiles of a picture, at most `max`. One without a length is taken as empty. */
export function tiffChunks(file: TiffFile, { offsets, byteCounts }: TiffImage, max: number): TiffChunk[] {
  if (!offsets) return [];
  const lengths = byteCounts ? file.values(byteCounts, max) : [];
  return file.values(offsets, max).map((offset, index) => ({ offset, length: lengths[index] ?? 0 }));
}
