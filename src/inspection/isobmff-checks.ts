/** What is wrong with one box by itself. */
import { isVisualEntry, type Box } from './isobmff-boxes.ts';
import { esdsFits } from './isobmff-esds.ts';
import type { IsobmffCode } from './isobmff-detector.ts';
import { isStringBox, isUnterminated, lacksStringFields } from './isobmff-strings.ts';
import { hasUnknownVersion } from './isobmff-tables.ts';
import type { Octets } from './octets.ts';
import { judgePhotoPixels } from './photo-area.ts';
import { u16be, u32be, u8 } from './sniff-format.ts';

/** Octets of a box other than `mdat` (AOSP a088de659). */
export const PLAIN_BOX_BYTES_MAX = 64 * 1024 * 1024;

/** Width or height of a video: the largest that phones record has 7,680. */
export const VIDEO_SIDE_MAX = 8192;

/** One check: whether a box of a file deserves the code. Numbers that are cut off are NaN, and deserve none. */
interface BoxCheck {
  readonly code: IsobmffCode;
  readonly applies: (box: Box, octets: Octets) => boolean;
}

/** Every check there is. Android's extractor goes by a box's type wherever it stands, and so do these. */
export const BOX_CHECKS: readonly BoxCheck[] = [
  { code: 'isobmff-large-size', applies: ({ type, isLarge }) => isLarge && !MEDIA_BOXES.has(type) },
  { code: 'isobmff-box-over-limit', applies: isOverLimit },
  { code: 'isobmff-table-version', applies: (box, octets) => hasUnknownVersion(octets, box) },
  {
    code: 'isobmff-esds-overflow',
    applies: ({ type, bodyOffset, end }, octets) =>
      type === 'esds' && !esdsFits(octets, { start: bodyOffset + 4, end }),
  },
  { code: 'isobmff-tx3g-size', applies: (box) => box.type === 'tx3g' && isWrapping(box, 0x8000_0000) },
  {
    code: 'isobmff-covr-size',
    applies: (box) => box.type === 'covr' && (box.size <= 24 || isWrapping(box, 0xffff_fff0)),
  },
  { code: 'isobmff-string-underflow', applies: (box) => isStringBox(box) && lacksStringFields(box) },
  {
    code: 'isobmff-string-unterminated',
    applies: (box, octets) => isStringBox(box) && !lacksStringFields(box) && isUnterminated(octets, box),
  },
  {
    code: 'isobmff-pssh-overflow',
    applies: (box, octets) => box.type === 'pssh' && hasTooLongData(box, octets),
  },
  {
    code: 'isobmff-data-size',
    applies: ({ type, bodyOffset, end }) => type === 'data' && end - bodyOffset < 8,
  },
  { code: 'isobmff-timescale-zero', applies: hasNoTimescale },
  {
    code: 'isobmff-video-dimensions',
    applies: (box, octets) =>
      isVisualEntry(box) && sidesOf(box, octets).some((side) => side > VIDEO_SIDE_MAX),
  },
  {
    code: 'isobmff-image-pixels',
    applies: (box, octets) => judgePhotoPixels(imagePixels(box, octets)) === 'flood',
  },
  {
    code: 'isobmff-image-large',
    applies: (box, octets) => judgePhotoPixels(imagePixels(box, octets)) === 'many',
  },
  {
    code: 'isobmff-codec-unexpected',
    applies: ({ type, parent }) => parent === 'stsd' && UNEXPECTED_CODECS.has(type),
  },
];

/** Boxes that hold media, and whole films: of motion photos and of auxiliary tracks. Phones write these with long sizes. */
const MEDIA_BOXES = new Set(['mdat', 'mpvd', 'axte']);

/** Boxes that are expected at the top. Others may be octets that are no box at all. */
const TOP_BOXES = new Set(['ftyp', 'moov', 'moof', 'mfra', 'meta', 'sidx', 'pssh']);

function isOverLimit({ type, size, depth }: Box): boolean {
  return size > PLAIN_BOX_BYTES_MAX && !MEDIA_BOXES.has(type) && (depth > 1 || TOP_BOXES.has(type));
}

/** A size that 32 bits cannot hold together with another one. */
function isWrapping({ size, isLarge }: Box, limit: number): boolean {
  return isLarge || size >= limit;
}

/** A system's name of 16 octets; from version 1 on a count of keys of 16 octets; the length of the data, and the data. */
function hasTooLongData({ bodyOffset, end }: Box, octets: Octets): boolean {
  const hasKeys = u8(octets, bodyOffset) > 0;
  const lengthOffset = bodyOffset + 20 + (hasKeys ? 4 + 16 * u32be(octets, bodyOffset + 20) : 0);
  return lengthOffset + 4 > end || lengthOffset + 4 + u32be(octets, lengthOffset) > end;
}

function hasNoTimescale({ type, bodyOffset }: Box, octets: Octets): boolean {
  if (type !== 'mvhd' && type !== 'mdhd') return false;
  const isWide = u8(octets, bodyOffset) === 1;
  return u32be(octets, bodyOffset + (isWide ? 20 : 12)) === 0;
}

function sidesOf({ bodyOffset }: Box, octets: Octets): readonly number[] {
  return [u16be(octets, bodyOffset + 24), u16be(octets, bodyOffset + 26)];
}

/** Pixels of a HEIF picture or of the grid that pictures are put together in (ISO/IEC 23008-12, 6.5.3). */
function imagePixels({ type, bodyOffset }: Box, octets: Octets): number {
  return type === 'ispe' ? u32be(octets, bodyOffset + 4) * u32be(octets, bodyOffset + 8) : 0;
}

/** Sound that 3GPP TS 26.140 does not name, with decoders that had flaws which a file could reach. */
const UNEXPECTED_CODECS = new Set(['ec-3', 'ac-3', 'ac-4', 'alac', 'apac']);
