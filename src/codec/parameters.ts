/** Parameters of Content-Type and Content-Disposition (WAP-230-WSP 8.4.2.4 and table 38). */
import { mibenumOf } from './charsets.ts';
import type { Reader } from './reader.ts';
import { MEDIA_TYPES, MEDIA_TYPE_CODES } from './wsp-numbers.ts';
import type { ValueCodec } from './value-codec.ts';
import { integer, longInteger, QUOTE, quotedString, shortInteger, textString } from './wsp-values.ts';
import type { Writer } from './writer.ts';

/**
 * One parameter: its lower-case name and value. `charset` is a MIBenum where the wire had one; a typed parameter that
 * has no text name is called by its number, as `0x1f`. `octets` is what could not be read.
 */
export interface Parameter {
  readonly name: string;
  readonly value: string | number | Uint8Array;
}

interface ParameterRow {
  readonly name: string;
  readonly codec: ValueCodec<string | number>;
  /** Set where another code has the same name and is the one that we write. */
  readonly readOnly?: true;
}

/** Widens a codec of texts or of numbers to one of parameter values; a wrong kind is the caller's bug. */
function widen<T extends string | number>(
  codec: ValueCodec<T>,
  kind: 'string' | 'number',
): ParameterRow['codec'] {
  return {
    read: (reader) => codec.read(reader),
    write: (value, out) => {
      if (typeof value !== kind) throw new RangeError(`the parameter value ${value} is not a ${kind}`);
      codec.write(value as T, out);
    },
  };
}

/** Text-value (8.4.2.3): No-value, Token-text or Quoted-string; canonically Token-text unless it starts with a quote. */
const textValue: ValueCodec<string> = {
  read: (reader) => (reader.peek() === QUOTE ? quotedString.read(reader) : textString.read(reader)),
  write: (value, out) => {
    if (value.startsWith('"')) quotedString.write(value, out);
    else textString.write(value, out);
  },
};

/** Constrained-encoding (8.4.2.1): a well-known media type as Short-integer, or its text. */
export const constrainedMedia: ValueCodec<string> = {
  read(reader) {
    const start = reader.offset;
    if (reader.peek() < 0x80) {
      const text = textString.read(reader).trim();
      if (MEDIA_TYPE_CODES.has(text.toLowerCase())) reader.deviation('token-as-text', start, text);
      return text;
    }
    const code = shortInteger.read(reader);
    const name = MEDIA_TYPES.get(code);
    if (name === undefined) reader.deviation('token-unassigned', start, `media type ${code}`);
    return name ?? unassignedMediaType(code);
  },
  write(value, out) {
    const code = MEDIA_TYPE_CODES.get(value.toLowerCase()) ?? codeOfUnassigned(value);
    if (code !== undefined && code < 0x80) shortInteger.write(code, out);
    else textString.write(value, out);
  },
};

/** The name that stands for a media type code without one. */
export function unassignedMediaType(code: number): string {
  return `application/x-wsp-0x${code.toString(16)}`;
}

