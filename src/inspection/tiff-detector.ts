/** TIFF and BigTIFF files, and the camera files that are one (DNG): directories, what they cover, and what they do not. */
import type { FindingTable, Report } from './finding.ts';
import type { PartDetector, PartView } from './part-view.ts';
import { judgePhotoPixels } from './photo-area.ts';
import { readTiff, type TiffFile } from './tiff-file.ts';
import { walkIfds, type Ifd, type IfdFault } from './tiff-ifd.ts';
import { tiffChunks, tiffImage, TIFF_CHUNKS_MAX, TIFF_LIMITS, type TiffImage } from './tiff-image.ts';
import { findEnds } from './zip-end.ts';

/** Octets that may stand behind everything that the directories name. */
export const TIFF_TAIL_MAX = 4096;

/** What is found of TIFF files. */
export const TIFF_FINDINGS = {
  'tiff-count-wraps': {
    severity: 'high',
    description: 'A TIFF value is declared so long that 32-bit readers reckon wrong',
  },
  'tiff-cycle': { severity: 'high', description: 'A TIFF directory leads back to itself' },
  'tiff-ifd-shared': { severity: 'medium', description: 'Two pointers lead to one TIFF directory' },
  'tiff-ifds-over-limit': {
    severity: 'medium',
    description: 'A TIFF file has more directories than we look at',
    gap: 'over-limit',
  },
  'tiff-entries-over-limit': {
    severity: 'medium',
    description: 'A TIFF file has more entries than we look at',
    gap: 'over-limit',
  },
  'tiff-chunks-over-limit': {
    severity: 'medium',
    description: 'The pictures of a TIFF file have more strips or tiles than we look at',
    gap: 'over-limit',
  },
  'tiff-type-unknown': { severity: 'low', description: 'A TIFF value has a type that does not exist' },
  'tiff-tag-repeated': { severity: 'low', description: 'A TIFF directory has a tag twice' },
  'tiff-value-outside': { severity: 'low', description: 'A TIFF value is said to be outside the file' },
  'tiff-ifd-outside': { severity: 'low', description: 'A TIFF directory is said to be outside the file' },
  'tiff-truncated': { severity: 'low', description: 'A TIFF file ends inside a directory' },
  'tiff-chunk-outside': {
    severity: 'low',
    description: 'A strip or tile of a TIFF picture is said to be outside the file',
  },
  'tiff-chunk-count': {
    severity: 'low',
    description: 'The strips or tiles of a TIFF picture are not as many as it takes to cover it',
  },
  'tiff-pixel-flood': {
    severity: 'high',
    description: 'A TIFF picture declares more pixels than any phone takes',
  },
  'tiff-many-pixels': { severity: 'low', description: 'A TIFF picture declares very many pixels' },
  'tiff-tail': {
    severity: 'medium',
    description: 'Much stands behind everything that the directories of a TIFF file name',
  },
  'tiff-appended-zip': {
    severity: 'critical',
    description: 'A TIFF or DNG file ends in a ZIP archive, as LANDFALL did (CVE-2025-21042)',
  },
} as const satisfies FindingTable;

type Code = keyof typeof TIFF_FINDINGS;

const FAULT_CODES = {
  cycle: 'tiff-cycle',
  shared: 'tiff-ifd-shared',
  'ifds-over-limit': 'tiff-ifds-over-limit',
  'entries-over-limit': 'tiff-entries-over-limit',
  'count-wraps': 'tiff-count-wraps',
  'type-unknown': 'tiff-type-unknown',
  'tag-repeated': 'tiff-tag-repeated',
  'ifd-outside': 'tiff-ifd-outside',
  'value-outside': 'tiff-value-outside',
  'ifd-truncated': 'tiff-truncated',
} as const satisfies Record<IfdFault, Code>;

const PIXEL_CODES = { flood: 'tiff-pixel-flood', many: 'tiff-many-pixels' } as const;

/** Looks at every part that starts as a TIFF or BigTIFF file. */
export const tiffDetector: PartDetector<Code> = {
  name: 'tiff',
  findings: TIFF_FINDINGS,
  detect({ octets }: PartView, report: Report<Code>): void {
    const file = readTiff(octets);
    if (!file) return;
    const ifds = walkIfds(file, TIFF_LIMITS, (fault, offset, evidence) => {
      report(FAULT_CODES[fault], { offset, evidence });
    });
    const chunksEnd = inspectPictures(file, ifds, report);
    const end = Math.max(chunksEnd, ...ifds.map((ifd) => entriesEnd(file, ifd)));
    const tail = octets.length - end;
    if (tail > TIFF_TAIL_MAX) report('tiff-tail', { offset: end, evidence: { length: tail } });
    const [zip] = findEnds(octets);
    if (zip) report('tiff-appended-zip', { offset: zip.directoryOffset, evidence: { entries: zip.entries } });
  },
};

/** Reports what is wrong with the pictures, and gives where the furthest of their strips and tiles ends. */
function inspectPictures(file: TiffFile, ifds: readonly Ifd[], report: Report<Code>): number {
  let chunksLeft = TIFF_CHUNKS_MAX;
  let end = 0;
  for (const ifd of ifds) {
    const image = tiffImage(file, ifd);
    if (!image) continue;
    inspectSize(image, ifd, report);
    const declared = image.offsets?.count ?? 0;
    if (declared > chunksLeft) report('tiff-chunks-over-limit', { offset: ifd.at, evidence: { declared } });
    const chunks = tiffChunks(file, image, chunksLeft);
    chunksLeft -= chunks.length;
    const furthest = chunks.reduce((furthest, { offset, length }) => Math.max(furthest, offset + length), 0);
    if (furthest > file.octets.length) report('tiff-chunk-outside', { offset: ifd.at });
    end = Math.max(end, furthest);
  }
  return end;
}

function inspectSize(image: TiffImage, { at }: Ifd, report: Report<Code>): void {
  const { width, height, chunksNeeded, offsets, byteCounts } = image;
  const judgement = judgePhotoPixels(width * height);
  if (judgement) report(PIXEL_CODES[judgement], { offset: at, evidence: { width, height } });
  const chunks = offsets?.count ?? 0;
  const lengths = byteCounts?.count ?? 0;
  if (chunks !== chunksNeeded || lengths !== chunks)
    report('tiff-chunk-count', { offset: at, evidence: { chunks, lengths, needed: chunksNeeded } });
}

/** Where a directory and the furthest of its values inside the file end. */
function entriesEnd({ octets }: TiffFile, { end, entries }: Ifd): number {
  const ends = entries.map(({ valueAt, byteLength }) => valueAt + (byteLength ?? 0));
  return ends.reduce((furthest, at) => (at <= octets.length ? Math.max(furthest, at) : furthest), end);
}
