/** Parameters of Content-Type and Content-Disposition (WAP-230-WSP 8.4.2.4 and table 38). */
import { mibenumOf } from './charsets.ts';
import { DecodeError, isFinal } from './decode-error.ts';
import { canonicalMediaType, constrainedMedia } from './media-type.ts';
import type { Reader } from './reader.ts';
import type { ValueCodec } from './value-codec.ts';
import {
  integer,
  longInteger,
  QUOTE,
  quotedString,
  shortInteger,
  textString,
  uintvar,
} from './wsp-values.ts';
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
  readonly codec: ParameterCodec;
  /** Set where another code has the same name and is the one that we write. */
  readonly readOnly?: true;
}

interface ParameterCodec extends ValueCodec<string | number> {
  /** False for a value that this codec cannot write: such a parameter is written by name. */
  readonly fits: (value: string | number) => boolean;
}

/** Widens a codec of texts or of numbers to one of parameter values. */
function widen<T extends string | number>(
  codec: ValueCodec<T>,
  fits: (value: string | number) => value is T,
): ParameterCodec {
  return {
    fits,
    read: (reader) => codec.read(reader),
    write: (value, out) => {
      if (!fits(value)) throw new RangeError(`the parameter value ${value} does not fit`);
      codec.write(value, out);
    },
  };
}

const isText = (value: string | number): value is string => typeof value === 'string';
const isUpTo =
  (highest: number) =>
  (value: string | number): value is number =>
    typeof value === 'number' && value <= highest;

/** Text-value (8.4.2.3): No-value, Token-text or Quoted-string; canonically Token-text unless it starts with a quote. */
const textValue: ValueCodec<string> = {
  read: (reader) => (reader.peek() === QUOTE ? quotedString.read(reader) : textString.read(reader)),
  write: (value, out) => {
    if (value.startsWith('"')) quotedString.write(value, out);
    else textString.write(value, out);
  },
};

/** Well-known-charset (8.4.2.8): a MIBenum; 0x80, any charset, reads as 0. Some encoders write the name instead. */
const charsetValue: ValueCodec<string | number> = {
  read(reader) {
    const start = reader.offset;
    if (isInteger(reader)) return integer.read(reader);
    const name = textValue.read(reader);
    const mibenum = mibenumOf(name);
    if (mibenum !== undefined) reader.deviation('token-as-text', start, `charset ${name}`);
    return mibenum ?? name;
  },
  write(value, out) {
    if (typeof value === 'number') integer.write(value, out);
    else textValue.write(value, out);
  },
};

/** An Integer-value starts here, rather than a text or a No-value. */
function isInteger(reader: Reader): boolean {
  const first = reader.peek();
  return first >= 0x80 || (first > 0 && first <= 0x1e);
}

