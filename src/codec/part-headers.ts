/** Headers of a part (WAP-230-WSP 8.4.2 and 8.5.2, OMA-TS-MMS_ENC 7.1), by code or spelled out. */
import { parametersOfText, readParameters, writeParameters, type Parameter } from './parameters.ts';
import type { Reader } from './reader.ts';
import { readSpelledHeader, startsSpelledHeader, writeSpelledHeader } from './spelled-header.ts';
import type { ValueCodec } from './value-codec.ts';
import { WSP_HEADERS, WSP_HEADER_CODES } from './wsp-numbers.ts';
import {
  quotedString,
  readCounted,
  shortInteger,
  skipValue,
  startsWithLengthOctet,
  textString,
  uri,
  writeCounted,
} from './wsp-values.ts';
import type { Writer } from './writer.ts';

/** How a part is to be presented, and its file name among the parameters. */
export interface ContentDisposition {
  /** `form-data`, `attachment`, `inline`, or any other token. */
  readonly disposition: string;
  readonly parameters: readonly Parameter[];
}

/** A part header that we keep without reading it: the octets of its value, or its text where it was spelled out. */
export interface OtherHeader {
  readonly name: string;
  readonly value: Uint8Array | string;
}

/** What the headers of a part say. */
export interface PartHeaders {
  /** As on the wire, usually with angle brackets. */
  readonly contentId?: string;
  readonly contentLocation?: string;
  readonly contentDisposition?: ContentDisposition;
  /** `base64`, `quoted-printable`…; the part's octets are still in that encoding. */
  readonly contentTransferEncoding?: string;
  readonly others: readonly OtherHeader[];
}

const DISPOSITIONS = ['form-data', 'attachment', 'inline'];

const contentDispositionValue: ValueCodec<ContentDisposition> = {
  read(reader) {
    const isText = reader.peek() >= 0x20 && reader.peek() < 0x80 && !startsWithLengthOctet(reader);
    if (isText) {
      reader.deviation('value-length-mismatch', reader.offset, 'Content-Disposition as plain text');
      return dispositionOfText(reader, textString.read(reader));
    }
    return readCounted(reader, (inner) => ({
      disposition: readDisposition(inner),
      parameters: readParameters(inner),
    }));
  },
  write({ disposition, parameters }, out) {
    writeCounted(out, (inner) => {
      const code = DISPOSITIONS.indexOf(disposition);
      if (code >= 0) shortInteger.write(code, inner);
      else textString.write(disposition, inner);
      writeParameters(parameters, inner);
    });
  },
};

function dispositionOfText(reader: Reader, text: string): ContentDisposition {
  const [disposition = '', ...rest] = text.split(';');
  return { disposition: disposition.trim().toLowerCase(), parameters: parametersOfText(reader, rest) };
}

function readDisposition(reader: Reader): string {
  const start = reader.offset;
  if (reader.peek() < 0x80) {
    const text = textString.read(reader).toLowerCase();
    if (DISPOSITIONS.includes(text)) reader.deviation('token-as-text', start, text);
    return text;
  }
  const code = shortInteger.read(reader);
  const name = DISPOSITIONS[code];
  if (name === undefined) reader.deviation('token-unassigned', start, `disposition ${code}`);
  return name ?? `x-wsp-0x${code.toString(16)}`;
}

type PartHeaderKey = Exclude<keyof PartHeaders, 'others'>;

interface PartHeaderRow {
  readonly key: PartHeaderKey;
  readonly codec: ValueCodec<never>;
}

/** Erases the value type of a row's codec: the key fixes it, and the round-trip property holds it to that. */
function row<Key extends PartHeaderKey>(
  key: Key,
  codec: ValueCodec<NonNullable<PartHeaders[Key]>>,
): PartHeaderRow {
  return { key, codec: codec as ValueCodec<never> };
}

/** Part headers that are read, by code, in the order in which they are written. 0x2E is the code of WSP 1.1. */
const PART_HEADERS: ReadonlyMap<number, PartHeaderRow> = new Map([
  [0x40, row('contentId', quotedString)],
  [0x0e, row('contentLocation', uri)],
  [0x2e, row('contentDisposition', contentDispositionValue)],
  [0x48, row('contentTransferEncoding', textString)],
]);

const CONTENT_DISPOSITION_1_4 = 0x45;
const CONTENT_TYPE = 0x11;

