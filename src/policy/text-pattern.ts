/** How the lists of a policy name what they mean: a text as it is, or a beginning with a `*` behind it. */

/** True when a text is the pattern, or begins as the pattern does before its `*`. Case counts. */
export function fitsText(pattern: string, text: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/** True when all that fits one pattern fits the other, too. */
export function coversText(outer: string, inner: string): boolean {
  if (!inner.endsWith('*')) return fitsText(outer, inner);
  return outer.endsWith('*') && fitsText(outer, inner.slice(0, -1));
}

/**
 * A number or address in the form in which they are compared. Of a number its digits are left, without `+` or `00`,
 * without what people write between digits, and without `/TYPE=PLMN` (OMA-TS-MMS_ENC-V1_3 section 8); anything else is
 * taken in lower case. The `*` of a pattern stays.
 */
export function addressKey(address: string): string {
  const [bare = ''] = address.split(/\/type=/i, 1);
  const compact = bare.replaceAll(/[\s().-]/g, '');
  const isNumber = /^\+?\d+\*?$/.test(compact);
  return isNumber ? compact.replace(/^(\+|00)(?=\d)/, '') : bare.trim().toLowerCase();
}
