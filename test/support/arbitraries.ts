/** Arbitraries of whole PDUs, built from the codec's own tables: one for each value codec, one row for each header. */
import fc, { type Arbitrary } from 'fast-check';
import { CHARSETS, mibenumOf } from '../../src/codec/charsets.ts';
import { isMultipart, type ContentType } from '../../src/codec/content-type.ts';
import { encodedString, type EncodedString } from '../../src/codec/encoded-string.ts';
import { canonicalMediaType, codeOfMediaType } from '../../src/codec/media-type.ts';
import { MAILBOX_LIST_FIELDS, MAILBOX_LIST_TYPES, type MmsHeaders } from '../../src/codec/mms-fields.ts';
import { MMS_MESSAGES } from '../../src/codec/mms-messages.ts';
import * as tokens from '../../src/codec/mms-tokens.ts';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import { writeMultipart, type Multipart, type Part } from '../../src/codec/multipart.ts';
import { PARAMETERS, type Parameter } from '../../src/codec/parameters.ts';
import type { ContentDisposition, OtherHeader, PartHeaders } from '../../src/codec/part-headers.ts';
import type { ApplicationHeader, MmsPdu, PduBody, UnknownHeader } from '../../src/codec/pdu-types.ts';
import { decodeCharset } from '../../src/codec/text.ts';
import type { TokenTable } from '../../src/codec/token.ts';
import { MEDIA_TYPES, WSP_HEADERS } from '../../src/codec/wsp-numbers.ts';
import { Writer } from '../../src/codec/writer.ts';

/** Any text that a header can hold: all characters but NUL. */
export const text: Arbitrary<string> = fc
  .oneof({ weight: 3, arbitrary: fc.string() }, fc.string({ unit: 'binary' }))
  .map((value) => value.replaceAll('\0', ''));

const plainText = fc.stringMatching(/^[ -~]{0,20}$/);
const longInteger = fc.maxSafeNat();
const shortInteger = fc.nat(0x7f);

/** Octets of up to so many. */
export const bytesOf = (maxLength: number): Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });

/** A token by its name, or an octet without one. */
export function token<const Table extends TokenTable>(
  table: Table,
  lowest = 0,
): Arbitrary<Table[keyof Table] | number> {
  const unassigned = fc.integer({ min: lowest, max: 0xff }).filter((octet) => table[octet] === undefined);
  const names = Object.values(table) as Table[keyof Table][];
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, unassigned);
}

const isWide = (charset: number): boolean => [1000, 1013, 1014, 1015].includes(charset);

/** The value that octets in a charset decode to. */
function inCharset(charset: number, octets: Uint8Array): EncodedString {
  const { text: decoded, exact } = decodeCharset(octets, charset);
  const kind = CHARSETS.get(charset)?.decoder.kind;
  const isArithmetic = exact && kind !== undefined && kind !== 'label';
  return isArithmetic ? { text: decoded, charset } : { text: decoded, charset, raw: octets };
}

const anyCharset = fc.oneof(fc.constantFrom(...CHARSETS.keys()), fc.nat(3000));

const charsetOctets = fc.tuple(anyCharset, bytesOf(12)).map(([charset, octets]) => {
  if (!isWide(charset))
    return inCharset(
      charset,
      octets.filter((octet) => octet !== 0),
    );
  const whole = octets.subarray(0, octets.length & ~1);
  const isSwapped = charset !== 1013 && charset !== 1014 && whole[0] === 0xff && whole[1] === 0xfe;
  return inCharset(charset, isSwapped ? whole.subarray(2) : whole);
});

const mayBeUtf16 = (value: string): boolean => !value.startsWith('\uFFFE');

/** Encoded-string-value, with and without its charset, valid and not. */
export const encodedText: Arbitrary<EncodedString> = fc.oneof(
  plainText.map((value) => encodedString(value)),
  text.map((value) => ({ text: value })),
  text.map((value) => ({ text: value, charset: 106 })),
  text.filter(mayBeUtf16).map((value) => ({ text: value, charset: 1015 })),
  charsetOctets,
);