/** The code of a name made by `unassignedMediaType`, or undefined. */
export function codeOfUnassigned(mediaType: string): number | undefined {
  const digits = /^application\/x-wsp-0x([0-9a-f]{1,8})$/.exec(mediaType)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** Well-known-charset (8.4.2.8): a MIBenum; 0x80, any charset, reads as 0. Some encoders write the name instead. */
const charsetValue: ValueCodec<string | number> = {
  read(reader) {
    const start = reader.offset;
    const isInteger = reader.peek() >= 0x80 || reader.peek() <= 0x1e;
    if (isInteger) return integer.read(reader);
    const name = textValue.read(reader);
    const mibenum = mibenumOf(name);
    if (mibenum !== undefined) reader.deviation('token-as-text', start, `charset ${name}`);
    return mibenum ?? name;
  },
  write(value, out) {
    if (typeof value === 'number') integer.write(value, out);
    else textString.write(value, out);
  },
};

const TEXT = widen(textString, 'string');
const TEXT_VALUE = widen(textValue, 'string');
const INTEGER = widen(integer, 'number');
const SHORT_INTEGER = widen(shortInteger, 'number');
const DATE = widen(longInteger, 'number');
const MEDIA = widen(constrainedMedia, 'string');
/** No-value (8.4.2.3): the octet 0. */
const NO_VALUE: ValueCodec<string | number> = {
  read(reader) {
    const start = reader.offset;
    if (reader.octet() !== 0) throw reader.error('value-malformed', 'a No-value is expected', start);
    return '';
  },
  write: (_value, out) => {
    out.octet(0);
  },
};

/**
 * Well-known parameters by code. The 1.1 codes (Text-string) are written, because MMS PDUs carry no encoding version
 * and handsets know these best; the 1.4 codes (Text-value) are read.
 */
export const PARAMETERS: ReadonlyMap<number, ParameterRow> = new Map<number, ParameterRow>([
  [0x00, { name: 'q', codec: INTEGER }],
  [0x01, { name: 'charset', codec: charsetValue }],
  [0x02, { name: 'level', codec: SHORT_INTEGER }],
  [0x03, { name: 'type-number', codec: INTEGER }],
  [0x05, { name: 'name', codec: TEXT }],
  [0x06, { name: 'filename', codec: TEXT }],
  [0x07, { name: 'differences', codec: INTEGER }],
  [0x08, { name: 'padding', codec: SHORT_INTEGER }],
  [0x09, { name: 'type', codec: MEDIA }],
  [0x0a, { name: 'start', codec: TEXT }],
  [0x0b, { name: 'start-info', codec: TEXT }],
  [0x0c, { name: 'comment', codec: TEXT }],
  [0x0d, { name: 'domain', codec: TEXT }],
  [0x0e, { name: 'max-age', codec: INTEGER }],
  [0x0f, { name: 'path', codec: TEXT }],
  [0x10, { name: 'secure', codec: NO_VALUE }],
  [0x11, { name: 'sec', codec: SHORT_INTEGER }],
  [0x12, { name: 'mac', codec: TEXT_VALUE }],
  [0x13, { name: 'creation-date', codec: DATE }],
  [0x14, { name: 'modification-date', codec: DATE }],
  [0x15, { name: 'read-date', codec: DATE }],
  [0x16, { name: 'size', codec: INTEGER }],
  [0x17, { name: 'name', codec: TEXT_VALUE, readOnly: true }],
  [0x18, { name: 'filename', codec: TEXT_VALUE, readOnly: true }],
  [0x19, { name: 'start', codec: TEXT_VALUE, readOnly: true }],
  [0x1a, { name: 'start-info', codec: TEXT_VALUE, readOnly: true }],
  [0x1b, { name: 'comment', codec: TEXT_VALUE, readOnly: true }],
  [0x1c, { name: 'domain', codec: TEXT_VALUE, readOnly: true }],
  [0x1d, { name: 'path', codec: TEXT_VALUE, readOnly: true }],
]);

const CODES_BY_NAME = new Map(
  [...PARAMETERS]
    .filter(([, row]) => row.readOnly === undefined)
    .map(([code, row]) => [row.name, { code, row }]),
);

/** The name of the pseudo-parameter that holds octets which could not be read as parameters. */
export const UNREADABLE_PARAMETERS = 'unreadable';

/** Reads parameters to the end of the reader. What cannot be read is kept as octets, and reported. */
export function readParameters(reader: Reader): readonly Parameter[] {
  const parameters: Parameter[] = [];
  while (reader.remaining > 0) {
    if (parameters.length >= reader.context.limits.parametersMax) {
      throw reader.error('limit-parameters', `over ${reader.context.limits.parametersMax} parameters`);
    }
    const start = reader.offset;
    const parameter = readOne(reader);
    if (parameters.some(({ name }) => name === parameter.name)) {
      reader.deviation('duplicate-parameter', start, parameter.name);
    }
    parameters.push(parameter);
  }
  return parameters;
}

function readOne(reader: Reader): Parameter {
  const start = reader.offset;
  const isTyped = reader.peek() >= 0x80 || reader.peek() <= 0x1e;
  if (!isTyped) {
    const name = textString.read(reader).toLowerCase();
    if (CODES_BY_NAME.has(name)) reader.deviation('token-as-text', start, `parameter ${name}`);
    return { name, value: readUntyped(reader, name) };
  }
  const code = integer.read(reader);
  const row = PARAMETERS.get(code);
  if (row !== undefined) return { name: row.name, value: row.codec.read(reader) };
  reader.deviation('parameter-malformed', start, `parameter number ${code} is unknown`);
  reader.view(reader.remaining);
  return { name: UNREADABLE_PARAMETERS, value: reader.viewBetween(start, reader.offset) };
}

function readUntyped(reader: Reader, name: string): string | number {
  if (name === 'charset') return charsetValue.read(reader);
  const isInteger = reader.peek() >= 0x80 || (reader.peek() <= 0x1e && reader.peek() > 0);
  return isInteger ? integer.read(reader) : textValue.read(reader);
}

/** Writes parameters in their order: by number where one is known, else by name. */
export function writeParameters(parameters: readonly Parameter[], out: Writer): void {
  for (const { name, value } of parameters) {
    if (typeof value === 'object') out.bytes(value);
    else writeOne(name, value, out);
  }
}

function writeOne(name: string, value: string | number, out: Writer): void {
  const known = CODES_BY_NAME.get(name);
  if (known !== undefined) {
    shortInteger.write(known.code, out);
    known.row.codec.write(value, out);
    return;
  }
  textString.write(name, out);
  if (typeof value === 'number') integer.write(value, out);
  else textValue.write(value, out);
}

/** The last parameter of a name: the one that Android takes. */
export function parameterOf(parameters: readonly Parameter[], name: string): Parameter['value'] | undefined {
  return parameters.findLast((parameter) => parameter.name === name)?.value;
}
