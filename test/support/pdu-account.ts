/** One account of a PDU, in lines, that our decoder and tshark give alike: where each value stands, and what it says. */
import { createHash } from 'node:crypto';
import { mibenumOf } from '../../src/codec/charsets.ts';
import type { ContentType } from '../../src/codec/content-type.ts';
import type { EncodedString } from '../../src/codec/encoded-string.ts';
import type { FieldKey } from '../../src/codec/mms-fields.ts';
import type { From, TimeValue } from '../../src/codec/mms-values.ts';
import type { Part } from '../../src/codec/multipart.ts';
import type { Parameter } from '../../src/codec/parameters.ts';
import type { DecodedPdu, HeaderSpan } from '../../src/codec/pdu-types.ts';
import { encodeCharset } from '../../src/codec/text.ts';
import { find, type Dissected } from './tshark.ts';

/** The lines of an account, each with the place that it speaks of. */
export type Account = readonly string[];

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^error-/, '');

// ---- ours

/** Headers whose octets tshark shows, without knowing what they mean. */
const NOT_DECODED: ReadonlySet<FieldKey> = new Set([
  'store',
  'mmState',
  'storeStatus',
  'stored',
  'totals',
  'quotas',
  'distributionIndicator',
  'recommendedRetrievalMode',
  'contentClass',
  'drmContent',
  'adaptationAllowed',
  'cancelStatus',
]);

/** What our decoder says of a PDU. `bytes` is the PDU. */
export function ourAccount({ pdu, layout }: DecodedPdu, bytes: Uint8Array): Account {
  const taken = new Map<FieldKey, number>();
  const headers = layout.map((span) => {
    const { key, offset, end } = span;
    const index = key === undefined ? 0 : (taken.get(key) ?? 0);
    if (key !== undefined) taken.set(key, index + 1);
    const raw = bytes.subarray(offset, end);
    return `header @${offset}+${end - offset} ${ourValue(span, { decoded: pdu, raw, index })}`;
  });
  const { body } = pdu;
  if (body === undefined) return headers;
  if (body.kind === 'single') return [...headers, `body of ${body.bytes.length}`];
  const parts = body.parts.map((part, index) => ourPart(part, index, bytes));
  return [...headers, ...parts];
}

interface Place {
  readonly decoded: DecodedPdu['pdu'];
  readonly raw: Uint8Array;
  readonly index: number;
}

function ourValue({ key, name }: HeaderSpan, { decoded, raw, index }: Place): string {
  if (key === undefined) {
    const header = decoded.applicationHeaders.find((candidate) => candidate.name === name);
    return header === undefined ? rawValue(raw) : `${header.name}: ${header.value}`;
  }
  if (key === 'messageType') return `${rawValue(raw)} ${decoded.type}`;
  const whole: unknown = decoded.headers[key];
  const value: unknown = Array.isArray(whole) ? whole[index] : whole;
  return ourShown(key, value, raw);
}

function rawValue(raw: Uint8Array): string {
  const octets = Buffer.from(raw.subarray(1)).toString('hex');
  return raw.length === 2 ? `0x${octets}` : octets;
}

function ourShown(key: FieldKey, value: unknown, raw: Uint8Array): string {
  switch (key) {
    case 'contentType':
      return contentTypeLine(value as ContentType);
    case 'date':
      return `absolute ${String(value)}`;
    case 'expiry':
    case 'deliveryTime':
    case 'replyChargingDeadline':
      return timeLine(value as TimeValue);
    case 'from':
      return fromLine(value as From);
    case 'messageSize':
    case 'replyChargingSize':
    case 'version':
      return String(value);
    case 'previouslySentBy':
      return hopLine(value as { hop: number; value: EncodedString }, shownText);
    case 'previouslySentDate':
      return hopLine(value as { hop: number; value: number }, (seconds) => `absolute ${seconds}`);
    default:
      return ourPlain(key, value, raw);
  }
}

function ourPlain(key: FieldKey, value: unknown, raw: Uint8Array): string {
  if (isEncodedString(value)) return shownText(value);
  if (typeof value !== 'string') return rawValue(raw);
  const isToken = raw.length === 2 && (raw[1] ?? 0) >= 0x80;
  if (!isToken) return shownText({ text: value });
  return NOT_DECODED.has(key) ? rawValue(raw) : `${rawValue(raw)} ${plainName(value)}`;
}

const timeLine = ({ kind, seconds }: TimeValue): string => `${kind} ${seconds}`;
const fromLine = (from: From): string =>
  from.kind === 'insert-address' ? '<insert address>' : shownText(from.address);
const hopLine = <T>({ hop, value }: { hop: number; value: T }, shown: (value: T) => string): string =>
  `hop ${hop}: ${shown(value)}`;

function isEncodedString(value: unknown): value is EncodedString {
  return typeof value === 'object' && value !== null && 'text' in value;
}

/**
 * Text without a charset tshark reads as UTF-8, as we do. Text with one it shows octet by octet, whatever the charset:
 * what is not ASCII is a replacement character.
 */
function shownText({ text, charset, raw }: EncodedString): string {
  if (charset === undefined) return text;
  const octets = raw ?? encodeCharset(text, charset) ?? new Uint8Array();
  return Array.from(octets, (octet) => (octet < 0x80 ? String.fromCharCode(octet) : '\ufffd')).join('');
}

function contentTypeLine({ mediaType, parameters }: ContentType): string {
  return [mediaType, ...parameters.map(parameterLine)].join('; ');
}

function parameterLine({ name, value }: Parameter): string {
  const text = typeof value === 'object' ? Buffer.from(value).toString('hex') : String(value);
  return `${name}=${text}`;
}

