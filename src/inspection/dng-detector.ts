/** What has been used against the decoders of DNG files: lists of operations, and pictures inside that are too small. */
import { opcodeFaults, type OpcodeFaultKind } from './dng-opcodes.ts';
import type { FindingTable, Report } from './finding.ts';
import { jpegFrame, JPEG_MAGIC, jpegSegments, MARKERS, type JpegFrame } from './jpeg-markers.ts';
import { Octets } from './octets.ts';
import type { PartDetector, PartView } from './part-view.ts';
import { readTiff, type IfdEntry, type TiffFile } from './tiff-file.ts';
import { walkIfds, type Ifd } from './tiff-ifd.ts';
import { tiffChunks, tiffImage, TIFF_LIMITS, type TiffImage } from './tiff-image.ts';

/** Opcode lists of one file that are looked at. A picture has up to three, and one or two pictures of a file have any. */
export const DNG_LISTS_MAX = 12;

/** Strips or tiles of one file whose JPEG header is looked at: 64 megapixels in tiles of 256 by 256 have 1,024. */
export const DNG_CHUNKS_MAX = 2048;

/** Segments of a strip or tile that are read in search of a frame header: encoders write one table before it, if any. */
export const DNG_SEGMENTS_MAX = 64;

/** Octets between segments that are gone over in search of a frame header. */
const DNG_STRAY_MAX = 64;

/** Planes that operations of the third list may name: it is for the picture in colour, whose planes no tag counts. */
const COLOUR_PLANES_MAX = 4;

/** What is found of DNG files. */
export const DNG_FINDINGS = {
  'dng-opcode-count': {
    severity: 'critical',
    description: 'A DNG opcode list declares more operations than can be there (CVE-2025-21043)',
  },
  'dng-opcode-chain': {
    severity: 'high',
    description: 'The operations of a DNG opcode list do not end where the list does',
  },
  'dng-opcode-plane': {
    severity: 'high',
    description: 'A DNG operation works on planes that the picture does not have',
  },
  'dng-opcode-area': {
    severity: 'medium',
    description: 'A DNG operation works on pixels that the picture does not have',
  },
  'dng-opcode-type': { severity: 'low', description: 'A DNG opcode list has the type of something else' },
  'dng-lists-over-limit': {
    severity: 'medium',
    description: 'A DNG file has more opcode lists than we look at',
    gap: 'over-limit',
  },
  'dng-jpeg-short-row': {
    severity: 'critical',
    description:
      'A lossless JPEG in a DNG file has fewer samples in a row than its tile needs (CVE-2025-43300)',
  },
  'dng-jpeg-frame-missing': {
    severity: 'low',
    description: 'A strip or tile of a DNG file that should be lossless JPEG has no frame header',
  },
  'dng-chunks-over-limit': {
    severity: 'medium',
    description: 'A DNG file has more strips or tiles than we look into',
    gap: 'over-limit',
  },
} as const satisfies FindingTable;

type Code = keyof typeof DNG_FINDINGS;

const OPCODE_CODES = {
  count: 'dng-opcode-count',
  chain: 'dng-opcode-chain',
  plane: 'dng-opcode-plane',
  area: 'dng-opcode-area',
} as const satisfies Record<OpcodeFaultKind, Code>;

/** Tags of opcode lists, and whether the list is for the picture in colour. */
const OPCODE_LIST_TAGS: ReadonlyMap<number, { readonly isColour: boolean }> = new Map([
  [0xc740, { isColour: false }],
  [0xc741, { isColour: false }],
  [0xc74e, { isColour: true }],
]);

/** UNDEFINED: octets. */
const OPCODE_LIST_TYPE = 7;

/** Lossless JPEG in DNG; in any other TIFF file, JPEG. */
const COMPRESSION_JPEG = 7;

/** Looks at every part that starts as a TIFF file: what makes one a DNG file is a tag that decoders do not ask for. */
export const dngDetector: PartDetector<Code> = {
  name: 'dng',
  findings: DNG_FINDINGS,
  detect({ octets }: PartView, report: Report<Code>): void {
    const file = readTiff(octets);
    if (!file) return;
    const ifds = walkIfds(file, TIFF_LIMITS, () => undefined);
    inspectLists(file, ifds, report);
    inspectChunks(file, ifds, report);
  },
};

