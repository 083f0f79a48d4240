/** The files that are made of ISO base media boxes (ISO/IEC 14496-12), told apart by their brands. */
import type { Octets } from './octets.ts';
import { u32be, type Sniffed } from './sniff-format.ts';

/**
 * Boxes looked at for the one that says what the file is. Android's player takes `ftyp` behind other boxes, so a box
 * before it must not hide it: it looks into the first 128 octets, where 16 boxes have room.
 */
export const LEADING_BOXES_MAX = 16;

/** Compatible brands that are looked at; files have fewer than ten. */
export const BRANDS_MAX = 64;

const MP4: Sniffed = { mediaType: 'video/mp4', family: 'isomedia', format: 'mp4' };
const QUICKTIME: Sniffed = { mediaType: 'video/quicktime', family: 'isomedia', format: 'mov' };
const THREE_GPP: Sniffed = { mediaType: 'video/3gpp', family: 'isomedia', format: '3gp' };
const THREE_GPP2: Sniffed = { mediaType: 'video/3gpp2', family: 'isomedia', format: '3g2' };
const M4A: Sniffed = { mediaType: 'audio/mp4', family: 'isomedia', format: 'm4a' };
const M4V: Sniffed = { mediaType: 'video/x-m4v', family: 'isomedia', format: 'm4v' };
const HEIC: Sniffed = { mediaType: 'image/heic', family: 'heif', format: 'heic' };
const HEIC_SEQUENCE: Sniffed = { mediaType: 'image/heic-sequence', family: 'heif', format: 'heics' };
const HEIF: Sniffed = { mediaType: 'image/heif', family: 'heif', format: 'heif' };
const HEIF_SEQUENCE: Sniffed = { mediaType: 'image/heif-sequence', family: 'heif', format: 'heifs' };
const AVIF: Sniffed = { mediaType: 'image/avif', family: 'avif', format: 'avif' };
const JP2: Sniffed = { mediaType: 'image/jp2', family: 'other-image', format: 'jp2' };
const JXL: Sniffed = { mediaType: 'image/jxl', family: 'other-image', format: 'jxl' };
const CR3: Sniffed = { mediaType: 'image/x-canon-cr3', family: 'other-image', format: 'cr3' };
const DCF2: Sniffed = { mediaType: 'application/vnd.oma.drm.dcf', family: 'drm', format: 'dcf' };

/** Brands that say what a file is. All brands that are not here are of video. */
const BRANDS: readonly (readonly [RegExp, Sniffed])[] = [
  [/^3g2|^kddi/, THREE_GPP2],
  [/^3g/, THREE_GPP],
  [/^qt {2}/, QUICKTIME],
  [/^M4[ABP]/, M4A],
  [/^M4V|^MSNV/, M4V],
  [/^(isom|iso[2-9]|mp4[12]|avc1|mmp4|dash|F4V )/, MP4],
  [/^hei[cxms]/, HEIC],
  [/^hev[cxms]/, HEIC_SEQUENCE],
  [/^avi[fs]/, AVIF],
  [/^jp[2xm] |^mjp2/, JP2],
  [/^jxl /, JXL],
  [/^crx /, CR3],
  [/^odcf/, DCF2],
];

/** Brands that say only that a file holds pictures, or a sequence of them; another brand says which. */
const PICTURE_BRANDS: ReadonlyMap<string, Sniffed> = new Map([
  ['mif1', HEIF],
  ['mif2', HEIF],
  ['miaf', HEIF],
  ['MiHB', HEIF],
  ['MiHE', HEIF],
  ['MiPr', HEIF],
  ['msf1', HEIF_SEQUENCE],
]);

/** Boxes that QuickTime files without brands begin with. */
const QUICKTIME_BOXES = ['moov', 'mdat'];

/** A file of boxes, by its brands; a QuickTime file may have none. */
export function sniffIsobmff(octets: Octets): Sniffed | undefined {
  let at = 0;
  for (let box = 0; box < LEADING_BOXES_MAX; box += 1) {
    if (octets.startsWith('ftyp', at + 4)) return sniffBrands(octets, at);
    const size = boxSize(octets, at);
    if (size === undefined) return undefined;
    if (QUICKTIME_BOXES.some((type) => octets.startsWith(type, at + 4))) return QUICKTIME;
    at += size;
  }
  return undefined;
}

/** A larger first box is no box: text that has a letter in its first octet would have 500 MB. */
const BOX_SIZE_MAX = 0x1000_0000;

/** The size that the box at `at` has; undefined for what cannot be followed. */
function boxSize(octets: Octets, at: number): number | undefined {
  const short = u32be(octets, at);
  const size = short === 1 ? u32be(octets, at + 8) * 0x1_0000_0000 + u32be(octets, at + 12) : short;
  return size >= (short === 1 ? 16 : 8) && size < BOX_SIZE_MAX ? size : undefined;
}

function sniffBrands(octets: Octets, box: number): Sniffed {
  const major = octets.latin1(box + 8, 4) ?? '';
  const brands = [major, ...compatibleBrands(octets, box)];
  const known = brands.map(formatOfBrand).filter((format) => format !== undefined);
  const picture = PICTURE_BRANDS.get(major);
  if (picture !== undefined) return known.find(({ mediaType }) => mediaType.startsWith('image/')) ?? picture;
  return (
    known[0] ?? brands.map((brand) => PICTURE_BRANDS.get(brand)).find((format) => format !== undefined) ?? MP4
  );
}

function formatOfBrand(brand: string): Sniffed | undefined {
  return BRANDS.find(([pattern]) => pattern.test(brand))?.[1];
}

function compatibleBrands(octets: Octets, box: number): string[] {
  const end = Math.min(box + u32be(octets, box), box + 16 + 4 * BRANDS_MAX);
  const brands: string[] = [];
  for (let at = box + 16; at + 4 <= end; at += 4) brands.push(octets.latin1(at, 4) ?? '');
  return brands;
}
