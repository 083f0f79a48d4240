/** PNG and APNG: the chain of chunks, sizes that flood a decoder, and what hides in and behind a picture. */
import { crc32 } from './crc32.ts';
import type { FindingTable, Report } from './finding.ts';
import type { Octets } from './octets.ts';
import type { PartDetector } from './part-view.ts';
import { ANIMATION_PIXELS_MAX, judgePixels } from './pixel-area.ts';
import { isCritical, PNG_CHUNK_LENGTH_MAX, PNG_SIGNATURE, readPngChunk, type PngChunk } from './png-chunk.ts';
import { readPngHeader, type PngHeader } from './png-header.ts';
import { PngTexts } from './png-text.ts';
import { u32be } from './sniff-format.ts';
import { judgeTrailing } from './trailing-data.ts';

/** Chunks that are looked at. Encoders that write small ones make some hundreds of a picture that fits a message. */
export const PNG_CHUNKS_MAX = 20_000;

/**
 * The most octets of chunks that decoders copy into a room of fixed size: palette and transparency of 256 entries
 * (CVE-2004-0597), their histogram, significant bits, and what controls an animation.
 */
export const PNG_DATA_LENGTHS_MAX: ReadonlyMap<string, number> = new Map([
  ['PLTE', 768],
  ['tRNS', 256],
  ['hIST', 512],
  ['sBIT', 4],
  ['acTL', 8],
  ['fcTL', 26],
]);

/** Findings about a PNG. */
export const PNG_FINDINGS = {
  'png-chunk-length': { severity: 'high', description: 'A PNG chunk claims a length over 2^31 - 1' },
  'png-chunk-type': { severity: 'medium', description: 'The type of a PNG chunk is not four letters' },
  'png-chunk-oversize': {
    severity: 'high',
    description: 'A PNG chunk of bounded size is longer than that (CVE-2004-0597 and its like)',
  },
  'png-chunks-many': {
    severity: 'medium',
    description: 'A PNG has more chunks than are looked at',
    gap: 'over-limit',
  },
  'png-header-misplaced': {
    severity: 'high',
    description: 'The header of a PNG is not its first chunk, or not its only one',
  },
  'png-header-invalid': {
    severity: 'high',
    description: 'The header of a PNG has a value that does not exist',
  },
  'png-apple-variant': {
    severity: 'low',
    description: 'A PNG in the variant of Apple programs (CgBI), which other decoders refuse',
  },
  'png-crc-mismatch': { severity: 'medium', description: 'The checksum of a critical PNG chunk is wrong' },
  'png-truncated': { severity: 'low', description: 'A PNG ends before its end chunk' },
  'png-pixels-flood': { severity: 'high', description: 'A PNG claims more than 100 million pixels' },
  'png-pixels-many': { severity: 'low', description: 'A PNG claims more than 50 million pixels' },
  'png-animation-flood': {
    severity: 'high',
    description: 'All frames of an animated PNG together claim more than 1,000 million pixels',
  },
  'png-frame-outside': {
    severity: 'high',
    description: 'A frame of an animated PNG reaches out of its picture',
  },
  'png-text-flood': {
    severity: 'high',
    description: 'The texts and the colour profile of a PNG unfold to more than 1 MB',
  },
  'png-text-many': {
    severity: 'medium',
    description: 'A PNG has more texts, or more broken ones, than are unfolded',
    gap: 'over-limit',
  },
  'png-text-broken': {
    severity: 'low',
    description: 'A text or the colour profile of a PNG cannot be unfolded',
  },
  'png-trailing-data': { severity: 'medium', description: 'More than 1 KiB stands behind the end of a PNG' },
  'png-trailing-media': { severity: 'info', description: 'A picture or film stands behind the end of a PNG' },
} as const satisfies FindingTable;

type Code = keyof typeof PNG_FINDINGS;

/** Looks at parts that are PNG by content. */
export const pngDetector: PartDetector<Code> = {
  name: 'png',
  findings: PNG_FINDINGS,
  detect({ octets }, report, { inflateRaw }) {
    if (!octets.startsWith(PNG_SIGNATURE)) return;
    const texts = new PngTexts(octets, inflateRaw);
    const png = { octets, report, texts, header: undefined, frames: 0, framesDeclared: 0 };
    const end = walkChunks(png);
    reportAnimation(png);
    if (end !== undefined) reportTrailing(png, end);
  },
};

/** A PNG, and what was met of it so far. */
interface PngFile {
  readonly octets: Octets;
  readonly report: Report<Code>;
  readonly texts: PngTexts;
  header: PngHeader | undefined;
  frames: number;
  framesDeclared: number;
}

