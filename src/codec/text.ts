import { CHARSETS, MIBENUM, type CharsetDecoder } from './charsets.ts';

/** Text, and whether it stands for its octets exactly: `exact` is false where a replacement character had to be used. */
export interface DecodedText {
  readonly text: string;
  readonly exact: boolean;
}

const UTF8_FATAL = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
const UTF8_ENCODER = new TextEncoder();
/** Big-endian, these are the octets of a little-endian byte order mark. */
const SWAPPED_MARK = '\uFFFE';
const SHORT_TEXT_OCTETS = 64;

/** True when no octet is over 127. */
export function isAscii(octets: Uint8Array): boolean {
  return octets.every((octet) => octet < 0x80);
}

/** Octets as the characters of the same numbers (ISO-8859-1 proper, not windows-1252). */
export function latin1(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += String.fromCharCode(octet);
  return text;
}

/** Octets that carry no charset, read as UTF-8. Never throws. */
export function decodeUtf8(octets: Uint8Array): DecodedText {
  if (octets.length <= SHORT_TEXT_OCTETS && isAscii(octets)) return { text: latin1(octets), exact: true };
  try {
    return { text: UTF8_FATAL.decode(octets), exact: true };
  } catch {
    return { text: UTF8.decode(octets), exact: false };
  }
}

/**
 * Octets in the charset of a MIBenum. A charset that we do not know reads as ISO-8859-1 and is not exact. Never throws.
 */
export function decodeCharset(octets: Uint8Array, mibenum: number): DecodedText {
  const charset = CHARSETS.get(mibenum);
  if (charset === undefined) return { text: latin1(octets), exact: false };
  return decodeWith(octets, charset.decoder);
}

function decodeWith(octets: Uint8Array, decoder: CharsetDecoder): DecodedText {
  switch (decoder.kind) {
    case 'utf8':
      return decodeUtf8(octets);
    case 'latin1':
      return { text: latin1(octets), exact: true };
    case 'ascii':
      return isAscii(octets)
        ? { text: latin1(octets), exact: true }
        : { ...decodeUtf8(octets), exact: false };
    case 'ucs2':
      return decodeLabel(octets, hasLittleEndianMark(octets) ? 'utf-16le' : 'utf-16be');
    case 'label':
      return decodeLabel(octets, decoder.label);
  }
}

/** UTF-16 and UCS-2 are big-endian unless a byte order mark says otherwise (RFC 2781, 4.3). */
function hasLittleEndianMark(octets: Uint8Array): boolean {
  return octets[0] === 0xff && octets[1] === 0xfe;
}

function decodeLabel(octets: Uint8Array, label: string): DecodedText {
  try {
    return { text: new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(octets), exact: true };
  } catch {
    return { text: new TextDecoder(label, { ignoreBOM: true }).decode(octets), exact: false };
  }
}

/**
 * Text as the octets of a charset, or undefined when the charset cannot hold it or is not known. The result decodes to
 * the same text.
 */
export function encodeCharset(text: string, mibenum: number): Uint8Array | undefined {
  if (!text.isWellFormed()) return undefined;
  const decoder = CHARSETS.get(mibenum)?.decoder;
  switch (decoder?.kind) {
    case undefined:
      return undefined;
    case 'utf8':
      return UTF8_ENCODER.encode(text);
    case 'ascii':
      return encodeSingleOctets(text, 0x7f);
    case 'latin1':
      return encodeSingleOctets(text, 0xff);
    case 'ucs2':
      return text.startsWith(SWAPPED_MARK) ? undefined : encodeUtf16(text, false);
    case 'label':
      return encodeLabel(text, decoder.label);
  }
}

/** Text as UTF-8; a lone surrogate becomes the replacement character. */
export function encodeUtf8(text: string): Uint8Array {
  return UTF8_ENCODER.encode(text);
}

/** The MIBenum to write text in: US-ASCII where it is enough, else UTF-8. */
export function charsetFor(text: string): number {
  return encodeSingleOctets(text, 0x7f) === undefined ? MIBENUM.utf8 : MIBENUM.usAscii;
}

function encodeSingleOctets(text: string, highest: number): Uint8Array | undefined {
  const octets = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > highest) return undefined;
    octets[index] = code;
  }
  return octets;
}

function encodeUtf16(text: string, littleEndian: boolean): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  const view = new DataView(octets.buffer);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  }
  return octets;
}

function encodeLabel(text: string, label: string): Uint8Array | undefined {
  if (label === 'utf-16be' || label === 'utf-16le') return encodeUtf16(text, label === 'utf-16le');
  const table = encodeTable(label);
  const octets: number[] = [];
  for (const character of text) {
    const code = table.get(character);
    if (code === undefined) return undefined;
    octets.push(...code);
  }
  return Uint8Array.from(octets);
}

const ENCODE_TABLES = new Map<string, ReadonlyMap<string, readonly number[]>>();

/**
 * The platform decodes these charsets but encodes only UTF-8, so the encoder is the decoder run over every one and two
 * octet sequence, once for each charset that is asked for. Characters of three octets and more are not encoded.
 */
function encodeTable(label: string): ReadonlyMap<string, readonly number[]> {
  const known = ENCODE_TABLES.get(label);
  if (known !== undefined) return known;
  const table = new Map<string, readonly number[]>();
  for (let first = 0; first < 0x100; first += 1) addSequence(table, label, [first]);
  for (let first = 0x80; first < 0x100; first += 1) {
    for (let second = 0x30; second < 0x100; second += 1) addSequence(table, label, [first, second]);
  }
  ENCODE_TABLES.set(label, table);
  return table;
}

function addSequence(table: Map<string, readonly number[]>, label: string, octets: readonly number[]): void {
  const { text, exact } = decodeLabel(Uint8Array.from(octets), label);
  const isOneCharacter = text !== '' && text.length === String.fromCodePoint(text.codePointAt(0) ?? 0).length;
  if (exact && isOneCharacter && !table.has(text)) table.set(text, octets);
}
