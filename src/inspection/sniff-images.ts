/** Images by content. */
import {
  isBetween,
  magic,
  sniffByTable,
  u16be,
  u16le,
  u32be,
  u32le,
  u8,
  type FormatRow,
  type Sniffed,
} from './sniff-format.ts';
import type { Octets } from './octets.ts';

const JPEG: Sniffed = { mediaType: 'image/jpeg', family: 'jpeg', format: 'jpeg' };
const PNG: Sniffed = { mediaType: 'image/png', family: 'png', format: 'png' };
const GIF: Sniffed = { mediaType: 'image/gif', family: 'gif', format: 'gif' };
const BMP: Sniffed = { mediaType: 'image/bmp', family: 'bmp', format: 'bmp' };
const WBMP: Sniffed = { mediaType: 'image/vnd.wap.wbmp', family: 'wbmp', format: 'wbmp' };
const DNG: Sniffed = { mediaType: 'image/x-adobe-dng', family: 'tiff', format: 'dng' };
const TIFF: Sniffed = { mediaType: 'image/tiff', family: 'tiff', format: 'tiff' };
const PSD: Sniffed = { mediaType: 'image/vnd.adobe.photoshop', family: 'psd', format: 'psd' };
const QMAGE: Sniffed = { mediaType: 'image/qmg', family: 'qmage', format: 'qmage' };
const J2C: Sniffed = { mediaType: 'image/j2c', family: 'other-image', format: 'j2c' };
const XCF: Sniffed = { mediaType: 'image/x-xcf', family: 'other-image', format: 'xcf' };
const ICO: Sniffed = { mediaType: 'image/x-icon', family: 'other-image', format: 'ico' };

/** TIFF, BigTIFF, and the camera files whose makers changed the two octets of the version. */
const TIFF_MAGICS = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+', 'IIRO', 'IIRS', 'MMOR', 'IIU\0'];

const IMAGE_ROWS: readonly FormatRow[] = [
  magic(JPEG, '\xff\xd8\xff'),
  magic(PNG, '\x89PNG\r\n\x1a\n'),
  magic(GIF, ['GIF87a', 'GIF89a']),
  { ...BMP, matches: isBmp },
  { ...DNG, matches: isDng },
  magic(TIFF, TIFF_MAGICS),
  magic(PSD, ['8BPS\0\x01', '8BPS\0\x02']),
  { ...QMAGE, matches: isQmage },
  magic(J2C, '\xff\x4f\xff\x51'),
  magic(XCF, 'gimp xcf'),
  { ...ICO, matches: isIcon },
  { ...WBMP, matches: isWbmp },
];

/** Images by their magic; a wireless bitmap, which has none, by numbers that agree. */
export const sniffImage = sniffByTable(IMAGE_ROWS);

/** `BM` begins words, too; the length of the header behind it (BITMAPCOREHEADER to BITMAPV5HEADER) does not. */
function isBmp(octets: Octets): boolean {
  return octets.startsWith('BM') && isBetween(u32le(octets, 14), 12, 124);
}

/** Entries of the first directory that are looked at for the tag that makes a TIFF a DNG. */
export const TIFF_ENTRIES_MAX = 512;

const TAG_DNG_VERSION = 0xc612;

function isDng(octets: Octets): boolean {
  const isLittleEndian = octets.startsWith('II*\0');
  if (!isLittleEndian && !octets.startsWith('MM\0*')) return false;
  const u16 = isLittleEndian ? u16le : u16be;
  const directory = (isLittleEndian ? u32le : u32be)(octets, 4);
  const count = Math.min(u16(octets, directory), TIFF_ENTRIES_MAX);
  for (let entry = 0; entry < count; entry += 1) {
    if (u16(octets, directory + 2 + entry * 12) === TAG_DNG_VERSION) return true;
  }
  return false;
}

/** Width and height of a Samsung theme picture; more is chance, for its magic is two letters. */
const QMAGE_SIDE_MAX = 8192;

/**
 * Samsung Qmage, by the layout in FFmpeg's qmage demuxer. `QM`: version, raw type 0, 3 or 6, flags, a width and a height.
 * `QG`: three octets of a version such as 1.2.1, flags, quality, a width and a height.
 */
function isQmage(octets: Octets): boolean {
  const hasSize = (at: number): boolean =>
    isBetween(u16le(octets, at), 1, QMAGE_SIDE_MAX) && isBetween(u16le(octets, at + 2), 1, QMAGE_SIDE_MAX);
  if (octets.startsWith('QM')) return [0, 3, 6].includes(u8(octets, 3)) && hasSize(6);
  return octets.startsWith('QG') && [2, 3, 4].every((at) => isBetween(u8(octets, at), 0, 15)) && hasSize(7);
}

/** An icon or cursor: a count of pictures, and 0 in the octet of the first that must be 0. */
function isIcon(octets: Octets): boolean {
  const isType = octets.startsWith('\0\0\x01\0') || octets.startsWith('\0\0\x02\0');
  return isType && isBetween(u16le(octets, 4), 1, 64) && u8(octets, 9) === 0;
}

/** Pixels of one side of a wireless bitmap. The screens that it is for have 200. */
export const WBMP_SIDE_MAX = 4096;

/** What a wireless bitmap says of itself. */
export interface WbmpHeader {
  readonly width: number;
  readonly height: number;
  /** Octets of the header. */
  readonly length: number;
}

/** The header of a wireless bitmap of type 0, without extensions (WAP-237-WAEMT 6); undefined for what is none. */
export function wbmpHeader(octets: Octets): WbmpHeader | undefined {
  if (!octets.startsWith('\0\0')) return undefined;
  const width = multiByteInteger(octets, 2);
  const height = multiByteInteger(octets, width.end);
  const isHeader = [width, height].every(({ value }) => isBetween(value, 1, WBMP_SIDE_MAX));
  return isHeader ? { width: width.value, height: height.value, length: height.end } : undefined;
}

/** A bit for each pixel, rows padded to octets, must make up the rest. One row more or less is forgiven. */
function isWbmp(octets: Octets): boolean {
  const header = wbmpHeader(octets);
  if (header === undefined) return false;
  const rowOctets = Math.ceil(header.width / 8);
  return Math.abs(octets.length - header.length - rowOctets * header.height) <= rowOctets;
}

/** Octets of a multi-byte integer: 4,096 takes two. */
const INTEGER_OCTETS_MAX = 2;

function multiByteInteger(octets: Octets, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = start; at < start + INTEGER_OCTETS_MAX; at += 1) {
    const octet = u8(octets, at);
    value = value * 128 + (octet & 0x7f);
    if (octet < 0x80) return { value, end: at + 1 };
  }
  return { value: Number.NaN, end: start };
}