const TEXT = widen(textString, isText);
const TEXT_VALUE = widen(textValue, isText);
const INTEGER = widen(integer, isUpTo(Number.MAX_SAFE_INTEGER));
const SHORT_INTEGER = widen(shortInteger, isUpTo(0x7f));
/** Q-value (8.4.2.3): written like a uintvar. */
const QUALITY = widen(uintvar, isUpTo(0xffff_ffff));
const DATE = widen(longInteger, isUpTo(Number.MAX_SAFE_INTEGER));
const MEDIA = widen(constrainedMedia, isText);
const CHARSET: ParameterCodec = { ...charsetValue, fits: () => true };
/** No-value (8.4.2.3): the octet 0. */
const NO_VALUE: ParameterCodec = {
  fits: (value) => value === '',
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
  [0x00, { name: 'q', codec: QUALITY }],
  [0x01, { name: 'charset', codec: CHARSET }],
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

/**
 * Reads parameters to the end of the reader, behind those that were read before. What cannot be read is kept as
 * octets, and reported.
 */
export function readParameters(reader: Reader, earlier: readonly Parameter[] = []): readonly Parameter[] {
  const parameters = [...earlier];
  while (reader.remaining > 0) {
    requireRoom(reader, parameters);
    const start = reader.offset;
    const parameter = readOneOrRest(reader);
    if (parameters.some(({ name }) => name === parameter.name)) {
      reader.deviation('duplicate-parameter', start, 'a name that stood before');
    }
    parameters.push(parameter);
  }
  return parameters;
}

function requireRoom(reader: Reader, parameters: readonly Parameter[]): void {
  const { parametersMax } = reader.context.limits;
  if (parameters.length >= parametersMax) {
    throw reader.error('limit-parameters', `over ${parametersMax} parameters`);
  }
}

/** A parameter; or, where it breaks its grammar, it and all that follows as octets. */
function readOneOrRest(reader: Reader): Parameter {
  const start = reader.offset;
  try {
    return readOne(reader);
  } catch (error) {
    if (!(error instanceof DecodeError) || isFinal(error)) throw error;
    reader.deviation('parameter-malformed', start, error.message);
    reader.view(reader.remaining);
    return { name: UNREADABLE_PARAMETERS, value: reader.viewBetween(start, reader.end) };
  }
}

function readOne(reader: Reader): Parameter {
  const start = reader.offset;
  const isTyped = reader.peek() >= 0x80 || reader.peek() <= 0x1e;
  if (isTyped) {
    const row = PARAMETERS.get(integer.read(reader));
    if (row === undefined) throw reader.error('value-malformed', 'an unknown parameter number', start);
    return { name: row.name, value: row.codec.read(reader) };
  }
  const name = textString.read(reader).toLowerCase();
  if (name === '') throw reader.error('value-malformed', 'a parameter without a name', start);
  if (CODES_BY_NAME.has(name)) reader.deviation('token-as-text', start, `parameter ${name}`);
  return { name, value: readUntyped(reader, name) };
}

function readUntyped(reader: Reader, name: string): string | number {
  if (isInteger(reader)) return integer.read(reader);
  return name === 'charset' ? charsetValue.read(reader) : canonicalText(name, textValue.read(reader));
}

/** A media type in the `type` parameter is spelled as in the table, as it is where it has its code. */
function canonicalText(name: string, value: string): string {
  return name === 'type' ? canonicalMediaType(value) : value;
}

/** Reads parameters that stand in a text, as `name=value`, split at their semicolons. Those without a name are left out. */
export function parametersOfText(reader: Reader, texts: readonly string[]): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const text of texts) {
    requireRoom(reader, parameters);
    const [spelled = '', ...rest] = text.split('=');
    const name = spelled.trim().toLowerCase();
    const value = rest.join('=').trim().replace(/^"|"$/g, '');
    if (name === '') continue;
    const charset = name === 'charset' ? mibenumOf(value) : undefined;
    parameters.push({ name, value: charset ?? canonicalText(name, value) });
  }
  return parameters;
}

/** Writes parameters in their order: by number where one is known and holds the value, else by name. */
export function writeParameters(parameters: readonly Parameter[], out: Writer): void {
  for (const { name, value } of parameters) {
    if (typeof value === 'object') out.bytes(value);
    else writeOne(name, value, out);
  }
}

function writeOne(name: string, value: string | number, out: Writer): void {
  const known = CODES_BY_NAME.get(name);
  if (known?.row.codec.fits(value) === true) {
    shortInteger.write(known.code, out);
    known.row.codec.write(value, out);
    return;
  }
  if (name === '') throw new RangeError('a parameter needs a name');
  textString.write(name, out);
  if (typeof value === 'number') integer.write(value, out);
  else textValue.write(value, out);
}

/** The last parameter of a name: the one that Android takes. */
export function parameterOf(parameters: readonly Parameter[], name: string): Parameter['value'] | undefined {
  return parameters.findLast((parameter) => parameter.name === name)?.value;
}
