/** The header table of MMS 1.3 (OMA-TS-MMS_ENC-V1_3 table 25 and section 7.3): one row a header. */
import { contentTypeValue } from './content-type.ts';
import { encodedStringValue } from './encoded-string.ts';
import * as tokens from './mms-tokens.ts';
import {
  elementDescriptorValue,
  fromValue,
  mboxAmountValue,
  messageTypeValue,
  mmFlagsValue,
  opaqueValue,
  plainOrCounted,
  previouslySent,
  timeValue,
  versionValue,
} from './mms-values.ts';
import { tokenOf, tokenOrText } from './token.ts';
import type { ValueCodec } from './value-codec.ts';
import { integer, longInteger, shortInteger, textString, uri } from './wsp-values.ts';

/** One header: its octet on the wire, its name, its value, and whether it may stand more than once. */
export interface FieldRow<T = unknown, Repeats extends boolean = boolean> {
  readonly octet: number;
  readonly name: string;
  readonly codec: ValueCodec<T>;
  readonly repeats: Repeats;
}

const once = <T>(octet: number, name: string, codec: ValueCodec<T>): FieldRow<T, false> => ({
  octet,
  name,
  codec,
  repeats: false,
});

const many = <T>(octet: number, name: string, codec: ValueCodec<T>): FieldRow<T, true> => ({
  octet,
  name,
  codec,
  repeats: true,
});

const yesNo = tokenOf(tokens.YES_NO);
const responseStatus = tokenOf(tokens.RESPONSE_STATUS_TOKENS);

/** Every assigned header, in the order of its number. */
export const MMS_FIELDS = {
  bcc: many(0x81, 'Bcc', encodedStringValue),
  cc: many(0x82, 'Cc', encodedStringValue),
  contentLocation: once(0x83, 'X-Mms-Content-Location', uri),
  contentType: once(0x84, 'Content-Type', contentTypeValue),
  date: once(0x85, 'Date', longInteger),
  deliveryReport: once(0x86, 'X-Mms-Delivery-Report', yesNo),
  deliveryTime: once(0x87, 'X-Mms-Delivery-Time', timeValue),
  expiry: once(0x88, 'X-Mms-Expiry', timeValue),
  from: once(0x89, 'From', fromValue),
  messageClass: once(0x8a, 'X-Mms-Message-Class', tokenOrText(tokens.MESSAGE_CLASS_TOKENS)),
  messageId: once(0x8b, 'Message-ID', textString),
  messageType: once(0x8c, 'X-Mms-Message-Type', messageTypeValue),
  version: once(0x8d, 'X-Mms-MMS-Version', versionValue),
  messageSize: once(0x8e, 'X-Mms-Message-Size', longInteger),
  priority: once(0x8f, 'X-Mms-Priority', tokenOf(tokens.PRIORITY_TOKENS)),
  readReport: once(0x90, 'X-Mms-Read-Report', yesNo),
  reportAllowed: once(0x91, 'X-Mms-Report-Allowed', yesNo),
  responseStatus: once(0x92, 'X-Mms-Response-Status', responseStatus),
  responseText: once(0x93, 'X-Mms-Response-Text', encodedStringValue),
  senderVisibility: once(0x94, 'X-Mms-Sender-Visibility', tokenOf(tokens.SENDER_VISIBILITY_TOKENS)),
  status: once(0x95, 'X-Mms-Status', tokenOf(tokens.STATUS_TOKENS)),
  subject: once(0x96, 'Subject', encodedStringValue),
  to: many(0x97, 'To', encodedStringValue),
  transactionId: once(0x98, 'X-Mms-Transaction-Id', textString),
  retrieveStatus: once(0x99, 'X-Mms-Retrieve-Status', tokenOf(tokens.RETRIEVE_STATUS_TOKENS)),
  retrieveText: once(0x9a, 'X-Mms-Retrieve-Text', encodedStringValue),
  readStatus: once(0x9b, 'X-Mms-Read-Status', tokenOf(tokens.READ_STATUS_TOKENS)),
  replyCharging: once(0x9c, 'X-Mms-Reply-Charging', tokenOf(tokens.REPLY_CHARGING_TOKENS)),
  replyChargingDeadline: once(0x9d, 'X-Mms-Reply-Charging-Deadline', timeValue),
  replyChargingId: once(0x9e, 'X-Mms-Reply-Charging-ID', textString),
  replyChargingSize: once(0x9f, 'X-Mms-Reply-Charging-Size', longInteger),
  previouslySentBy: many(0xa0, 'X-Mms-Previously-Sent-By', previouslySent(encodedStringValue)),
  previouslySentDate: many(0xa1, 'X-Mms-Previously-Sent-Date', previouslySent(longInteger)),
  store: once(0xa2, 'X-Mms-Store', yesNo),
  mmState: many(0xa3, 'X-Mms-MM-State', tokenOf(tokens.MM_STATE_TOKENS)),
  mmFlags: many(0xa4, 'X-Mms-MM-Flags', mmFlagsValue),
  storeStatus: once(0xa5, 'X-Mms-Store-Status', tokenOf(tokens.STORE_STATUS_TOKENS)),
  storeStatusText: once(0xa6, 'X-Mms-Store-Status-Text', encodedStringValue),
  stored: once(0xa7, 'X-Mms-Stored', yesNo),
  attributes: many(0xa8, 'X-Mms-Attributes', shortInteger),
  totals: once(0xa9, 'X-Mms-Totals', yesNo),
  mboxTotals: many(0xaa, 'X-Mms-Mbox-Totals', mboxAmountValue),
  quotas: once(0xab, 'X-Mms-Quotas', yesNo),
  mboxQuotas: many(0xac, 'X-Mms-Mbox-Quotas', mboxAmountValue),
  messageCount: once(0xad, 'X-Mms-Message-Count', integer),
  content: many(0xae, 'Content', opaqueValue),
  start: once(0xaf, 'X-Mms-Start', integer),
  additionalHeaders: many(0xb0, 'Additional-headers', opaqueValue),
  distributionIndicator: once(0xb1, 'X-Mms-Distribution-Indicator', yesNo),
  elementDescriptor: many(0xb2, 'X-Mms-Element-Descriptor', elementDescriptorValue),
  limit: once(0xb3, 'X-Mms-Limit', integer),
  recommendedRetrievalMode: once(
    0xb4,
    'X-Mms-Recommended-Retrieval-Mode',
    tokenOf(tokens.RETRIEVAL_MODE_TOKENS),
  ),
  recommendedRetrievalModeText: once(0xb5, 'X-Mms-Recommended-Retrieval-Mode-Text', encodedStringValue),
  statusText: once(0xb6, 'X-Mms-Status-Text', encodedStringValue),
  applicId: once(0xb7, 'X-Mms-Applic-ID', textString),
  replyApplicId: once(0xb8, 'X-Mms-Reply-Applic-ID', textString),
  auxApplicInfo: once(0xb9, 'X-Mms-Aux-Applic-Info', textString),
  contentClass: once(0xba, 'X-Mms-Content-Class', tokenOf(tokens.CONTENT_CLASS_TOKENS)),
  drmContent: once(0xbb, 'X-Mms-DRM-Content', yesNo),
  adaptationAllowed: once(0xbc, 'X-Mms-Adaptation-Allowed', yesNo),
  replaceId: once(0xbd, 'X-Mms-Replace-ID', textString),
  cancelId: once(0xbe, 'X-Mms-Cancel-ID', textString),
  cancelStatus: once(0xbf, 'X-Mms-Cancel-Status', tokenOf(tokens.CANCEL_STATUS_TOKENS)),
} as const;