/** Reads part headers to the end of the reader. */
export function readPartHeaders(reader: Reader): PartHeaders {
  const headers: Record<string, unknown> = {};
  const others: OtherHeader[] = [];
  for (let count = 0; reader.remaining > 0; count += 1) {
    if (count >= reader.context.limits.partHeadersMax) {
      throw reader.error(
        'limit-part-headers',
        `over ${reader.context.limits.partHeadersMax} headers of a part`,
      );
    }
    const first = reader.peek();
    if (first >= 0x80) readCodedHeader(reader, headers, others);
    else if (startsSpelledHeader(first)) readNamedHeader(reader, headers, others);
    else skipOctet(reader);
  }
  return { ...headers, others };
}

function skipOctet(reader: Reader): void {
  const start = reader.offset;
  reader.deviation('header-octet-unassigned', start, `octet ${reader.octet()} in part headers`);
}

function readCodedHeader(reader: Reader, headers: Record<string, unknown>, others: OtherHeader[]): void {
  const start = reader.offset;
  const code = shortInteger.read(reader);
  const known = PART_HEADERS.get(code === CONTENT_DISPOSITION_1_4 ? 0x2e : code);
  if (known !== undefined) {
    set(reader, headers, { key: known.key, value: known.codec.read(reader), start });
    return;
  }
  if (code === CONTENT_TYPE) reportSecondContentType(reader, start);
  const name = WSP_HEADERS.get(code) ?? `0x${(code | 0x80).toString(16)}`;
  others.push({ name, value: skipValue(reader) });
}

/** A header in the application form, two texts. The spelled names of known headers mean the same to Android. */
function readNamedHeader(reader: Reader, headers: Record<string, unknown>, others: OtherHeader[]): void {
  const start = reader.offset;
  const { name, value } = readSpelledHeader(reader);
  const plainName = name.replace(/:$/, '').toLowerCase();
  const known = SPELLED.get(plainName);
  if (known !== undefined || WSP_HEADER_CODES.has(plainName)) {
    reader.deviation('token-as-text', start, plainName);
  }
  if (WSP_HEADER_CODES.get(plainName) === CONTENT_TYPE) reportSecondContentType(reader, start);
  if (known === undefined) others.push({ name, value });
  else set(reader, headers, { key: known, value: spelledValue(reader, known, value), start });
}

/** The Content-Type of a part stands before its headers; one among them is kept, and no handset is known to take it. */
function reportSecondContentType(reader: Reader, start: number): void {
  reader.deviation('duplicate-part-header', start, 'a second Content-Type');
}

const SPELLED = new Map<string, PartHeaderKey>([
  ['content-id', 'contentId'],
  ['content-location', 'contentLocation'],
  ['content-disposition', 'contentDisposition'],
  ['content-transfer-encoding', 'contentTransferEncoding'],
]);

function spelledValue(reader: Reader, key: PartHeaderKey, value: string): PartHeaders[PartHeaderKey] {
  return key === 'contentDisposition' ? dispositionOfText(reader, value) : value;
}

function set(
  reader: Reader,
  headers: Record<string, unknown>,
  entry: { readonly key: PartHeaderKey; readonly value: unknown; readonly start: number },
): void {
  if (entry.key in headers) reader.deviation('duplicate-part-header', entry.start, entry.key);
  headers[entry.key] = entry.value;
}

/** Writes part headers: the known ones in the order of the table, then the others. */
export function writePartHeaders(headers: PartHeaders, out: Writer): void {
  for (const [code, { key, codec }] of PART_HEADERS) {
    const value = headers[key];
    if (value === undefined) continue;
    shortInteger.write(code, out);
    codec.write(value as never, out);
  }
  for (const { name, value } of headers.others) {
    if (typeof value === 'string') {
      writeSpelledHeader({ name, value }, out);
    } else {
      shortInteger.write(codeOfHeader(name), out);
      out.bytes(value);
    }
  }
}

/** The number of a header that was read by its number. */
function codeOfHeader(name: string): number {
  const code = WSP_HEADER_CODES.get(name.toLowerCase()) ?? unassignedCode(name);
  if (code === undefined) throw new RangeError(`${name} has no number in WSP`);
  return code;
}

function unassignedCode(name: string): number | undefined {
  const isUnassigned = /^0x[89a-f][0-9a-f]$/.test(name) && !WSP_HEADERS.has(Number(name) & 0x7f);
  return isUnassigned ? Number(name) & 0x7f : undefined;
}
