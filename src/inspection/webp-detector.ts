/** WebP: the chain of chunks, sizes that disagree or flood a decoder, and the prefix codes of lossless streams. */
import type { FindingTable, Report } from './finding.ts';
import type { Octets } from './octets.ts';
import type { PartDetector } from './part-view.ts';
import { ANIMATION_PIXELS_MAX, judgePixels, type PixelSize } from './pixel-area.ts';
import { u32le } from './sniff-format.ts';
import { judgeTrailing } from './trailing-data.ts';
import { Vp8lBits } from './vp8l-bits.ts';
import { findVp8lFault, VP8L_FINDINGS } from './vp8l-stream.ts';
import {
  readVp8lSize,
  readVp8Size,
  readWebpCanvas,
  readWebpChunk,
  readWebpFrame,
  VP8L_HEAD_LENGTH,
  WEBP_FIRST_CHUNK,
  type WebpCanvas,
  type WebpChunk,
  type WebpFrame,
} from './webp-chunk.ts';

/** Chunks that are looked at, those inside frames counted. Long animations have some thousands. */
export const WEBP_CHUNKS_MAX = 20_000;

/** Octets of lossless streams in which prefix codes are looked for. Real streams have them in their first few thousand. */
export const WEBP_LOSSLESS_OCTETS_MAX = 1_048_576;

/** Findings about a WebP. */
export const WEBP_FINDINGS = {
  ...VP8L_FINDINGS,
  'webp-lossless-not-walked': {
    severity: 'medium',
    description: 'A WebP has more of lossless streams than is looked through for prefix codes',
    gap: 'over-limit',
  },
  'webp-first-chunk': { severity: 'high', description: 'A WebP starts with a chunk that none starts with' },
  'webp-chunk-outside': {
    severity: 'high',
    description: 'A WebP chunk reaches out of the one that holds it',
  },
  'webp-chunks-many': {
    severity: 'medium',
    description: 'A WebP has more chunks than are looked at',
    gap: 'over-limit',
  },
  'webp-header-invalid': {
    severity: 'high',
    description: 'The head of a WebP chunk has values that no decoder accepts',
  },
  'webp-sizes-disagree': {
    severity: 'high',
    description: 'A WebP picture has another size than its canvas or frame',
  },
  'webp-frame-outside': { severity: 'high', description: 'A frame of a WebP reaches out of its canvas' },
  'webp-truncated': { severity: 'low', description: 'A WebP ends before its declared end' },
  'webp-pixels-flood': { severity: 'high', description: 'A WebP claims more than 100 million pixels' },
  'webp-pixels-many': { severity: 'low', description: 'A WebP claims more than 50 million pixels' },
  'webp-animation-flood': {
    severity: 'high',
    description: 'All frames of a WebP together claim more than 1,000 million pixels',
  },
  'webp-trailing-data': {
    severity: 'medium',
    description: 'More than 1 KiB stands behind the end of a WebP',
  },
  'webp-trailing-media': {
    severity: 'info',
    description: 'A picture or film stands behind the end of a WebP',
  },
} as const satisfies FindingTable;

type Code = keyof typeof WEBP_FINDINGS;

/** Looks at parts that are WebP by content. */
export const webpDetector: PartDetector<Code> = {
  name: 'webp',
  findings: WEBP_FINDINGS,
  detect({ octets }, report) {
    if (!octets.startsWith('RIFF') || !octets.startsWith('WEBP', 8)) return;
    const webp = {
      octets,
      report,
      canvas: undefined,
      largest: 0,
      frames: 0,
      chunks: 0,
      losslessOctets: 0,
    };
    const end = 8 + u32le(octets, 4);
    if (end > octets.length) report('webp-truncated', { offset: octets.length, evidence: { declared: end } });
    walkChunks(webp, { start: WEBP_FIRST_CHUNK, end });
    reportPixels(webp);
    reportTrailing(webp, end);
  },
};

/** A WebP, and what was met of it so far. */
interface WebpFile {
  readonly octets: Octets;
  readonly report: Report<Code>;
  canvas: WebpCanvas | undefined;
  /** Pixels of the largest of canvas, frames and pictures. */
  largest: number;
  frames: number;
  chunks: number;
  losslessOctets: number;
}

/** Where chunks stand side by side: in the file, or in a frame of an animation. */
interface ChunkList {
  readonly start: number;
  /** As declared: it may lie outside the file. */
  readonly end: number;
  readonly frame?: WebpFrame;
}

function walkChunks(webp: WebpFile, list: ChunkList): void {
  const chunks = readChunks(webp, list);
  for (const chunk of chunks) inspectChunk(webp, chunk, list);
  const lossy = chunks.find(({ type }) => type === 'VP8 ');
  const size = lossy && readVp8Size(webp.octets, lossy);
  for (const chunk of chunks) {
    if (size !== undefined && chunk.type === 'ALPH') inspectAlpha(webp, chunk, size);
  }
}