const address = fc.oneof(fc.constant({ text: '+15550100001/TYPE=PLMN' }), encodedText);
const from = fc.oneof(
  fc.constant({ kind: 'insert-address' as const }),
  address.map((value) => ({ kind: 'address' as const, address: value })),
);
const time = fc.record({ kind: fc.constantFrom('absolute', 'relative'), seconds: longInteger });
const messageClass = fc.oneof(
  fc.constantFrom(...Object.values(tokens.MESSAGE_CLASS_TOKENS)),
  text.filter((value) => !/^(0x|personal|advert|inform|auto)/i.test(value)),
);
const version = fc
  .tuple(fc.nat(7), fc.nat(15))
  .map(([major, minor]) => (minor === 15 ? `${major}` : `${major}.${minor}`));
const previous = <T>(value: Arbitrary<T>): Arbitrary<{ hop: number; value: T }> =>
  fc.record({ hop: longInteger, value });
const amount = fc.record({ unit: token(tokens.MBOX_UNIT_TOKENS), amount: longInteger });
const flags = fc.record({ action: token(tokens.MM_FLAGS_TOKENS), keyword: encodedText });
const plainOrCounted = <T>(plain: Arbitrary<T>, counted: Arbitrary<T>) =>
  fc.oneof(plain, fc.record({ count: longInteger, value: counted }));

/** A value of a header that is kept as octets: one octet, a counted value, or a text. */
export const opaque: Arbitrary<Uint8Array> = fc.oneof(
  fc.integer({ min: 0x80, max: 0xff }).map((octet) => Uint8Array.of(octet)),
  bytesOf(30).map((octets) => Uint8Array.of(octets.length, ...octets)),
  plainText.filter((value) => value !== '').map((value) => new TextEncoder().encode(`${value}\0`)),
);

const unnamedMediaType = fc
  .stringMatching(/^[a-zA-Z]{1,8}\/[a-zA-Z0-9.+-]{1,8}$/)
  .filter((value) => codeOfMediaType(value) === undefined);
const unassignedMediaType = fc
  .integer({ min: 0x53, max: 0x1_0000 })
  .filter((code) => !MEDIA_TYPES.has(code))
  .map((code) => `application/x-wsp-0x${code.toString(16)}`);
const oddMediaType = text
  .map((value) => canonicalMediaType(value.replaceAll(';', '').trim()))
  .filter((value) => value !== '' && codeOfMediaType(value) === undefined);
const mediaType = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...MEDIA_TYPES.values()) },
    unnamedMediaType,
    unassignedMediaType,
    oddMediaType,
  )
  .filter((value) => !isMultipart({ mediaType: value, parameters: [] }));
const multipartType = fc.constantFrom(
  'application/vnd.wap.multipart.related',
  'application/vnd.wap.multipart.mixed',
  'application/vnd.wap.multipart.alternative',
  'multipart/mixed',
  'multipart/x-own',
);

const parameterName = fc.oneof(
  fc.constantFrom(...new Set([...PARAMETERS.values()].map(({ name }) => name))),
  text.map((value) => value.toLowerCase()).filter((value) => value !== '' && value !== 'unreadable'),
);
const parameterValue = fc.oneof(text, longInteger, shortInteger);

/** Texts that read as what they stand for: a charset's name as its number, a media type in the table's case. */
function parameter(name: string, value: string | number): Parameter {
  if (typeof value === 'number') return { name, value };
  if (name === 'charset') return { name, value: mibenumOf(value) ?? value };
  return { name, value: name === 'type' ? canonicalMediaType(value) : value };
}

const readable = fc.tuple(parameterName, parameterValue).map(([name, value]) => parameter(name, value));
const charset = anyCharset.map((value) => ({ name: 'charset', value }));
const type = mediaType.map((value) => ({ name: 'type', value }));
const unreadable = bytesOf(8).map((octets) => [
  { name: 'unreadable', value: Uint8Array.of(0xff, ...octets) },
]);

/** Parameters of a Content-Type or Content-Disposition. */
export const parameters: Arbitrary<readonly Parameter[]> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: readable }, charset, type), { maxLength: 5 }),
    fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, unreadable),
  )
  .map(([known, unknown]) => [...known, ...unknown]);

/** A Content-Type that labels no multipart. */
export const plainContentType: Arbitrary<ContentType> = fc.record({ mediaType, parameters });
const multipartContentType: Arbitrary<ContentType> = fc.record({ mediaType: multipartType, parameters });