/** Goes through the chunks, and gives the place behind the last; undefined where the chain is cut or broken. */
function walkChunks(png: PngFile): number | undefined {
  const { octets, report } = png;
  let offset = PNG_SIGNATURE.length;
  for (let count = 0; count < PNG_CHUNKS_MAX; count += 1) {
    const chunk = readPngChunk(octets, offset);
    const fault = chainFaultOf(chunk);
    if (chunk === undefined || fault !== undefined) {
      report(fault ?? 'png-truncated', { offset: Math.min(offset, octets.length) });
      return undefined;
    }
    inspectChunk(png, chunk);
    offset = chunk.end;
    if (chunk.type === 'IEND' && offset <= octets.length) return offset;
  }
  report('png-chunks-many', { offset, evidence: { limit: PNG_CHUNKS_MAX } });
  return undefined;
}

/** What makes it impossible to go on behind a chunk. */
function chainFaultOf(chunk: PngChunk | undefined): Code | undefined {
  if (chunk === undefined) return 'png-truncated';
  if (!/^[A-Za-z]{4}$/.test(chunk.type)) return 'png-chunk-type';
  return chunk.length > PNG_CHUNK_LENGTH_MAX ? 'png-chunk-length' : undefined;
}

const INSPECTIONS: ReadonlyMap<string, (png: PngFile, chunk: PngChunk) => void> = new Map([
  ['IHDR', inspectHeader],
  ['acTL', inspectAnimation],
  ['fcTL', inspectFrame],
  ['zTXt', inspectText],
  ['iTXt', inspectText],
  ['iCCP', inspectText],
]);

function inspectChunk(png: PngFile, chunk: PngChunk): void {
  const { octets, report } = png;
  const { offset, type, length } = chunk;
  if (png.header === undefined && offset === PNG_SIGNATURE.length) reportFirst(chunk, report);
  if (isCritical(chunk) && crcDisagrees(octets, chunk))
    report('png-crc-mismatch', { offset, evidence: { type } });
  if (length > (PNG_DATA_LENGTHS_MAX.get(type) ?? PNG_CHUNK_LENGTH_MAX)) {
    report('png-chunk-oversize', { offset, evidence: { type, length } });
  }
  INSPECTIONS.get(type)?.(png, chunk);
}

/** Before the header stands only the mark of Apple's variant. */
function reportFirst({ offset, type }: PngChunk, report: Report<Code>): void {
  if (type === 'CgBI') report('png-apple-variant', { offset });
  else if (type !== 'IHDR') report('png-header-misplaced', { offset });
}

/** The checksum is of type and data. What is cut off has none. */
function crcDisagrees(octets: Octets, { offset, length, end }: PngChunk): boolean {
  const covered = octets.slice(offset + 4, 4 + length);
  const stored = octets.view(end - 4, 4)?.getUint32(0);
  return covered !== undefined && stored !== undefined && crc32(covered) !== stored;
}

function inspectHeader(png: PngFile, chunk: PngChunk): void {
  const { octets, report } = png;
  const { offset } = chunk;
  const header = readPngHeader(octets, chunk);
  if (header === undefined) return;
  if (png.header !== undefined) {
    report('png-header-misplaced', { offset });
    return;
  }
  png.header = header;
  const { width, height, isValid } = header;
  if (!isValid) report('png-header-invalid', { offset });
  const amount = judgePixels(width * height);
  if (amount !== undefined) report(`png-pixels-${amount}`, { offset, evidence: { width, height } });
}

function inspectAnimation(png: PngFile, { dataOffset }: PngChunk): void {
  png.framesDeclared = u32be(png.octets, dataOffset) || 0;
}

/** APNG specification: behind a sequence number stand width, height and place of the frame. */
function inspectFrame(png: PngFile, { offset, dataOffset }: PngChunk): void {
  const frame = png.octets.view(dataOffset, 20);
  png.frames += 1;
  if (frame === undefined || png.header === undefined) return;
  const [width = 0, height = 0, x = 0, y = 0] = [4, 8, 12, 16].map((at) => frame.getUint32(at));
  const isInside = x + width <= png.header.width && y + height <= png.header.height;
  if (!isInside) png.report('png-frame-outside', { offset, evidence: { width, height, x, y } });
}

function reportAnimation({ report, header, frames, framesDeclared }: PngFile): void {
  if (header === undefined) return;
  const { width, height } = header;
  const count = Math.max(frames, framesDeclared);
  if (count * width * height > ANIMATION_PIXELS_MAX) {
    report('png-animation-flood', { evidence: { frames: count, width, height } });
  }
}

function inspectText({ texts, report }: PngFile, chunk: PngChunk): void {
  const fault = texts.unfold(chunk);
  if (fault !== undefined)
    report(`png-text-${fault}`, { offset: chunk.offset, evidence: { type: chunk.type } });
}

function reportTrailing({ octets, report }: PngFile, end: number): void {
  const kind = judgeTrailing(octets, end);
  if (kind === 'none') return;
  report(kind === 'media' ? 'png-trailing-media' : 'png-trailing-data', {
    offset: end,
    evidence: { length: octets.length - end },
  });
}