function readChunks(webp: WebpFile, { start, end }: ChunkList): readonly WebpChunk[] {
  const chunks: WebpChunk[] = [];
  let offset = start;
  while (offset < end) {
    const chunk = readWebpChunk(webp.octets, offset);
    if (chunk === undefined) break;
    webp.chunks += 1;
    if (webp.chunks > WEBP_CHUNKS_MAX) {
      webp.report('webp-chunks-many', { offset, evidence: { limit: WEBP_CHUNKS_MAX } });
      break;
    }
    chunks.push(chunk);
    offset = chunk.end;
  }
  return chunks;
}

function inspectChunk(webp: WebpFile, chunk: WebpChunk, { end, frame }: ChunkList): void {
  const { offset, type, length, dataEnd } = chunk;
  const isFirst = offset === WEBP_FIRST_CHUNK;
  if (isFirst && !['VP8 ', 'VP8L', 'VP8X'].includes(type)) webp.report('webp-first-chunk', { offset });
  if (dataEnd > end) webp.report('webp-chunk-outside', { offset, evidence: { length } });
  if (type === 'VP8X' && isFirst) inspectCanvas(webp, chunk);
  if (type === 'ANMF' && frame === undefined) inspectFrame(webp, chunk);
  if (type === 'VP8 ' || type === 'VP8L') inspectPicture(webp, chunk, frame);
}

function inspectCanvas(webp: WebpFile, chunk: WebpChunk): void {
  webp.canvas = readWebpCanvas(webp.octets, chunk);
  noteSize(webp, chunk, webp.canvas);
}

function inspectFrame(webp: WebpFile, chunk: WebpChunk): void {
  const { octets, report, canvas } = webp;
  const { offset, dataEnd } = chunk;
  const frame = readWebpFrame(octets, chunk);
  webp.frames += 1;
  noteSize(webp, chunk, frame);
  if (frame === undefined) return;
  const { left, top, width, height, chunksOffset } = frame;
  if (canvas && (left + width > canvas.width || top + height > canvas.height)) {
    report('webp-frame-outside', { offset, evidence: { left, top, width, height } });
  }
  walkChunks(webp, { start: chunksOffset, end: dataEnd, frame });
}

function inspectPicture(webp: WebpFile, chunk: WebpChunk, frame: WebpFrame | undefined): void {
  const { octets, report, canvas } = webp;
  const { offset, type, dataOffset, dataEnd } = chunk;
  const size = (type === 'VP8L' ? readVp8lSize : readVp8Size)(octets, chunk);
  noteSize(webp, chunk, size);
  if (size === undefined) return;
  const room = frame ?? (canvas?.isAnimated ? undefined : canvas);
  if (room && (room.width !== size.width || room.height !== size.height)) {
    report('webp-sizes-disagree', { offset, evidence: { width: size.width, height: size.height } });
  }
  if (type === 'VP8L') inspectLossless(webp, { start: dataOffset + VP8L_HEAD_LENGTH, end: dataEnd }, size);
}

/** Takes the size that a chunk tells into account. Where a chunk is whole and tells none, its head is wrong. */
function noteSize(webp: WebpFile, { offset, type, dataEnd }: WebpChunk, size: PixelSize | undefined): void {
  if (size !== undefined) webp.largest = Math.max(webp.largest, size.width * size.height);
  else if (dataEnd <= webp.octets.length) webp.report('webp-header-invalid', { offset, evidence: { type } });
}

/** Compression of an alpha plane (section 2.7.1.2), in the lowest bits of its first octet. */
const ALPHA_LOSSLESS = 1;

/** The alpha plane of a lossy picture may be a lossless stream, without a head. */
function inspectAlpha(webp: WebpFile, { dataOffset, dataEnd }: WebpChunk, size: PixelSize): void {
  const flags = webp.octets.octet(dataOffset) ?? 0;
  if (dataOffset < dataEnd && (flags & 3) === ALPHA_LOSSLESS)
    inspectLossless(webp, { start: dataOffset + 1, end: dataEnd }, size);
}

function inspectLossless(webp: WebpFile, { start, end }: ChunkList, size: PixelSize): void {
  const streamEnd = Math.min(end, webp.octets.length);
  const stop = Math.min(streamEnd, start + WEBP_LOSSLESS_OCTETS_MAX - webp.losslessOctets);
  const bits = new Vp8lBits(webp.octets, start, stop);
  const fault = findVp8lFault(bits, size);
  webp.losslessOctets += bits.isPastEnd ? stop - start : Math.ceil(bits.taken / 8);
  if (fault === undefined) return;
  const isStopped = fault.code === 'webp-lossless-truncated' && stop < streamEnd;
  const code = isStopped ? 'webp-lossless-not-walked' : fault.code;
  webp.report(code, { offset: start, evidence: fault.evidence });
}

function reportPixels({ report, largest, frames }: WebpFile): void {
  const amount = judgePixels(largest);
  const evidence = { pixels: largest, frames };
  if (amount !== undefined) report(`webp-pixels-${amount}`, { evidence });
  if (frames * largest > ANIMATION_PIXELS_MAX) report('webp-animation-flood', { evidence });
}

function reportTrailing({ octets, report }: WebpFile, end: number): void {
  const kind = judgeTrailing(octets, end);
  if (kind === 'none') return;
  report(kind === 'media' ? 'webp-trailing-media' : 'webp-trailing-data', {
    offset: end,
    evidence: { length: octets.length - end },
  });
}