const elementDescriptor = fc.record({ reference: text, parameters });
const some = <T>(value: Arbitrary<T>): Arbitrary<readonly T[]> =>
  fc.array(value, { minLength: 1, maxLength: 3 });
const yesNo = token(tokens.YES_NO);
const responseStatus = token(tokens.RESPONSE_STATUS_TOKENS);

type HeaderArbitraries = {
  readonly [Key in keyof MmsHeaders]-?: Arbitrary<NonNullable<MmsHeaders[Key]>>;
};

/** One arbitrary for each header; the compiler holds it to all of them. */
export const HEADERS: HeaderArbitraries = {
  bcc: some(address),
  cc: some(address),
  contentLocation: text,
  contentLocations: some(plainOrCounted(text, text)),
  contentType: plainContentType,
  date: longInteger,
  deliveryReport: yesNo,
  deliveryTime: time,
  expiry: time,
  from,
  messageClass,
  messageId: text,
  version,
  messageSize: longInteger,
  priority: token(tokens.PRIORITY_TOKENS),
  readReport: yesNo,
  reportAllowed: yesNo,
  responseStatus,
  responseStatuses: some(
    plainOrCounted(token(tokens.RESPONSE_STATUS_TOKENS, 0x80), token(tokens.RESPONSE_STATUS_TOKENS)),
  ),
  responseText: encodedText,
  responseTexts: some(encodedText),
  senderVisibility: token(tokens.SENDER_VISIBILITY_TOKENS),
  status: token(tokens.STATUS_TOKENS),
  subject: encodedText,
  to: some(address),
  transactionId: text,
  retrieveStatus: token(tokens.RETRIEVE_STATUS_TOKENS),
  retrieveText: encodedText,
  readStatus: token(tokens.READ_STATUS_TOKENS),
  replyCharging: token(tokens.REPLY_CHARGING_TOKENS),
  replyChargingDeadline: time,
  replyChargingId: text,
  replyChargingSize: longInteger,
  previouslySentBy: some(previous(encodedText)),
  previouslySentDate: some(previous(longInteger)),
  store: yesNo,
  mmState: some(token(tokens.MM_STATE_TOKENS)),
  mmFlags: some(flags),
  storeStatus: token(tokens.STORE_STATUS_TOKENS),
  storeStatusText: encodedText,
  stored: yesNo,
  attributes: some(shortInteger),
  totals: yesNo,
  mboxTotals: some(amount),
  quotas: yesNo,
  mboxQuotas: some(amount),
  messageCount: longInteger,
  content: some(opaque),
  start: longInteger,
  additionalHeaders: some(opaque),
  distributionIndicator: yesNo,
  elementDescriptor: some(elementDescriptor),
  limit: longInteger,
  recommendedRetrievalMode: token(tokens.RETRIEVAL_MODE_TOKENS),
  recommendedRetrievalModeText: encodedText,
  statusText: encodedText,
  applicId: text,
  replyApplicId: text,
  auxApplicInfo: text,
  contentClass: token(tokens.CONTENT_CLASS_TOKENS),
  drmContent: yesNo,
  adaptationAllowed: yesNo,
  replaceId: text,
  cancelId: text,
  cancelStatus: token(tokens.CANCEL_STATUS_TOKENS),
};

const READ_PART_HEADERS = new Set([0x40, 0x0e, 0x2e, 0x45, 0x48]);
const numberedHeader = fc
  .nat(0x7f)
  .filter((code) => !READ_PART_HEADERS.has(code))
  .map((code) => WSP_HEADERS.get(code) ?? `0x${(code | 0x80).toString(16)}`);
const headerName = fc
  .stringMatching(/^[!-~]{1,12}$/)
  .filter((name) => !/^content-(id|location|disposition|transfer-encoding):?$/i.test(name));

/** An application header. */
export const applicationHeader: Arbitrary<ApplicationHeader> = fc.record({ name: headerName, value: text });

const otherHeader: Arbitrary<OtherHeader> = fc.oneof(
  applicationHeader,
  fc.record({ name: numberedHeader, value: opaque }),
);
const contentDisposition: Arbitrary<ContentDisposition> = fc.record({
  disposition: fc.oneof(
    fc.constantFrom('form-data', 'attachment', 'inline'),
    text.filter((value) => value.toLowerCase() === value),
  ),
  parameters,
});

