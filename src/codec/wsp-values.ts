/** The primitive values of WSP (WAP-230-WSP 8.1.2 and 8.4.2), as codecs. */
import { decodeUtf8, encodeUtf8, isAscii } from './text.ts';
import type { Reader } from './reader.ts';
import type { ValueCodec } from './value-codec.ts';
import { Writer } from './writer.ts';

const UINTVAR_OCTETS_MAX = 5;
const UINT32_MAX = 0xffff_ffff;
const LONG_INTEGER_OCTETS_MAX = 30;
const SHORT_LENGTH_MAX = 30;
const LENGTH_QUOTE = 31;
/** The octet 0x7F that stands before a text whose first octet could be taken for another value. */
export const TEXT_QUOTE = 0x7f;
const FIRST_TEXT_OCTET = 0x20;
/** The octet 0x22 that opens a Quoted-string. */
export const QUOTE = 0x22;

/** Unsigned integer of up to 32 bits, seven to an octet, most significant first (8.1.2). */
export const uintvar: ValueCodec<number> = {
  read(reader) {
    const start = reader.offset;
    let value = 0;
    for (let count = 0; count < UINTVAR_OCTETS_MAX; count += 1) {
      const octet = reader.octet();
      if (count === 0 && octet === 0x80) reader.deviation('uintvar-overlong', start, 'leading zero group');
      value = value * 0x80 + (octet & 0x7f);
      if (octet < 0x80) {
        if (value > UINT32_MAX) throw reader.error('uintvar-too-long', 'over 32 bits', start);
        return value;
      }
    }
    throw reader.error('uintvar-too-long', `over ${UINTVAR_OCTETS_MAX} octets`, start);
  },
  write(value, out) {
    requireInteger(value, UINT32_MAX);
    for (let group = 4; group > 0; group -= 1) {
      const scale = 0x80 ** group;
      if (value >= scale) out.octet(0x80 | (Math.floor(value / scale) & 0x7f));
    }
    out.octet(value & 0x7f);
  },
};

/**
 * Value-length (8.4.2.2): a short length of 0 to 30, or 31 and a uintvar. An octet of 32 to 127 is the deviation
 * `value-length-as-octet`.
 */
export const valueLength: ValueCodec<number> = {
  read(reader) {
    const start = reader.offset;
    const octet = reader.octet();
    if (octet <= SHORT_LENGTH_MAX) return octet;
    if (octet >= 0x80) throw reader.error('value-malformed', 'a Value-length is expected', start);
    if (octet !== LENGTH_QUOTE) {
      reader.deviation('value-length-as-octet', start, `length octet ${octet}`);
      return octet;
    }
    const length = uintvar.read(reader);
    if (length <= SHORT_LENGTH_MAX) reader.deviation('value-length-overlong', start, `length ${length}`);
    return length;
  },
  write(value, out) {
    if (value > SHORT_LENGTH_MAX) {
      out.octet(LENGTH_QUOTE);
      uintvar.write(value, out);
    } else {
      out.octet(value);
    }
  },
};

/** Short-integer (8.4.2.1): seven bits, with the high bit set on the wire. */
export const shortInteger: ValueCodec<number> = {
  read(reader) {
    if (reader.peek() < 0x80) throw reader.error('value-malformed', 'a Short-integer is expected');
    return reader.octet() & 0x7f;
  },
  write(value, out) {
    requireInteger(value, 0x7f);
    out.octet(0x80 | value);
  },
};

/** Long-integer (8.4.2.1): a length of 1 to 30 and that many octets, most significant first; up to 2^53 − 1 here. */
export const longInteger: ValueCodec<number> = {
  read(reader) {
    const start = reader.offset;
    const length = reader.octet();
    if (length === 0 || length > LONG_INTEGER_OCTETS_MAX) {
      throw reader.error('integer-out-of-range', `Long-integer of ${length} octets`, start);
    }
    const octets = reader.view(length);
    if (length > 1 && octets[0] === 0) reader.deviation('integer-overlong', start, 'leading zero octet');
    const value = octets.reduce((sum, octet) => sum * 0x100 + octet, 0);
    if (!Number.isSafeInteger(value)) throw reader.error('integer-out-of-range', 'over 2^53 − 1', start);
    return value;
  },
  write(value, out) {
    requireInteger(value, Number.MAX_SAFE_INTEGER);
    const octets: number[] = [];
    for (let rest = value; rest > 0 || octets.length === 0; rest = Math.floor(rest / 0x100)) {
      octets.unshift(rest % 0x100);
    }
    out.octet(octets.length);
    out.bytes(Uint8Array.from(octets));
  },
};

/** Integer-value (8.4.2.3): short up to 127, long above. A long form of a short value is `integer-overlong`. */
export const integer: ValueCodec<number> = {
  read(reader) {
    if (reader.peek() >= 0x80) return shortInteger.read(reader);
    const start = reader.offset;
    const value = longInteger.read(reader);
    if (value <= 0x7f) reader.deviation('integer-overlong', start, 'Long-integer for a short value');
    return value;
  },
  write(value, out) {
    if (value <= 0x7f) shortInteger.write(value, out);
    else longInteger.write(value, out);
  },
};

/** Text-string (8.4.2.1): octets up to NUL; the quote 0x7F stands before a first octet over 127. Read as UTF-8. */
export const textString: ValueCodec<string> = {
  read(reader) {
    const start = reader.offset;
    return textOf(reader, textOctets(reader), start);
  },
  write(value, out) {
    writeTextOctets(requireText(value), out);
  },
};

