/** Names in the dictionaries of a PDF (ISO 32000-1, 7.3.5 and 7.3.7): what its objects are and do. */
import type { Octets } from './octets.ts';

/** Octets that a name may have (ISO 32000-1, annex C); of a longer one the rest is not looked at. */
export const PDF_NAME_OCTETS_MAX = 127;

/** A name without its slash, escapes undone. */
export interface PdfName {
  readonly name: string;
  readonly offset: number;
  /** True when a letter or digit was escaped, which no writer of PDF has a reason to do. */
  readonly isHidden: boolean;
}

/** A stretch of octets: `to` is behind the last. */
export interface PdfStretch {
  readonly from: number;
  readonly to: number;
}

const NAME = octetOf('/');
const TEXT_START = octetOf('(');
const TEXT_END = octetOf(')');
const ANGLE = octetOf('<');
const ESCAPE = octetOf('\\');
const COMMENT = octetOf('%');
const LINE_ENDS: readonly (number | undefined)[] = [octetOf('\n'), octetOf('\r')];

function octetOf(character: string): number {
  return character.charCodeAt(0);
}

/**
 * The names of a stretch that stand behind a `<<` and in no text: a link to `…/JavaScript` is no script. Where objects
 * begin is not known, and hostile files open a text in one object to hide the next, so a `<<` always begins a dictionary.
 * What ends one is not looked for, and comments hide nothing: no name that a reader sees is missed. Linear.
 */
export function* pdfNames(
  octets: Octets,
  { from, to }: PdfStretch,
): Generator<PdfName, undefined, undefined> {
  const place = new Place();
  for (let at = from; at < to; at += 1) {
    const octet = octets.octet(at);
    if (octet === ANGLE && octets.octet(at + 1) === ANGLE) place.beginDictionary();
    else if (octet === ESCAPE && place.isInText && isEscaped(octets.octet(at + 1))) at += 1;
    else if (octet === NAME && place.hasNames) {
      const end = endOfName(octets, at + 1, Math.min(to, at + 1 + PDF_NAME_OCTETS_MAX));
      yield nameOf(octets.latin1(at + 1, end - at - 1) ?? '', at);
      at = end - 1;
    } else place.pass(octet);
  }
  return undefined;
}

/** Only these: an escape that ends one object must not take the `<` that begins the next. */
function isEscaped(octet: number | undefined): boolean {
  return octet === TEXT_START || octet === TEXT_END || octet === ESCAPE;
}

/** Knows whether an octet stands where names are: never deeper in texts than a reader is who began at an object. */
class Place {
  #isInDictionary = false;
  #isInComment = false;
  #openTexts = 0;

  get isInText(): boolean {
    return this.#openTexts > 0;
  }

  get hasNames(): boolean {
    return this.#isInDictionary && !this.isInText;
  }

  beginDictionary(): void {
    this.#isInDictionary = true;
    this.#isInComment = false;
    this.#openTexts = 0;
  }

  /** Goes on behind an octet that begins neither a dictionary nor a name. Parentheses in a comment open no text. */
  pass(octet: number | undefined): void {
    if (!this.#isInDictionary) return;
    if (this.#isInComment) this.#isInComment = !LINE_ENDS.includes(octet);
    else if (octet === TEXT_START) this.#openTexts += 1;
    else if (octet === TEXT_END) this.#openTexts = Math.max(0, this.#openTexts - 1);
    else if (octet === COMMENT) this.#isInComment = !this.isInText;
  }
}

/** White space and delimiters, by octet: all else is part of a name (ISO 32000-1, 7.2.2). */
const ENDS_NAME = Array.from({ length: 256 }, (_, octet) =>
  '\0\t\n\f\r ()<>[]{}/%'.includes(String.fromCharCode(octet)),
);

function endOfName(octets: Octets, from: number, to: number): number {
  let end = from;
  while (end < to && ENDS_NAME[octets.octet(end) ?? 0] === false) end += 1;
  return end;
}

const ESCAPED_OCTET = /#([0-9a-fA-F]{2})/g;

function nameOf(raw: string, offset: number): PdfName {
  if (!raw.includes('#')) return { name: raw, offset, isHidden: false };
  let isHidden = false;
  const name = raw.replace(ESCAPED_OCTET, (_, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    if (/[A-Za-z0-9]/.test(character)) isHidden = true;
    return character;
  });
  return { name, offset, isHidden };
}