function ourPart({ contentType, headers, bytes }: Part, index: number, whole: Uint8Array): string {
  const start = bytes.byteOffset - whole.byteOffset;
  const { contentId, contentLocation, contentDisposition } = headers;
  const shown = [
    ...(contentId === undefined ? [] : [`content_id="${contentId}"`]),
    ...(contentLocation === undefined ? [] : [`content_location=${contentLocation}`]),
    ...(contentDisposition === undefined ? [] : [`content_disposition=${contentDisposition.disposition}`]),
  ];
  return partLine({ index, start, bytes, contentType: contentTypeLine(contentType), headers: shown });
}

interface PartAccount {
  readonly index: number;
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly headers: readonly string[];
}

function partLine({ index, start, bytes, contentType, headers }: PartAccount): string {
  const data = `@${start}+${bytes.length} ${sha256(bytes)}`;
  return [`part ${index + 1}: ${contentType}`, ...[...headers].sort(), data].join(' | ');
}

// ---- tshark's

/** What tshark says of a PDU. */
export function theirAccount(mmse: Dissected): Account {
  const base = mmse.pos;
  return [...headerLines(mmse, base), ...bodyLines(mmse, base), ...(isMalformed(mmse) ? ['malformed'] : [])];
}

function isMalformed(mmse: Dissected): boolean {
  return find(mmse, '_ws.malformed') !== undefined;
}

function headerLines(mmse: Dissected, base: number): readonly string[] {
  return mmse.children.flatMap((field) => {
    if (field.name === 'wsp.header.content_type') {
      // The field starts behind the octet 0x84 of the header.
      return [`header @${field.pos - 1 - base}+${field.size + 1} ${theirContentType(field)}`];
    }
    if (!field.name.startsWith('mmse.')) return [];
    return [`header @${field.pos - base}+${field.size} ${theirValue(field)}`];
  });
}

function theirValue(field: Dissected): string {
  const { name, show, showname, value } = field;
  const raw = Buffer.from(value, 'hex');
  if (name === 'mmse.header.uint' || name === 'mmse.header.bytes') return rawValue(raw);
  if (name === 'mmse.ffheader') return showname;
  if (name.endsWith('.rel')) return `relative ${Number(show)}`;
  if (name.endsWith('.abs') || name === 'mmse.date') return `absolute ${secondsOf(show)}`;
  if (name.startsWith('mmse.previously_sent')) return theirHop(field);
  const token = /: (.*) \((0x[0-9a-f]{2})\)$/.exec(showname);
  if (token === null) return show;
  const [, tokenName = '', octet = ''] = token;
  return `${octet} ${name === 'mmse.message_type' ? tokenName : plainName(tokenName)}`;
}

function theirHop(field: Dissected): string {
  const [count, value] = field.children;
  const shown = field.name.endsWith('date')
    ? `absolute ${secondsOf(value?.show ?? '')}`
    : (value?.show ?? '');
  return `hop ${count?.show ?? ''}: ${shown}`;
}

function secondsOf(date: string): number {
  return Date.parse(date.replace(/\.0+/, '')) / 1000;
}

const PARAMETER_NAMES: ReadonlyMap<string, string> = new Map([
  ['upart.type', 'type'],
  ['start_info', 'start-info'],
]);

function theirContentType({ show, children }: Dissected): string {
  return [show, ...children.flatMap(theirParameter)].join('; ');
}

function theirParameter({ name, show }: Dissected): readonly string[] {
  const suffix = name.replace('wsp.parameter.', '');
  if (suffix === 'type') return [];
  if (suffix === 'charset') return [`charset=${mibenumOf(show) ?? show}`];
  return [`${PARAMETER_NAMES.get(suffix) ?? suffix}=${show}`];
}

function bodyLines(mmse: Dissected, base: number): readonly string[] {
  const data = find(mmse, 'wsp.post.data');
  if (data === undefined) return [];
  const isMultipart = data.children.some(({ show }) => show === 'Multipart body');
  if (!isMultipart) return [`body of ${data.size}`];
  const parts = data.children
    .flatMap(({ children }) => children)
    .filter(({ name }) => name === 'wsp.multipart');
  return parts.map((part, index) => theirPart(part, index, base));
}

const SHOWN_PART_HEADERS = new Set(['content_id', 'content_location', 'content_disposition']);

function theirPart(part: Dissected, index: number, base: number): string {
  const contentType = part.children.find(({ name }) => name === 'wsp.header.content_type');
  if (contentType === undefined) return `part ${index + 1}: unreadable`;
  const headers = part.children.find(({ name }) => name === 'wsp.headers');
  const last = headers ?? contentType;
  const start = last.pos + last.size;
  const bytes = Buffer.from(part.value, 'hex').subarray(start - part.pos);
  const shown = (headers?.children ?? []).flatMap(({ name, show }) => {
    const suffix = name.replace('wsp.header.', '');
    return SHOWN_PART_HEADERS.has(suffix) ? [`${suffix}=${show}`] : [];
  });
  return partLine({
    index,
    start: start - base,
    bytes,
    contentType: theirContentType(contentType),
    headers: shown,
  });
}

/** The lines in which two accounts differ: `-` for what only we say, `+` for what only tshark says. */
export function disagreements(ours: Account, theirs: Account): readonly string[] {
  const [ourLines, theirLines] = [new Set(ours), new Set(theirs)];
  return [
    ...ours.filter((line) => !theirLines.has(line)).map((line) => `- ${line}`),
    ...theirs.filter((line) => !ourLines.has(line)).map((line) => `+ ${line}`),
  ];
}
