/** The boxes of an ISO base media file (ISO/IEC 14496-12): MP4, 3GP, QuickTime, HEIF and AVIF. */
import type { Octets } from './octets.ts';

/** Boxes inside one another. Real files reach 9 (an `esds` in a `wave` in a sample entry). */
export const BOX_DEPTH_MAX = 16;

/** Boxes in a file: a fragmented video of ten minutes has some 5,000. */
export const BOXES_MAX = 20_000;

/** One box. Its size is as declared, so it may reach further than what is there. */
export interface Box {
  /** Four characters, each one octet. */
  readonly type: string;
  /** Type of the box around it; '' at the top. */
  readonly parent: string;
  /** 1 at the top. */
  readonly depth: number;
  readonly offset: number;
  readonly size: number;
  /** Where its content starts: after 8 octets, or 16 where the size has 64 bits. */
  readonly bodyOffset: number;
  readonly end: number;
  readonly isLarge: boolean;
}

/** What can be wrong with the chain of boxes. */
export type BoxProblemKind =
  /** A size that cannot be one, inside a box. */
  | 'size-invalid'
  /** A box reaches further than the box around it. */
  | 'overflow'
  /** The file ends inside a box. */
  | 'truncated'
  /** What stands after the last box at the top is no box. */
  | 'trailing'
  | 'depth-over-limit'
  | 'count-over-limit';

/** One step of the walk: a box before those inside it, or a problem with the place where it shows. */
export type BoxStep =
  | { readonly kind: 'box'; readonly box: Box }
  | {
      readonly kind: 'problem';
      readonly problem: BoxProblemKind;
      readonly offset: number;
      readonly parent: string;
    };

/** A box whose content is being walked. */
interface Frame {
  readonly type: string;
  readonly end: number;
  at: number;
  /** True behind the box that ends the list; what follows may be old octets of the writer. */
  isOver: boolean;
}

/** Walks all boxes, depth first, in time linear in their number. It ends at the first limit that is exceeded. */
export function* walkBoxes(octets: Octets): Generator<BoxStep, void> {
  const frames: Frame[] = [{ type: '', end: octets.length, at: 0, isOver: false }];
  let count = 0;
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const read = readNext(octets, frame, frames.length);
    if (read.kind !== 'box') {
      if (read.kind === 'problem') yield read;
      frames.pop();
      continue;
    }
    const { box } = read;
    count += 1;
    if (count > BOXES_MAX) {
      yield problemAt('count-over-limit', frame);
      return;
    }
    const isTop = frames.length === 1;
    if (box.end > frame.end) yield problemAt(isTop ? 'truncated' : 'overflow', frame);
    yield read;
    frame.at = box.end;
    frame.isOver ||= isTerminator(box);
    const content = contentOffset(octets, box);
    if (content === undefined) continue;
    if (frames.length === BOX_DEPTH_MAX) yield problemAt('depth-over-limit', { ...frame, at: box.offset });
    else {
      const end = isTop ? box.end : Math.min(box.end, frame.end);
      frames.push({ type: box.type, end, at: content, isOver: false });
    }
  }
}

/**
 * The box without a type that ends a description of sound (QuickTime File Format, "siDecompressionParam atom"). Android
 * reads on behind it, so whatever is a box there is walked, too.
 */
function isTerminator({ type, parent, size }: Box): boolean {
  return parent === 'wave' && type === '\0\0\0\0' && size === 8;
}

function problemAt(problem: BoxProblemKind, { type, at }: Frame): BoxStep & { readonly kind: 'problem' } {
  return { kind: 'problem', problem, offset: at, parent: type };
}

/** The next box of a frame, the end of its boxes, or why there is no next one. */
function readNext(octets: Octets, frame: Frame, depth: number): BoxStep | { readonly kind: 'end' } {
  const { at, end, type: parent } = frame;
  if (at >= end || at >= octets.length) return { kind: 'end' };
  const isTop = depth === 1;
  const header = readHeader(octets, frame, isTop);
  if (frame.isOver && (header === undefined || at + header.size > end)) return { kind: 'end' };
  if (header) {
    const box = { ...header, parent, depth, offset: at, end: at + header.size };
    return { kind: 'box', box };
  }
  // QuickTime ends some lists with a zero in place of a box, and writers fill up with zeros.
  if (isZero(octets, at, Math.min(end, octets.length))) return { kind: 'end' };
  const headerEnd = at + LARGE_HEADER_LENGTH;
  const isCut = (isTop ? headerEnd : Math.min(end, headerEnd)) > octets.length;
  const problem = isCut ? 'truncated' : isTop ? 'trailing' : 'size-invalid';
  return problemAt(problem, frame);
}

