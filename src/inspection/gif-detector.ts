/** GIF: the chain of blocks, frames that do not fit, sizes that flood a decoder, and what stands behind the end. */
import type { FindingTable, Report } from './finding.ts';
import { endOfSubBlocks, readGifBlock, readGifScreen, type GifArea, type GifBlock } from './gif-block.ts';
import type { Octets } from './octets.ts';
import type { PartDetector } from './part-view.ts';
import { ANIMATION_PIXELS_MAX, judgePixels } from './pixel-area.ts';
import { judgeTrailing } from './trailing-data.ts';

/** Blocks that are looked at. Long animations have some thousands. */
export const GIF_BLOCKS_MAX = 20_000;

/** How many times as wide or high as the screen a frame reaches. Careless encoders exceed the screen by a little. */
export const GIF_FRAME_REACH_MAX = 4;

/** Bits of the smallest LZW code (GIF89a, appendix F). Of two colours some encoders make one bit. */
export const GIF_CODE_SIZE_MAX = 8;

/** Findings about a GIF. */
export const GIF_FINDINGS = {
  'gif-block-unknown': { severity: 'medium', description: 'A GIF has a block of a kind that does not exist' },
  'gif-blocks-many': {
    severity: 'medium',
    description: 'A GIF has more blocks than are looked at',
    gap: 'over-limit',
  },
  'gif-code-size': {
    severity: 'high',
    description: 'A frame of a GIF starts with LZW codes of no possible size',
  },
  'gif-frame-empty': { severity: 'medium', description: 'A frame of a GIF has no pixels' },
  'gif-frame-outside': { severity: 'low', description: 'A frame of a GIF reaches out of its screen' },
  'gif-frame-far-outside': {
    severity: 'high',
    description: 'A frame of a GIF reaches more than four times as far as its screen',
  },
  'gif-truncated': { severity: 'low', description: 'A GIF ends inside of a block' },
  'gif-trailer-missing': { severity: 'low', description: 'A GIF ends without its trailer' },
  'gif-pixels-flood': { severity: 'high', description: 'A GIF claims more than 100 million pixels' },
  'gif-pixels-many': { severity: 'low', description: 'A GIF claims more than 50 million pixels' },
  'gif-animation-flood': {
    severity: 'high',
    description: 'All frames of a GIF together claim more than 1,000 million pixels',
  },
  'gif-trailing-data': { severity: 'medium', description: 'More than 1 KiB stands behind the end of a GIF' },
  'gif-trailing-media': { severity: 'info', description: 'A picture or film stands behind the end of a GIF' },
} as const satisfies FindingTable;

type Code = keyof typeof GIF_FINDINGS;

/** Looks at parts that are GIF by content. */
export const gifDetector: PartDetector<Code> = {
  name: 'gif',
  findings: GIF_FINDINGS,
  detect({ octets }, report) {
    if (!octets.startsWith('GIF87a') && !octets.startsWith('GIF89a')) return;
    const screen = readGifScreen(octets);
    if (screen === undefined) {
      report('gif-truncated', { offset: octets.length });
      return;
    }
    const gif: GifFile = { octets, report, screen: screen.area, largest: areaOf(screen.area), frames: 0 };
    const end = walkBlocks(gif, screen.end);
    reportPixels(gif);
    if (end !== undefined) reportTrailing(gif, end);
  },
};

/** A GIF, and what was met of it so far. */
interface GifFile {
  readonly octets: Octets;
  readonly report: Report<Code>;
  /** What frames are drawn on. A screen without pixels is replaced by the first frame, as viewers do. */
  screen: GifArea;
  /** Pixels of the largest of screen and frames. */
  largest: number;
  frames: number;
}

/** Goes through the blocks, and gives the place behind the trailer; undefined where there is none or the chain breaks. */
function walkBlocks(gif: GifFile, start: number): number | undefined {
  const { octets, report } = gif;
  let offset = start;
  for (let count = 0; count < GIF_BLOCKS_MAX; count += 1) {
    const block = readGifBlock(octets, offset);
    if (block?.kind === 'trailer') return offset + 1;
    const end = block && inspectBlock(gif, block, offset);
    if (end === undefined) {
      report(breakOf(block, offset === octets.length), { offset });
      return undefined;
    }
    offset = end;
  }
  report('gif-blocks-many', { offset, evidence: { limit: GIF_BLOCKS_MAX } });
  return undefined;
}

/** Why the chain does not go on behind a block. */
function breakOf(block: GifBlock | undefined, isAtEnd: boolean): Code {
  if (block?.kind === 'unknown') return 'gif-block-unknown';
  return isAtEnd ? 'gif-trailer-missing' : 'gif-truncated';
}

/** Gives the place behind a block; undefined when it is cut off, or there is no telling. */
function inspectBlock(gif: GifFile, block: GifBlock, offset: number): number | undefined {
  if (block.kind === 'image') inspectFrame(gif, block, offset);
  return 'dataOffset' in block ? endOfSubBlocks(gif.octets, block.dataOffset) : undefined;
}

function inspectFrame(gif: GifFile, { area, codeSize }: GifBlock & { kind: 'image' }, offset: number): void {
  const { report } = gif;
  if (areaOf(gif.screen) === 0) gif.screen = { ...area, left: 0, top: 0 };
  gif.frames += 1;
  gif.largest = Math.max(gif.largest, areaOf(area));
  const detail = { offset, evidence: { ...area, codeSize } };
  if (codeSize === 0 || codeSize > GIF_CODE_SIZE_MAX) report('gif-code-size', detail);
  if (areaOf(area) === 0) report('gif-frame-empty', detail);
  const reach = reachOf(area, gif.screen);
  if (reach > GIF_FRAME_REACH_MAX) report('gif-frame-far-outside', detail);
  else if (reach > 1) report('gif-frame-outside', detail);
}

/** How far a frame reaches, measured in screens; 1 when it ends where the screen does. */
function reachOf({ left, top, width, height }: GifArea, screen: GifArea): number {
  return Math.max((left + width) / screen.width, (top + height) / screen.height);
}

function areaOf({ width, height }: GifArea): number {
  return width * height;
}

function reportPixels({ report, largest, frames }: GifFile): void {
  const amount = judgePixels(largest);
  const evidence = { pixels: largest, frames };
  if (amount !== undefined) report(`gif-pixels-${amount}`, { evidence });
  if (frames * largest > ANIMATION_PIXELS_MAX) report('gif-animation-flood', { evidence });
}

function reportTrailing({ octets, report }: GifFile, end: number): void {
  const kind = judgeTrailing(octets, end);
  if (kind === 'none') return;
  report(kind === 'media' ? 'gif-trailing-media' : 'gif-trailing-data', {
    offset: end,
    evidence: { length: octets.length - end },
  });
}