/** The headers of a part. */
export const partHeaders: Arbitrary<PartHeaders> = fc.record(
  {
    contentId: text,
    contentLocation: text,
    contentDisposition,
    contentTransferEncoding: fc.oneof(fc.constantFrom('base64', 'quoted-printable', '8bit'), text),
    others: fc.array(otherHeader, { maxLength: 3 }),
  },
  { requiredKeys: ['others'] },
);

const leaf: Arbitrary<Part> = fc.record({
  contentType: plainContentType,
  headers: partHeaders,
  bytes: bytesOf(40),
});

function nest(contentType: ContentType, headers: PartHeaders, nested: Multipart): Part {
  const bytes = Writer.collect((out) => {
    writeMultipart(nested, out);
  });
  return { contentType, headers, bytes, nested };
}

/** A multipart whose parts are multiparts themselves down to so many levels. */
export function multipart(levels: number): Arbitrary<Multipart> {
  const branch = (): Arbitrary<Part> =>
    fc.tuple(multipartContentType, partHeaders, multipart(levels - 1)).map((part) => nest(...part));
  const part = levels > 1 ? fc.oneof({ weight: 4, arbitrary: leaf }, branch()) : leaf;
  return fc.record({ kind: fc.constant('multipart' as const), parts: fc.array(part, { maxLength: 3 }) });
}

const content: Arbitrary<{ contentType?: ContentType; body: PduBody | undefined }> = fc.oneof(
  fc.constant({ body: undefined }),
  fc.record({
    contentType: plainContentType,
    body: fc.record({ kind: fc.constant('single' as const), bytes: bytesOf(60) }),
  }),
  fc.record({ contentType: multipartContentType, body: multipart(3) }),
);

const unknownHeader: Arbitrary<UnknownHeader> = fc.record({
  octet: fc.oneof(fc.constant(0x80), fc.integer({ min: 0xc0, max: 0xff })),
  value: opaque,
});

const LIST_KEYS = new Map<string, string>([
  ['contentLocation', 'contentLocations'],
  ['responseStatus', 'responseStatuses'],
  ['responseText', 'responseTexts'],
]);

/** The headers that a type reads: of those that mailbox PDUs list, either the one or the list. */
function keysOf(messageType: MessageType): readonly (keyof MmsHeaders)[] {
  const isList = MAILBOX_LIST_TYPES.has(messageType);
  const keys = Object.keys(HEADERS) as (keyof MmsHeaders)[];
  const isRead = (key: string): boolean =>
    isList ? !LIST_KEYS.has(key) : !Object.hasOwn(MAILBOX_LIST_FIELDS, key);
  return keys.filter((key) => key !== 'contentType' && isRead(key));
}

function headersOf(messageType: MessageType): Arbitrary<MmsHeaders> {
  const own = keysOf(messageType);
  const { order } = MMS_MESSAGES[messageType];
  const chosen = fc.oneof(
    { weight: 3, arbitrary: fc.subarray(own.filter((key) => order.includes(key))) },
    fc.subarray([...own], { maxLength: 12 }),
  );
  return chosen.chain((keys) => {
    const rows: Record<string, Arbitrary<unknown>> = Object.fromEntries(
      keys.map((key) => [key, HEADERS[key]]),
    );
    return fc.record(rows) as Arbitrary<MmsHeaders>;
  });
}

/** A whole PDU of a type: any of its headers, some that are not its own, and content. */
export function pduOf(messageType: MessageType): Arbitrary<MmsPdu> {
  return fc
    .record({
      headers: headersOf(messageType),
      applicationHeaders: fc.array(applicationHeader, { maxLength: 2 }),
      unknownHeaders: fc.array(unknownHeader, { maxLength: 2 }),
      content,
    })
    .map(({ headers, content: { contentType, body }, ...rest }) => ({
      type: messageType,
      headers: contentType === undefined ? headers : { ...headers, contentType },
      ...rest,
      body,
    }));
}

/** A whole PDU of any type. */
export const pdu: Arbitrary<MmsPdu> = fc
  .constantFrom(...Object.values(tokens.MESSAGE_TYPE_TOKENS))
  .chain((messageType) => pduOf(messageType));
