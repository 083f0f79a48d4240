/** The titles and names that a 3GP file carries (3GPP TS 26.244, 8.2). */
import type { Box } from './isobmff-boxes.ts';
import type { Octets } from './octets.ts';

/** Boxes of a `udta` that hold version, flags, a language and a string. */
const STRING_BOXES = new Set(['titl', 'dscp', 'cprt', 'perf', 'auth', 'gnre', 'albm']);

/** Version and flags, and the language. */
const STRING_OFFSET = 6;

/** Whether this is such a box. QuickTime and iTunes have boxes of these names elsewhere. */
export function isStringBox({ type, parent }: Box): boolean {
  return parent === 'udta' && STRING_BOXES.has(type);
}

/** Whether there is no room for the fields before the string: readers count backwards to a length (CVE-2015-3828). */
export function lacksStringFields({ bodyOffset, end }: Box): boolean {
  return end - bodyOffset < STRING_OFFSET;
}

/** Whether the string has no end in its box, so that readers go on behind it (CVE-2015-3826). A cut one is not judged. */
export function isUnterminated(octets: Octets, { bodyOffset, end }: Box): boolean {
  const start = bodyOffset + STRING_OFFSET;
  if (end > octets.length) return false;
  const isUtf16 = octets.startsWith('\xfe\xff', start) || octets.startsWith('\xff\xfe', start);
  return isUtf16 ? !hasWideNul(octets, start, end) : octets.indexOf('\0', start, end) < 0;
}

function hasWideNul(octets: Octets, start: number, end: number): boolean {
  for (let at = octets.indexOf('\0\0', start, end); at >= 0; at = octets.indexOf('\0\0', at + 1, end)) {
    if ((at - start) % 2 === 0) return true;
  }
  return false;
}
