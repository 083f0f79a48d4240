/** File names, as far as a name says what a file is. */

/** What the end of a name says. Both are lower case and without their dot; '' where there is none. */
export interface NameExtensions {
  /** The last extension: what programs go by. */
  readonly last: string;
  /** The one before it: `jpg` of `photo.jpg.exe`. */
  readonly inner: string;
}

/** Dots, spaces and controls behind a name push its extension out of sight, and systems cut them off. */
const PADDING = /[\s.\0-\x1f\x7f]/;

/** Characters that are not seen: soft hyphen, zero-width characters, and controls for the direction of writing. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/**
 * The extensions of the last piece of a path or URL, the query of a URL left out. Spaces around an extension do not
 * count: `photo.jpg     .exe` ends in `exe`.
 */
export function extensionsOf(fileName: string): NameExtensions {
  const path = fileName.includes('://') ? (fileName.split(/[?#]/)[0] ?? '') : fileName;
  const name = withoutPadding(path.replace(INVISIBLE, '').split(/[\\/]/).at(-1) ?? '');
  const [, ...extensions] = name.split('.').map((piece) => piece.trim().toLowerCase());
  return { last: extensions.at(-1) ?? '', inner: extensions.at(-2) ?? '' };
}

/** Step by step: a pattern that is tied to the end takes quadratic time on a name of spaces. */
function withoutPadding(name: string): string {
  let end = name.length;
  while (end > 0 && PADDING.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end);
}
