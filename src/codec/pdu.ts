/** MMS PDUs (OMA-TS-MMS_ENC-V1_3): `decodePdu` and `encodePdu`, the public functions of the codec. */
import { contentTypeValue, isMultipart, type ContentType } from './content-type.ts';
import { DecodeError, isFinal } from './decode-error.ts';
import { DEFAULT_DECODE_LIMITS, type DecodeLimits } from './decode-limits.ts';
import { STRICT, type DeviationCode } from './deviations.ts';
import {
  FIELDS,
  fieldOf,
  MAILBOX_LIST_TYPES,
  MMS_FIELDS,
  type Field,
  type FieldKey,
  type MmsHeaders,
} from './mms-fields.ts';
import { MMS_MESSAGES } from './mms-messages.ts';
import type { MessageType } from './mms-tokens.ts';
import { readMultipart, writeMultipart } from './multipart.ts';
import type {
  ApplicationHeader,
  DecodedPdu,
  HeaderSpan,
  MmsPdu,
  PduBody,
  UnknownHeader,
} from './pdu-types.ts';
import { Reader } from './reader.ts';
import { readSpelledHeader, startsSpelledHeader, writeSpelledHeader } from './spelled-header.ts';
import { skipValue } from './wsp-values.ts';
import { Writer } from './writer.ts';

/** How to decode: the limits, and the deviations that are tolerated. Default: `DEFAULT_DECODE_LIMITS`, `STRICT`. */
export interface DecodeOptions {
  readonly limits?: DecodeLimits;
  readonly tolerate?: ReadonlySet<DeviationCode>;
}

/**
 * Decodes one MMS PDU. Part bytes are views of `bytes`, so the cost does not grow with them. Throws `DecodeError` and
 * nothing else, whatever the bytes, in time linear in the headers.
 */
export function decodePdu(bytes: Uint8Array, options: DecodeOptions = {}): DecodedPdu {
  const { limits = DEFAULT_DECODE_LIMITS, tolerate = STRICT } = options;
  if (bytes.length > limits.pduBytesMax) {
    throw new DecodeError('limit-pdu-bytes', limits.pduBytesMax, `PDU of over ${limits.pduBytesMax} octets`);
  }
  const reader = new Reader(bytes, { limits, tolerate, anomalies: [] });
  const draft = new Draft(reader);
  while (reader.remaining > 0 && draft.headers['contentType'] === undefined) draft.readHeader();
  const { type } = draft;
  if (type === undefined) throw reader.error('message-type-unknown', 'no X-Mms-Message-Type', 0);
  draft.reportMissing(type);
  draft.reportForeign(type);
  const body = readBody(reader, type, draft.headers['contentType'] as ContentType | undefined);
  const { headers, applicationHeaders, unknownHeaders, layout } = draft;
  return {
    pdu: { type, headers, applicationHeaders, unknownHeaders, body },
    anomalies: reader.context.anomalies,
    layout,
  };
}

/** The headers read so far. */
class Draft {
  readonly headers: Record<string, unknown> = {};
  readonly applicationHeaders: ApplicationHeader[] = [];
  readonly unknownHeaders: UnknownHeader[] = [];
  readonly layout: HeaderSpan[] = [];
  type: MessageType | undefined;
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Reads the next header, of whichever kind its first octet says. */
  readHeader(): void {
    const reader = this.#reader;
    const { headersMax } = reader.context.limits;
    if (this.layout.length >= headersMax) throw reader.error('limit-headers', `over ${headersMax} headers`);
    const offset = reader.offset;
    const octet = reader.peek();
    const { key, name } = octet >= 0x80 ? this.#readFieldOrUnknown(octet) : this.#readTextual(octet);
    this.layout.push({ key, name, offset, end: reader.offset });
  }

  /** Reports each header that the type requires and the PDU lacks. */
  reportMissing(type: MessageType): void {
    for (const key of MMS_MESSAGES[type].required) {
      if (this.headers[key] !== undefined) continue;
      const name = FIELDS.get(key)?.row.name ?? key;
      this.#reader.deviation('header-missing', this.#reader.offset, `${type} without ${name}`);
    }
  }

  /** Reports each header that the type does not have. Content-Type is judged by the content. */
  reportForeign(type: MessageType): void {
    const { order } = MMS_MESSAGES[type];
    for (const { key, name, offset } of this.layout) {
      const isOwn =
        key === undefined || key === 'messageType' || key === 'contentType' || order.includes(key);
      if (!isOwn) this.#reader.deviation('header-foreign', offset, `${type} with ${name}`);
    }
  }

