/** The text of a part in every way that a handset may read it. */
import { MIBENUM } from '../codec/charsets.ts';
import { decodeCharset, decodeUtf8, latin1 } from '../codec/text.ts';

/** Octets of a part that are read as text at all. */
export const TEXT_SOURCE_OCTETS_MAX = 1024 * 1024;

/** Characters of one reading. A text message has a few hundred; rules and detectors for text are slow on long ones. */
export const READING_LENGTH_MAX = 128 * 1024;

/** The readings of a part, at most four, the most likely first and each once. */
export interface Readings {
  readonly texts: readonly string[];
  /** False when a part of the text was left out because of a limit. */
  readonly isComplete: boolean;
}

/**
 * Reads octets in the declared charset (a MIBenum), as UTF-8, and as what they look like. A charset may be wrong or
 * hidden behind a parameter that only some handsets read, so every plausible reading is inspected. Never throws.
 */
export function readingsOf(octets: Uint8Array, declaredCharset: number | undefined): Readings {
  const source = octets.subarray(0, TEXT_SOURCE_OCTETS_MAX);
  const texts = [...new Set(candidates(source, declaredCharset).map(withoutMark))].map((text) =>
    text.length > READING_LENGTH_MAX ? withoutBase64(text) : text,
  );
  return {
    texts: texts.map((text) => text.slice(0, READING_LENGTH_MAX)),
    isComplete: source.length === octets.length && texts.every(({ length }) => length <= READING_LENGTH_MAX),
  };
}

function candidates(octets: Uint8Array, declaredCharset: number | undefined): string[] {
  const declared = decodeCharset(octets, declaredCharset ?? MIBENUM.utf8);
  const utf8 = decodeUtf8(octets);
  const utf16 = utf16Label(octets);
  const texts = declared.exact || !utf8.exact ? [declared.text, utf8.text] : [utf8.text, declared.text];
  if (utf16 !== undefined) texts.splice(1, 0, new TextDecoder(utf16).decode(octets));
  if (!declared.exact && !utf8.exact) texts.splice(1, 0, latin1(octets));
  return texts.filter((text, index) => index === 0 || text !== '');
}

/** Octets that tell whether every second one is NUL. */
const SAMPLE_OCTETS = 64;

/** UTF-16 by its byte order mark, or by the NUL octets that Latin text has in it. */
function utf16Label(octets: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = octets;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = octets.subarray(0, SAMPLE_OCTETS);
  const pairs = Math.floor(sample.length / 2);
  const nuls = (odd: 0 | 1): number => sample.filter((octet, at) => octet === 0 && at % 2 === odd).length;
  if (pairs === 0) return undefined;
  if (nuls(1) > pairs / 2) return 'utf-16le';
  return nuls(0) > pairs / 2 ? 'utf-16be' : undefined;
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** A line of this length, of nothing but its alphabet, is base64: no address has a form without a dot or a colon. */
const BASE64_LINE = /^[ \t]?[A-Za-z0-9+/]{40,}={0,2}\r?$/;

/** The pictures of cards left out but for their first lines, which tell what they are. */
function withoutBase64(text: string): string {
  const lines = text.split('\n');
  const isBase64 = lines.map((line) => BASE64_LINE.test(line));
  return lines
    .filter((_, at) => !(isBase64[at] === true && isBase64[at - 1] === true && isBase64[at - 2] === true))
    .join('\n');
}