function inspectLists(file: TiffFile, ifds: readonly Ifd[], report: Report<Code>): void {
  let left = DNG_LISTS_MAX;
  for (const ifd of ifds) {
    const image = tiffImage(file, ifd);
    for (const entry of ifd.entries.filter(({ tag }) => OPCODE_LIST_TAGS.has(tag))) {
      if (left === 0) {
        report('dng-lists-over-limit', { offset: ifd.at, evidence: { max: DNG_LISTS_MAX } });
        return;
      }
      inspectList(file, entry, image, report);
      left -= 1;
    }
  }
}

function inspectList(
  { octets }: TiffFile,
  { at, tag, type, count, byteLength, valueAt }: IfdEntry,
  image: TiffImage | undefined,
  report: Report<Code>,
): void {
  if (type !== OPCODE_LIST_TYPE) report('dng-opcode-type', { offset: at, evidence: { tag, type } });
  const { width = Infinity, height = Infinity, samplesPerPixel = Infinity } = image ?? {};
  const planes = OPCODE_LIST_TAGS.get(tag)?.isColour
    ? Math.max(samplesPerPixel, COLOUR_PLANES_MAX)
    : samplesPerPixel;
  const list = { offset: valueAt, length: byteLength ?? count, width, height, planes };
  for (const { kind, offset, evidence } of opcodeFaults(octets, list)) {
    report(OPCODE_CODES[kind], { offset, evidence: { tag, ...evidence } });
  }
}

function inspectChunks(file: TiffFile, ifds: readonly Ifd[], report: Report<Code>): void {
  let left = DNG_CHUNKS_MAX;
  for (const ifd of ifds) {
    const image = tiffImage(file, ifd);
    if (image?.compression !== COMPRESSION_JPEG) continue;
    for (const { offset } of tiffChunks(file, image, left + 1)) {
      if (left === 0) {
        report('dng-chunks-over-limit', { offset: ifd.at, evidence: { max: DNG_CHUNKS_MAX } });
        return;
      }
      inspectChunk(file, offset, image, report);
      left -= 1;
    }
  }
}

function inspectChunk(file: TiffFile, offset: number, image: TiffImage, report: Report<Code>): void {
  // Decoders stop at the end of the picture, whatever length the table gives.
  const octets = file.octets.slice(offset, file.octets.length - offset);
  // What lies outside is told of by the TIFF detector.
  if (!octets) return;
  const frames = readFrames(new Octets(octets));
  if (frames.length === 0) report('dng-jpeg-frame-missing', { offset });
  const short = frames.find((frame) => isRowShort(frame, image));
  if (!short) return;
  const { width, components, precision } = short;
  const { samplesPerChunk, chunkWidth } = image;
  report('dng-jpeg-short-row', {
    offset,
    evidence: { width, components, precision, samples: samplesPerChunk, chunkWidth },
  });
}

/** The frame headers before the first scan, among the first segments of the picture that the octets are. */
function readFrames(octets: Octets): readonly JpegFrame[] {
  const frames: JpegFrame[] = [];
  if (!octets.startsWith(JPEG_MAGIC)) return frames;
  let left = DNG_SEGMENTS_MAX;
  for (const segment of jpegSegments(octets, 0, DNG_STRAY_MAX)) {
    const frame = jpegFrame(octets, segment);
    if (frame) frames.push(frame);
    left -= 1;
    if (left === 0 || segment.marker === MARKERS.SOS) break;
  }
  return frames;
}

/**
 * Whether decoding writes fewer octets a row than the tile needs. One component of twice the width for two samples is
 * as good, and two components for one sample are usual in mosaic pictures.
 */
function isRowShort(
  { width, components, precision }: JpegFrame,
  { chunkWidth, samplesPerChunk, bitsPerSample }: TiffImage,
): boolean {
  if (samplesPerChunk <= components || width * components === 0) return false;
  const decoded = width * components * octetsOf(precision);
  return decoded < chunkWidth * samplesPerChunk * octetsOf(bitsPerSample);
}

/** Octets that a sample takes in memory: 14 bits of a sensor are kept in 16. */
function octetsOf(bits: number): number {
  return Math.ceil(bits / 8);
}