  #readFieldOrUnknown(octet: number): Pick<HeaderSpan, 'key' | 'name'> {
    const field = fieldOf(octet, this.type);
    if (field !== undefined) return this.#readField(field);
    const name = `0x${octet.toString(16)}`;
    this.#reader.deviation('header-unknown', this.#reader.offset, name);
    this.#reader.octet();
    this.unknownHeaders.push({ octet, value: skipValue(this.#reader) });
    return { key: undefined, name };
  }

  #readField({ key, row }: Field): Pick<HeaderSpan, 'key' | 'name'> {
    const reader = this.#reader;
    const offset = reader.offset;
    reader.octet();
    const value = row.codec.read(reader);
    const earlier = key === 'messageType' ? this.type : this.headers[key];
    if (Array.isArray(earlier)) earlier.push(value);
    else if (earlier !== undefined) reader.deviation('duplicate-header', offset, row.name);
    if (key === 'messageType') this.#setType(value as MessageType, offset);
    else if (!Array.isArray(earlier)) this.headers[key] = row.repeats ? [value] : value;
    return { key, name: row.name };
  }

  #setType(type: MessageType, offset: number): void {
    const reader = this.#reader;
    if (this.layout.length > 0)
      reader.deviation('message-type-not-first', offset, 'another header stands before it');
    const listsBefore = this.type !== undefined && MAILBOX_LIST_TYPES.has(this.type);
    if (this.layout.length > 0 && MAILBOX_LIST_TYPES.has(type) !== listsBefore)
      throw reader.error('message-type-unknown', `${type} behind headers that it reads otherwise`, offset);
    this.type = type;
  }

  /** An application header, or an octet that starts no header, which is skipped. */
  #readTextual(octet: number): Pick<HeaderSpan, 'key' | 'name'> {
    const reader = this.#reader;
    if (!startsSpelledHeader(octet)) {
      const detail = `octet ${octet} starts no header`;
      reader.deviation('header-octet-unassigned', reader.offset, detail);
      reader.octet();
      return { key: undefined, name: `0x${octet.toString(16)}` };
    }
    const header = readSpelledHeader(reader);
    this.applicationHeaders.push(header);
    return { key: undefined, name: header.name };
  }
}

function readBody(
  reader: Reader,
  type: MessageType,
  contentType: ContentType | undefined,
): PduBody | undefined {
  if (contentType === undefined) return undefined;
  const { hasContent } = MMS_MESSAGES[type];
  const start = reader.offset;
  if (!hasContent) reader.deviation('content-type-not-last', start, `${type} carries no content`);
  if (isMultipart(contentType)) {
    try {
      return readMultipart(reader);
    } catch (error) {
      if (!(error instanceof DecodeError) || isFinal(error)) throw error;
      reader.deviation(codeOfBrokenBody(reader, start), start, error.message);
      reader.offset = start;
    }
  }
  return { kind: 'single', bytes: reader.view(reader.remaining) };
}

/** A body that is no multipart but starts like a header is more likely a header list whose Content-Type came early. */
function codeOfBrokenBody(reader: Reader, start: number): DeviationCode {
  const [first] = reader.viewBetween(start, start + 1);
  const startsHeader = first !== undefined && fieldOf(first, undefined) !== undefined;
  return startsHeader ? 'content-type-not-last' : 'multipart-malformed';
}

/**
 * Encodes a PDU canonically: headers in the order of the type's table, then what the table does not have, application
 * and unknown headers, Content-Type last; each value in its shortest form. Throws `RangeError` for a value that MMS
 * cannot express. `decodePdu(encodePdu(pdu))` gives an equal value.
 */
export function encodePdu(pdu: MmsPdu): Uint8Array {
  const out = new Writer(512);
  out.octet(MMS_FIELDS.messageType.octet);
  MMS_FIELDS.messageType.codec.write(pdu.type, out);
  for (const key of writingOrder(pdu)) writeField(key, pdu.headers, out);
  for (const header of pdu.applicationHeaders) writeSpelledHeader(header, out);
  for (const header of pdu.unknownHeaders) writeUnknown(header, out);
  writeContent(pdu, out);
  return out.finish();
}

function writingOrder({ type, headers }: MmsPdu): readonly FieldKey[] {
  const { order } = MMS_MESSAGES[type];
  const isForeign = (key: FieldKey): boolean =>
    headers[key as keyof MmsHeaders] !== undefined && !order.includes(key);
  return [...order, ...[...FIELDS.keys()].filter(isForeign)].filter((key) => key !== 'contentType');
}

function writeField(key: FieldKey, headers: MmsHeaders, out: Writer): void {
  const value: unknown = headers[key as keyof MmsHeaders];
  const row = FIELDS.get(key)?.row;
  if (value === undefined || row === undefined) return;
  const values: readonly unknown[] = row.repeats ? (value as readonly unknown[]) : [value];
  for (const one of values) {
    out.octet(row.octet);
    row.codec.write(one, out);
  }
}

function writeUnknown({ octet, value }: UnknownHeader, out: Writer): void {
  const isUnassigned = octet >= 0x80 && octet <= 0xff && fieldOf(octet, undefined) === undefined;
  if (!isUnassigned) throw new RangeError(`${octet} is not the octet of an unknown header`);
  out.octet(octet);
  out.bytes(value);
}

function writeContent({ headers, body }: MmsPdu, out: Writer): void {
  const { contentType } = headers;
  if (contentType === undefined) {
    if (body !== undefined) throw new RangeError('content needs a Content-Type');
    return;
  }
  out.octet(MMS_FIELDS.contentType.octet);
  contentTypeValue.write(contentType, out);
  if (body?.kind === 'multipart') writeMultipart(body, out);
  else if (body !== undefined) out.bytes(body.bytes);
}
