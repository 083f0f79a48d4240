/** Encoded-string-value (OMA-TS-MMS_ENC 7.3.12): text with or without its charset. */
import { CHARSETS, MIBENUM } from './charsets.ts';
import type { Reader } from './reader.ts';
import { charsetFor, decodeCharset, decodeUtf8, encodeCharset, isAscii } from './text.ts';
import type { ValueCodec } from './value-codec.ts';
import {
  integer,
  readCounted,
  reportControlCharacters,
  reportQuote,
  TEXT_QUOTE,
  textOctets,
  writeCounted,
  writeTextOctets,
} from './wsp-values.ts';
import type { Writer } from './writer.ts';

/** Text of a header, such as a subject or an address. */
export interface EncodedString {
  readonly text: string;
  /** MIBenum; absent when the text travels without one. */
  readonly charset?: number;
  /**
   * The octets, where `text` alone does not give them back: invalid or unknown text, and charsets that are more than
   * arithmetic. They are what is encoded again.
   */
  readonly raw?: Uint8Array;
}

/**
 * Text as an `EncodedString`: without a charset when it is ASCII, else in `charset` (UTF-8 by default). Throws
 * `RangeError` when the charset cannot hold the text.
 */
export function encodedString(text: string, charset = charsetFor(text)): EncodedString {
  const octets = encodeCharset(text, charset);
  if (octets === undefined) throw new RangeError(`the charset ${charset} cannot hold the text`);
  if (charset === MIBENUM.usAscii) return { text };
  return isArithmetic(charset) ? { text, charset } : { text, charset, raw: octets };
}

/** The codec of Encoded-string-value. */
export const encodedStringValue: ValueCodec<EncodedString> = {
  read(reader) {
    const first = reader.peek();
    const isPlainText = first === 0 || first >= 0x20;
    return isPlainText ? readPlain(reader) : readCounted(reader, readWithCharset);
  },
  write(value, out) {
    const { charset } = value;
    if (charset === undefined) {
      writeTextOctets(octetsOf(value), out);
      return;
    }
    writeCounted(out, (inner) => {
      integer.write(charset, inner);
      if (isWide(charset)) writeWideText(octetsOf(value), inner);
      else writeTextOctets(octetsOf(value), inner);
    });
  },
};

function readPlain(reader: Reader): EncodedString {
  const start = reader.offset;
  const octets = textOctets(reader);
  const { text, exact } = decodeUtf8(octets);
  reportControlCharacters(reader, text, start);
  if (!exact) {
    reader.deviation('text-invalid', start, 'neither ASCII nor UTF-8');
    return { text, raw: octets };
  }
  if (!isAscii(octets)) reader.deviation('text-not-ascii', start, 'octets over 127 without a charset');
  return { text };
}

function readWithCharset(reader: Reader): EncodedString {
  const start = reader.offset;
  const charset = integer.read(reader);
  const octets = isWide(charset) ? takeWideText(reader) : textOctets(reader);
  const { text, exact } = decodeCharset(octets, charset);
  reportControlCharacters(reader, text, start);
  if (!exact) reader.deviation('text-invalid', start, `not in charset ${charset}`);
  else if (charset === MIBENUM.any && !isAscii(octets))
    reader.deviation('text-not-ascii', start, 'octets over 127 in any charset');
  return exact && isArithmetic(charset) ? { text, charset } : { text, charset, raw: octets };
}

/**
 * UTF-16 text holds NUL octets, so it ends with its container; one or two NULs end it there. Its first octet may be
 * 0x7F without being the quote, which stands only before an octet that needs it.
 */
function takeWideText(reader: Reader): Uint8Array {
  const { textBytesMax } = reader.context.limits;
  if (reader.remaining > textBytesMax + 2) {
    throw reader.error('limit-text-bytes', `text of over ${textBytesMax} octets`);
  }
  const start = reader.offset;
  const whole = reader.view(reader.remaining);
  const isQuoted = whole[0] === TEXT_QUOTE && startsHigh(whole.subarray(1));
  const octets = whole.subarray(isQuoted ? 1 : 0, whole.length - wideTerminatorLength(whole, isQuoted));
  reportQuote(reader, { octets, isQuoted, start });
  const hasOnlyEndNul = whole.length > 0 && whole.indexOf(0) === whole.length - 1;
  if (!hasOnlyEndNul) reader.deviation('text-nul-misplaced', start, 'UTF-16 without one NUL, at its end');
  return octets;
}

function wideTerminatorLength(octets: Uint8Array, isQuoted: boolean): number {
  const isOdd = (octets.length - (isQuoted ? 1 : 0)) % 2 === 1;
  if (isOdd) return octets.at(-1) === 0 ? 1 : 0;
  return octets.at(-1) === 0 && octets.at(-2) === 0 ? 2 : 0;
}

function octetsOf({ text, charset, raw }: EncodedString): Uint8Array {
  const octets = raw ?? encodeCharset(text, charset ?? MIBENUM.utf8);
  if (octets === undefined) throw new RangeError(`the charset ${charset ?? 'of text'} cannot hold the text`);
  if (octets.includes(0) && !isWide(charset)) throw new RangeError('text with a NUL cannot be encoded');
  return octets;
}

/** Octets that are no whole number of UTF-16 units were read without a NUL behind them, and are written so. */
function writeWideText(octets: Uint8Array, out: Writer): void {
  if (startsHigh(octets)) out.octet(TEXT_QUOTE);
  out.bytes(octets);
  if (octets.length % 2 === 0) out.octet(0);
}

function startsHigh(octets: Uint8Array): boolean {
  return (octets[0] ?? 0) >= TEXT_QUOTE;
}

/** Charsets in which a NUL octet is part of a character. */
function isWide(charset: number | undefined): boolean {
  return charset === 1000 || charset === 1013 || charset === 1014 || charset === 1015;
}

/** Charsets whose text gives its octets back by arithmetic alone. */
function isArithmetic(charset: number): boolean {
  const kind = CHARSETS.get(charset)?.decoder.kind;
  return kind !== undefined && kind !== 'label';
}
