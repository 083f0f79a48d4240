import { encodedString } from '../codec/encoded-string.ts';
import { MIBENUM } from '../codec/charsets.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import type { MessageType } from '../codec/mms-tokens.ts';
import { encodePdu } from '../codec/pdu.ts';
import type { PduBody } from '../codec/pdu-types.ts';
import { encodeUtf8 } from '../codec/text.ts';
import { REPLY_REASONS, type ReasonRow, type ReplyReason } from './reply-reasons.ts';
import type { PduFacts } from '../inspection/scan-outcome.ts';
import type { ProxySettings } from './settings.ts';

/** An HTTP answer that the proxy makes itself. */
export interface OwnReply {
  readonly status: number;
  readonly headers: string[];
  readonly body: Uint8Array;
}

/** The PDU that an answer is to. */
export type AnsweredPdu = Pick<PduFacts, 'type' | 'headers'>;

/** The texts that subscribers read. */
export type ReplyTexts = ProxySettings['texts'];

/** Where a confirmation carries its status. */
type StatusPlace = 'response' | 'response-list' | 'store';

interface ConfirmationRow {
  readonly type: MessageType;
  readonly status: StatusPlace;
}

/** The confirmation that ends the transaction of each request of a handset (OMA-TS-MMS_ENC-V1_3 section 6). */
const CONFIRMATIONS: ReadonlyMap<MessageType, ConfirmationRow> = new Map([
  ['m-send-req', { type: 'm-send-conf', status: 'response' }],
  ['m-forward-req', { type: 'm-forward-conf', status: 'response' }],
  ['m-mbox-store-req', { type: 'm-mbox-store-conf', status: 'store' }],
  ['m-mbox-view-req', { type: 'm-mbox-view-conf', status: 'response' }],
  ['m-mbox-upload-req', { type: 'm-mbox-upload-conf', status: 'store' }],
  ['m-mbox-delete-req', { type: 'm-mbox-delete-conf', status: 'response-list' }],
  ['m-delete-req', { type: 'm-delete-conf', status: 'response' }],
]);

/** What a handset posts without waiting for a PDU. */
const INDICATIONS: ReadonlySet<MessageType> = new Set([
  'm-notifyresp-ind',
  'm-acknowledge-ind',
  'm-read-rec-ind',
  'm-cancel-conf',
]);

/** The version of an answer to a PDU that did not say its own: every handset understands it. */
const VERSION_UNKNOWN = '1.0';

/** For how long a client that honours Retry-After stays away. */
const RETRY_AFTER_SECONDS = 30;

/**
 * The answer to what a handset posted. A request is confirmed in MMS with HTTP 200, its transaction id and version
 * echoed: HTTP errors make some handsets try for ever. An indication has no confirmation. Refused for good, it gets an
 * empty 200, which ends it; the MMSC never sees it, and tells the handset of the message again as for any lost one. For
 * now, it gets an HTTP error, on which mmsd-tng sends it again. What is no PDU at all gets an HTTP error. Pure.
 */
export function replyToPost(
  posted: AnsweredPdu | undefined,
  reason: ReplyReason,
  texts: ReplyTexts,
): OwnReply {
  const row = REPLY_REASONS[reason];
  if (posted === undefined) return httpReply(row.httpStatus, texts[row.text]);
  const confirmation = CONFIRMATIONS.get(posted.type);
  if (confirmation !== undefined)
    return mmsReply(encodePdu(confirmationOf(posted, confirmation, row, texts)));
  if (INDICATIONS.has(posted.type) && row.lasting === 'permanent') {
    return { status: 200, headers: ['Content-Length', '0'], body: new Uint8Array() };
  }
  return httpReply(row.httpStatus, texts[row.text]);
}

/**
 * The answer to a retrieval. A message that is refused for good is replaced by an m-retrieve-conf with a notice, with
 * the original's transaction id, From and Date where they are known, and without X-Mms-Retrieve-Status: every measured
 * handset then acknowledges, which ends the transaction at the MMSC too (with 0xE3 Sailfish does not). For a passing
 * failure the answer is an HTTP error: mmsd-tng acknowledges whatever m-retrieve-conf it gets, and the MMSC would then
 * drop the message; on an HTTP error no handset acknowledges, and the message stays where it is. Pure.
 */
export function replyToGet(
  original: AnsweredPdu | undefined,
  reason: ReplyReason,
  texts: ReplyTexts,
  nowMs: number,
): OwnReply {
  const row = REPLY_REASONS[reason];
  const text = texts[row.text];
  if (row.lasting === 'transient') return httpReply(row.httpStatus, text);
  const { transactionId, version = VERSION_UNKNOWN, from, date } = original?.headers ?? {};
  const headers: MmsHeaders = {
    ...(transactionId !== undefined && { transactionId }),
    version,
    // stock Android drops an m-retrieve-conf without a date
    date: date ?? Math.floor(nowMs / 1000),
    ...(from?.kind === 'address' && { from }),
    contentType: MIXED,
  };
  return mmsReply(
    encodePdu({
      type: 'm-retrieve-conf',
      headers,
      applicationHeaders: [],
      unknownHeaders: [],
      body: notice(text),
    }),
  );
}

/** An HTTP answer with a text: for what is not MMS, or not to be answered in MMS. Pure. */
export function httpReply(status: number, text: string): OwnReply {
  const body = encodeUtf8(`${text}\n`);
  const headers = ['Content-Type', 'text/plain; charset=utf-8', 'Content-Length', `${body.length}`];
  if (status === 503) headers.push('Retry-After', `${RETRY_AFTER_SECONDS}`);
  if (status === 405) headers.push('Allow', 'POST, GET, HEAD');
  return { status, headers, body };
}

function mmsReply(body: Uint8Array): OwnReply {
  const headers = ['Content-Type', 'application/vnd.wap.mms-message', 'Content-Length', `${body.length}`];
  return { status: 200, headers, body };
}

const MIXED = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };

function notice(text: string): PduBody {
  const contentType = { mediaType: 'text/plain', parameters: [{ name: 'charset', value: MIBENUM.utf8 }] };
  const headers = { contentId: '<notice>', contentLocation: 'notice.txt', others: [] };
  return { kind: 'multipart', parts: [{ contentType, headers, bytes: encodeUtf8(text) }] };
}

function confirmationOf(
  posted: AnsweredPdu,
  { type, status }: ConfirmationRow,
  row: ReasonRow,
  texts: ReplyTexts,
): Parameters<typeof encodePdu>[0] {
  const { transactionId = '', version = VERSION_UNKNOWN } = posted.headers;
  const isMms10 = version === '1.0' || version === '1';
  const headers = { transactionId, version, ...statusHeaders(status, row, isMms10, texts[row.text]) };
  const isEmptyList = type === 'm-mbox-view-conf';
  return {
    type,
    headers: isEmptyList ? { ...headers, contentType: MIXED } : headers,
    applicationHeaders: [],
    unknownHeaders: [],
    body: isEmptyList ? { kind: 'multipart', parts: [] } : undefined,
  };
}

function statusHeaders(place: StatusPlace, row: ReasonRow, isMms10: boolean, text: string): MmsHeaders {
  const responseStatus = isMms10 ? row.responseStatus10 : row.responseStatus;
  switch (place) {
    case 'response':
      return { responseStatus, responseText: encodedString(text) };
    case 'response-list':
      return { responseStatuses: [responseStatus], responseTexts: [encodedString(text)] };
    case 'store':
      return { storeStatus: row.storeStatus, storeStatusText: encodedString(text) };
  }
}
