/** What stands behind the end of a picture, where no decoder looks. */
import type { Octets } from './octets.ts';
import { u32be, u32le } from './sniff-format.ts';

/** Octets behind the end that are not spoken of: editors and cameras leave a few. */
export const TRAILING_OCTETS_MAX = 1024;

/** Boxes of a film that stand side by side; `ftyp`, `moov` and `mdat` are most. */
const BOXES_MAX = 64;

/** What a tail is: short or only zeros, a second picture or film as phones append them, or something else. */
export type TrailingKind = 'none' | 'media' | 'unknown';

/** Judges the octets from `start` to the end of the part. */
export function judgeTrailing(octets: Octets, start: number): TrailingKind {
  if (octets.length - start <= TRAILING_OCTETS_MAX) return 'none';
  if (isJpeg(octets, start) || isFilm(octets, start) || endsInSamsungTrailer(octets, start)) return 'media';
  return isZero(octets, start) ? 'none' : 'unknown';
}

function isZero(octets: Octets, start: number): boolean {
  return octets.slice(start, octets.length - start)?.every((octet) => octet === 0) ?? false;
}

function isJpeg(octets: Octets, start: number): boolean {
  return octets.startsWith('\xff\xd8\xff', start) && octets.startsWith('\xff\xd9', octets.length - 2);
}

/** ISO/IEC 14496-12: `ftyp` first, then boxes that end exactly where the file does. */
function isFilm(octets: Octets, start: number): boolean {
  if (!octets.startsWith('ftyp', start + 4)) return false;
  let at = start;
  for (let box = 0; box < BOXES_MAX && at < octets.length; box += 1) {
    const size = u32be(octets, at);
    if (!(size >= 8)) return false;
    at += size;
  }
  return at === octets.length;
}

/** Samsung phones append a list of named blocks: from `SEFH`, so long as the number before the last four, `SEFT`, says. */
function endsInSamsungTrailer(octets: Octets, start: number): boolean {
  if (!octets.startsWith('SEFT', octets.length - 4)) return false;
  const list = octets.length - 8 - u32le(octets, octets.length - 8);
  return list >= start && octets.startsWith('SEFH', list);
}
