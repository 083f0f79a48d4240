/** ID3v2 tags (id3.org: versions 2.2, 2.3 and 2.4): the text and pictures before the sound in an MP3 or AAC file. */
import { Octets } from './octets.ts';
import { isBetween, u32be, u8 } from './sniff-format.ts';

/** Octets of a tag that Android's players look into. */
export const ID3_TAG_BYTES_MAX = 3 * 1024 * 1024;

/** Frames of a tag that are looked at: taggers write tens. */
export const ID3_FRAMES_MAX = 4096;

/** Where a tag is, and how it is laid out. */
export interface Id3Tag {
  readonly offset: number;
  /** 2, 3 or 4. */
  readonly version: number;
  readonly flags: number;
  /** Octets after the header, as declared. */
  readonly size: number;
  /** False when an octet of the size has its high bit set: readers that mask it and readers that do not part ways. */
  readonly isSyncsafe: boolean;
  /** Where the tag ends, with its footer. */
  readonly end: number;
}

/** What can be wrong inside a tag. */
export type Id3ProblemKind =
  /** The extended header is longer than the tag. */
  | 'extended-header-overflow'
  /** The extended header claims more padding than there is tag. */
  | 'padding-overflow'
  /** A frame is longer than what is left of the tag. */
  | 'frame-overflow'
  /** A frame is too short for the length that its flags say stands before its data. */
  | 'data-length-underflow'
  /** What stands where a frame should is none. */
  | 'frame-unknown'
  | 'frames-over-limit';

/** One problem. Where the whole tag is unsynchronised the offset does not count the octets stuffed in. */
export interface Id3Problem {
  readonly kind: Id3ProblemKind;
  readonly offset: number;
}

const HEADER_LENGTH = 10;
const UNSYNCHRONISED_FLAG = 0x80;
const EXTENDED_FLAG = 0x40;
const FOOTER_FLAG = 0x10;

/** The tag at `at`; undefined when there is none of a version that players know. */
export function readId3Tag(octets: Octets, at: number): Id3Tag | undefined {
  const version = u8(octets, at + 3);
  if (!octets.startsWith('ID3', at) || !isBetween(version, 2, 4)) return undefined;
  const size = syncsafe(u32be(octets, at + 6));
  if (Number.isNaN(size)) return undefined;
  const flags = u8(octets, at + 5);
  const footer = version === 4 && (flags & FOOTER_FLAG) !== 0 ? HEADER_LENGTH : 0;
  const isSyncsafe = (u32be(octets, at + 6) & HIGH_BITS) === 0;
  return { offset: at, version, flags, size, isSyncsafe, end: at + HEADER_LENGTH + size + footer };
}

const HIGH_BITS = 0x8080_8080;

/** A number of 28 bits in four octets of seven. */
function syncsafe(word: number): number {
  if (Number.isNaN(word)) return word;
  return [24, 16, 8, 0].reduce((sum, shift) => sum * 128 + ((word >>> shift) & 0x7f), 0);
}

/**
 * Walks the frames of a tag to the first problem; undefined when there is none. A tag that is cut off is judged as far as
 * it goes. It takes time linear in the tag.
 */
export function findId3Problem(octets: Octets, tag: Id3Tag): Id3Problem | undefined {
  const frames = frameSpace(octets, tag);
  const extended = readExtendedHeader(frames);
  let at = extended.end;
  let problem = extended.problem;
  for (let count = 0; problem === undefined; count += 1) {
    const frame = readFrame(frames, at);
    if (frame === undefined) return undefined;
    problem = count === ID3_FRAMES_MAX ? 'frames-over-limit' : frame.problem;
    if (problem === undefined) at = frame.end;
  }
  return { kind: problem, offset: tag.offset + HEADER_LENGTH + at };
}

/** What the frames of a tag stand in. */
interface FrameSpace {
  readonly octets: Octets;
  /** Octets as declared: more than there are where the tag is cut off. */
  readonly length: number;
  readonly tag: Id3Tag;
}