/** Uri-value (8.4.2.8): a Text-string in which a space is the deviation `uri-space`. */
export const uri: ValueCodec<string> = {
  read(reader) {
    const start = reader.offset;
    const value = textString.read(reader);
    if (value.includes(' ')) reader.deviation('uri-space', start, 'space in a URI');
    return value;
  },
  write(value, out) {
    textString.write(value, out);
  },
};

/**
 * Quoted-string (8.4.2.1): 0x22, text, NUL, without an end quote. The value is the text between. A value that itself
 * ends with a quote is written with one more, because the last is taken for an end quote.
 */
export const quotedString: ValueCodec<string> = {
  read(reader) {
    const start = reader.offset;
    if (reader.peek() !== QUOTE) {
      reader.deviation('quoted-string-unquoted', start, 'no opening quote');
      return textString.read(reader);
    }
    reader.octet();
    const text = textOf(reader, reader.untilNul(), start);
    if (!text.endsWith('"')) return text;
    reader.deviation('quoted-string-unquoted', start, 'quote at the end');
    return text.slice(0, -1);
  },
  write(value, out) {
    out.octet(QUOTE);
    out.bytes(requireText(value.endsWith('"') ? `${value}"` : value));
    out.octet(0);
  },
};

/** The octets of a Text-string, without its quote and NUL. A quote that is missing or needless is reported. */
export function textOctets(reader: Reader): Uint8Array {
  const start = reader.offset;
  const isQuoted = reader.peek() === TEXT_QUOTE;
  if (isQuoted) reader.octet();
  const octets = reader.untilNul();
  reportQuote(reader, { octets, isQuoted, start });
  return octets;
}

/** Reports a text whose quote is not what its first octet asks for. */
export function reportQuote(
  reader: Reader,
  text: { readonly octets: Uint8Array; readonly isQuoted: boolean; readonly start: number },
): void {
  const { octets, isQuoted, start } = text;
  if (isQuoted && !needsQuote(octets)) reader.deviation('text-quote', start, 'a quote that is not needed');
  if (!isQuoted && (octets[0] ?? 0) >= TEXT_QUOTE)
    reader.deviation('text-quote', start, 'no quote before the text');
}

/** True for text that would be read as another kind of value without the quote: control characters as a length. */
export function needsQuote(octets: Uint8Array): boolean {
  const first = octets[0] ?? 0;
  return first >= TEXT_QUOTE || (first > 0 && first < FIRST_TEXT_OCTET);
}

/** Writes the octets of a Text-string, with the quote where it is needed, and the NUL. */
export function writeTextOctets(octets: Uint8Array, out: Writer): void {
  if (needsQuote(octets)) out.octet(TEXT_QUOTE);
  out.bytes(octets);
  out.octet(0);
}

/** Octets without a charset as text; reports what is not plain ASCII. */
export function textOf(reader: Reader, octets: Uint8Array, start: number): string {
  const { text, exact } = decodeUtf8(octets);
  reportControlCharacters(reader, text, start);
  if (!exact) reader.deviation('text-invalid', start, 'neither ASCII nor UTF-8');
  else if (!isAscii(octets)) reader.deviation('text-not-ascii', start, 'octets over 127 without a charset');
  return text;
}

const CONTROL_CHARACTER = /\p{Cc}/u;

/** Reports control characters in a header text: they become line ends where headers are turned into lines. */
export function reportControlCharacters(reader: Reader, text: string, start: number): void {
  if (CONTROL_CHARACTER.test(text)) reader.deviation('text-control-characters', start, 'control character');
}

/**
 * Reads a value behind its Value-length. What the value leaves of its length is the deviation
 * `value-length-mismatch`; it can never reach past it.
 */
export function readCounted<T>(reader: Reader, read: (inner: Reader) => T): T {
  const inner = reader.child(valueLength.read(reader));
  const value = read(inner);
  if (inner.remaining > 0) {
    reader.deviation('value-length-mismatch', inner.offset, `${inner.remaining} octets after the value`);
  }
  return value;
}

/**
 * True where a token text may start and a length octet of 32 to 126 stands instead: no token goes on with an octet
 * over 127, and what is counted mostly starts with one.
 */
export function startsWithLengthOctet(reader: Reader): boolean {
  const first = reader.peek();
  if (first < FIRST_TEXT_OCTET || first >= TEXT_QUOTE || reader.remaining < 2) return false;
  const ahead = reader.fork();
  ahead.octet();
  return ahead.peek() >= 0x80;
}

/** Writes a Value-length and what `write` puts behind it. */
export function writeCounted(out: Writer, write: (inner: Writer) => void): void {
  const octets = Writer.collect(write);
  valueLength.write(octets.length, out);
  out.bytes(octets);
}

/** Skips a value that we cannot read, by the rule of WAP-230-WSP 8.4.1.2, and gives its octets as a view. */
export function skipValue(reader: Reader): Uint8Array {
  const start = reader.offset;
  const first = reader.peek();
  if (first >= 0x80) reader.octet();
  else if (first <= SHORT_LENGTH_MAX) reader.view(reader.octet());
  else if (first === LENGTH_QUOTE) reader.view(valueLength.read(reader));
  else reader.untilNul();
  return reader.viewBetween(start, reader.offset);
}

function requireInteger(value: number, highest: number): void {
  if (!Number.isInteger(value) || value < 0 || value > highest) {
    throw new RangeError(`${value} is not an integer of 0 to ${highest}`);
  }
}

function requireText(value: string): Uint8Array {
  if (value.includes('\0')) throw new RangeError('text with a NUL cannot be encoded');
  if (!value.isWellFormed()) throw new RangeError('text with a lone surrogate cannot be encoded');
  return encodeUtf8(value);
}