/**
 * Headers that the mailbox PDUs list, and count by message, where every other PDU has one (7.3.10, 7.3.48). They
 * replace the rows of the same octets in the PDU types of `MAILBOX_LIST_TYPES`.
 */
export const MAILBOX_LIST_FIELDS = {
  contentLocations: many(0x83, 'X-Mms-Content-Location', plainOrCounted(uri)),
  responseStatuses: many(0x92, 'X-Mms-Response-Status', plainOrCounted(responseStatus)),
  responseTexts: many(0x93, 'X-Mms-Response-Text', encodedStringValue),
} as const;

/** The PDU types whose Content-Location, Response-Status and Response-Text are lists. */
export const MAILBOX_LIST_TYPES: ReadonlySet<string> = new Set<tokens.MessageType>([
  'm-mbox-view-req',
  'm-mbox-delete-req',
  'm-mbox-delete-conf',
]);

const ALL_FIELDS = { ...MMS_FIELDS, ...MAILBOX_LIST_FIELDS };

/** The key of a header in `MmsHeaders`. */
export type FieldKey = keyof typeof ALL_FIELDS;

type ValueIn<Row> =
  Row extends FieldRow<infer T, true> ? readonly T[] : Row extends FieldRow<infer T, false> ? T : never;

/** The headers of a PDU but for its type: a value, or a list where the header may repeat. */
export type MmsHeaders = {
  readonly [Key in Exclude<FieldKey, 'messageType'>]?: ValueIn<(typeof ALL_FIELDS)[Key]>;
};

/** A header and its key. */
export interface Field {
  readonly key: FieldKey;
  readonly row: FieldRow;
}

const fieldsOf = (rows: Readonly<Record<string, unknown>>): [FieldKey, Field][] =>
  Object.entries(rows).map(([key, row]) => [key as FieldKey, { key: key as FieldKey, row: row as FieldRow }]);

/** Headers by their key. */
export const FIELDS: ReadonlyMap<FieldKey, Field> = new Map(fieldsOf(ALL_FIELDS));

const byOctet = (rows: Readonly<Record<string, unknown>>): [number, Field][] =>
  fieldsOf(rows).map(([, field]) => [field.row.octet, field]);

const BY_OCTET: ReadonlyMap<number, Field> = new Map(byOctet(MMS_FIELDS));
const BY_OCTET_IN_LISTS: ReadonlyMap<number, Field> = new Map([...BY_OCTET, ...byOctet(MAILBOX_LIST_FIELDS)]);

/** The header that an octet starts in a PDU of this type, or undefined when the octet is not assigned. */
export function fieldOf(octet: number, type: string | undefined): Field | undefined {
  const isList = type !== undefined && MAILBOX_LIST_TYPES.has(type);
  return (isList ? BY_OCTET_IN_LISTS : BY_OCTET).get(octet);
}