/** A size, a type, and the size in 64 bits. */
const LARGE_HEADER_LENGTH = 16;

type BoxHeader = Pick<Box, 'type' | 'size' | 'bodyOffset' | 'isLarge'>;

/** The header of a box, or undefined for what cannot be one. */
function readHeader(octets: Octets, { at, end }: Frame, isTop: boolean): BoxHeader | undefined {
  const header = octets.view(at, 8);
  const type = octets.latin1(at + 4, 4);
  if (!header || type === undefined || at + 8 > end) return undefined;
  const narrow = header.getUint32(0);
  // Size 0 stands for all the rest, at the top only.
  if (narrow === 0 && isTop) return { type, size: end - at, bodyOffset: at + 8, isLarge: false };
  if (narrow !== 1)
    return narrow < 8 ? undefined : { type, size: narrow, bodyOffset: at + 8, isLarge: false };
  const wide = octets.view(at + 8, 8);
  if (!wide) return undefined;
  const size = Number(wide.getBigUint64(0));
  return size < 16 ? undefined : { type, size, bodyOffset: at + 16, isLarge: true };
}

function isZero(octets: Octets, start: number, end: number): boolean {
  return octets.slice(start, end - start)?.every((octet) => octet === 0) ?? false;
}

/** Boxes that hold nothing but boxes. */
const CONTAINERS = new Set(
  (
    'moov trak mdia minf stbl dinf edts udta mvex moof traf mfra sinf rinf schi wave gmhd tapt tref ilst iprp ipco ' +
    'hnti hinf strk strd meco mere grpl matt clip imap'
  ).split(' '),
);

/** Boxes that have a version, flags and a count before the boxes in them. */
const LISTS = new Set(['stsd', 'dref']);

/** Sample entries by what stands before the boxes in them (14496-12, 12.1.3 and 12.2.3). */
const VISUAL_ENTRIES = new Set(
  'avc1 avc2 avc3 avc4 hvc1 hev1 dvh1 dvhe dvav dva1 vvc1 vvi1 av01 vp08 vp09 mp4v encv s263 h263 H263 jpeg mjpa mjpb apcn'.split(
    ' ',
  ),
);
const AUDIO_ENTRIES = new Set(
  'mp4a enca samr sawb sawp ec-3 ac-3 ac-4 alac apac fLaC Opus mha1 mhm1 twos sowt in24 lpcm raw  ipcm fpcm .mp3'.split(
    ' ',
  ),
);
const VISUAL_FIELDS = 78;
const AUDIO_FIELDS = 28;
/** Fields that QuickTime adds, by the version of the entry. */
const QUICKTIME_FIELDS: readonly (number | undefined)[] = [0, 16, 36];

/** Whether this is a sample entry of a picture track, whose fields are as in `VisualSampleEntry`. */
export function isVisualEntry({ parent, type }: Box): boolean {
  return parent === 'stsd' && VISUAL_ENTRIES.has(type);
}

/** Where the boxes inside a box start; undefined for a box that holds none. */
function contentOffset(octets: Octets, box: Box): number | undefined {
  const { type, parent, bodyOffset } = box;
  if (parent === 'stsd') return entryContentOffset(octets, box);
  if (CONTAINERS.has(type) || parent === 'ilst') return bodyOffset;
  if (LISTS.has(type)) return bodyOffset + 8;
  // In QuickTime this box has no version: its first box follows at once.
  if (type === 'meta') return octets.startsWith('hdlr', bodyOffset + 4) ? bodyOffset : bodyOffset + 4;
  return undefined;
}

function entryContentOffset(octets: Octets, { type, bodyOffset }: Box): number | undefined {
  if (VISUAL_ENTRIES.has(type)) return bodyOffset + VISUAL_FIELDS;
  if (type === 'mp4s') return bodyOffset + 8;
  if (!AUDIO_ENTRIES.has(type)) return undefined;
  const version = octets.view(bodyOffset + 8, 2)?.getUint16(0) ?? 0;
  return bodyOffset + AUDIO_FIELDS + (QUICKTIME_FIELDS[version] ?? 0);
}