/** A piece of a tag, with the problem that keeps the walk from going on. */
interface Piece {
  readonly end: number;
  readonly problem?: Id3ProblemKind;
}

function frameSpace(octets: Octets, tag: Id3Tag): FrameSpace {
  const start = tag.offset + HEADER_LENGTH;
  const isWhole = start + tag.size <= octets.length;
  const bytes = octets.slice(start, Math.min(tag.size, octets.length - start)) ?? new Uint8Array();
  // In version 2.4 each frame is unsynchronised by itself, and its size tells the octets as they stand.
  const isStuffed = tag.version < 4 && (tag.flags & UNSYNCHRONISED_FLAG) !== 0;
  const plain = new Octets(isStuffed ? withoutStuffing(bytes) : bytes);
  return { octets: plain, length: isWhole ? plain.length : tag.size, tag };
}

/** Undoes the unsynchronisation scheme: each zero after 255 was put there. */
function withoutStuffing(bytes: Uint8Array): Uint8Array {
  return bytes.filter((octet, index) => octet !== 0 || bytes[index - 1] !== 0xff);
}

function readExtendedHeader({ octets, length, tag }: FrameSpace): Piece {
  if (tag.version === 2 || (tag.flags & EXTENDED_FLAG) === 0) return { end: 0 };
  // Some taggers set the flag without a cause: then the first frame stands here.
  if (FRAME_ID.test(octets.latin1(0, 4) ?? '')) return { end: 0 };
  const word = u32be(octets, 0);
  // Version 2.3 counts the octets after the size, 2.4 all of them.
  const end = tag.version === 3 ? word + 4 : syncsafe(word);
  if (Number.isNaN(end)) return { end: length };
  if (end > length) return { end: 0, problem: 'extended-header-overflow' };
  const padding = tag.version === 3 && end >= 10 ? u32be(octets, 6) : 0;
  return padding > length - end ? { end: 0, problem: 'padding-overflow' } : { end };
}

/** A frame; undefined at the end of the frames, at padding, and where the tag is cut off. */
function readFrame(frames: FrameSpace, at: number): Piece | undefined {
  const { octets, length, tag } = frames;
  const isShort = tag.version === 2;
  const dataOffset = at + (isShort ? 6 : HEADER_LENGTH);
  const id = octets.latin1(at, isShort ? 3 : 4);
  if (id === undefined || id.startsWith('\0') || dataOffset > length) return undefined;
  if (!FRAME_ID.test(id)) return { end: at, problem: 'frame-unknown' };
  const size = isShort ? u32be(octets, at + 2) & 0xff_ffff : frameSize(frames, at);
  if (Number.isNaN(size)) return undefined;
  const end = dataOffset + size;
  if (end > length) return { end, problem: 'frame-overflow' };
  return lacksDataLength(frames, at, size) ? { end, problem: 'data-length-underflow' } : { end };
}

/** Real taggers leave such frames empty; one to three octets are less than the length that readers subtract. */
function lacksDataLength({ octets, tag }: FrameSpace, at: number, size: number): boolean {
  return tag.version === 4 && (u8(octets, at + 9) & DATA_LENGTH_FLAG) !== 0 && size > 0 && size < 4;
}

const FRAME_ID = /^[A-Z0-9]+$/;
const DATA_LENGTH_FLAG = 0x01;

/** iTunes wrote sizes of all 32 bits into version 2.4. Which of the two it is shows in what stands behind the frame. */
function frameSize({ octets, length, tag }: FrameSpace, at: number): number {
  const word = u32be(octets, at + 4);
  if (tag.version === 3 || (word & HIGH_BITS) !== 0) return word;
  const narrow = syncsafe(word);
  const isFollowed = (size: number): boolean => {
    const end = at + HEADER_LENGTH + size;
    return end === length || u8(octets, end) === 0 || FRAME_ID.test(octets.latin1(end, 4) ?? '');
  };
  return !isFollowed(narrow) && isFollowed(word) ? word : narrow;
}
