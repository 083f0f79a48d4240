import { encodedString, type EncodedString } from '../codec/encoded-string.ts';
import { MIBENUM } from '../codec/charsets.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import type { MessageType } from '../codec/mms-tokens.ts';
import { encodePdu } from '../codec/pdu.ts';
import type { PduBody } from '../codec/pdu-types.ts';
import { encodeCharset, encodeUtf8 } from '../codec/text.ts';
import type { PduFacts } from '../inspection/scan-outcome.ts';
import type { ReplyTexts, SubscriberText } from './notice-texts.ts';
import { reasonRow, type ReasonRow, type ReplyReason, type ReplySettings } from './reply-reasons.ts';

/** An HTTP answer that the proxy makes itself. */
export interface OwnReply {
  readonly status: number;
  readonly headers: string[];
  readonly body: Uint8Array;
}

/** The PDU that an answer is to. */
export type AnsweredPdu = Pick<PduFacts, 'type' | 'headers'>;

/** What an answer is made of, beside the PDU that it is to and the reason. */
export interface ReplyContext {
  /** In the language of who gets the answer. */
  readonly texts: ReplyTexts;
  readonly settings: ReplySettings;
  /** By which the message is found again: an Ok gives it as Message-ID. Unique, without spaces. */
  readonly reference: string;
  /** Unix milliseconds. */
  readonly nowMs: number;
}

/** Where a confirmation carries its status. */
type StatusPlace = 'response' | 'response-list' | 'store';

interface ConfirmationRow {
  readonly type: MessageType;
  readonly status: StatusPlace;
  /** By what a handset refers to a message that was accepted. */
  readonly given?: 'messageId' | 'contentLocation';
}

/** The confirmation that ends the transaction of each request of a handset (OMA-TS-MMS_ENC-V1_3 section 6). */
const CONFIRMATIONS: ReadonlyMap<MessageType, ConfirmationRow> = new Map([
  ['m-send-req', { type: 'm-send-conf', status: 'response', given: 'messageId' }],
  ['m-forward-req', { type: 'm-forward-conf', status: 'response', given: 'messageId' }],
  ['m-mbox-store-req', { type: 'm-mbox-store-conf', status: 'store', given: 'contentLocation' }],
  ['m-mbox-view-req', { type: 'm-mbox-view-conf', status: 'response' }],
  ['m-mbox-upload-req', { type: 'm-mbox-upload-conf', status: 'store', given: 'contentLocation' }],
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
 * now, it gets an HTTP error, on which mmsd-tng sends it again. What is no PDU at all, or none of a handset, gets an HTTP
 * error. What is accepted gets an Ok in each case. Pure.
 */
export function replyToPost(
  posted: AnsweredPdu | undefined,
  reason: ReplyReason,
  context: ReplyContext,
): OwnReply {
  const row = reasonRow(reason, context.settings);
  const confirmation = posted && CONFIRMATIONS.get(posted.type);
  if (posted !== undefined && confirmation !== undefined) {
    return mmsReply(encodePdu(confirmationOf(posted.headers, confirmation, row, context)));
  }
  const isIndication = posted !== undefined && INDICATIONS.has(posted.type);
  if (row.responseStatus === 'ok' || (isIndication && row.lasting === 'permanent')) return emptyReply();
  return httpReply(row.httpStatus, context.texts[row.text].text);
}

/**
 * The answer to a retrieval. A message that is refused for good is replaced by an m-retrieve-conf with a notice, with
 * the original's transaction id, From and Date where they are known, and without X-Mms-Retrieve-Status: every measured
 * handset then acknowledges, which ends the transaction at the MMSC too (with 0xE3 Sailfish does not). For a passing
 * failure the answer is an HTTP error: mmsd-tng acknowledges whatever m-retrieve-conf it gets, and the MMSC would then
 * drop the message; on an HTTP error no handset acknowledges, and the message stays where it is. An operator who knows
 * the handsets better may choose an m-retrieve-conf with a transient status, which MMS 1.0 does not have. Pure.
 */
export function replyToGet(
  original: AnsweredPdu | undefined,
  reason: ReplyReason,
  context: ReplyContext,
): OwnReply {
  const row = reasonRow(reason, context.settings);
  const text = context.texts[row.text];
  if (row.lasting === 'permanent') return mmsReply(substituteOf(original, {}, context.nowMs, text));
  const isWanted = context.settings.transientRetrieve === 'retrieve-conf';
  if (!isWanted || original?.type !== 'm-retrieve-conf' || isMms10(original.headers)) {
    return httpReply(row.httpStatus, text.text);
  }
  const { retrieveStatus = 'error-transient-failure' } = row;
  const status = { retrieveStatus, retrieveText: headerText(text) };
  return mmsReply(substituteOf(original, status, context.nowMs, text));
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

/** An answer that says nothing but that all is well. */
function emptyReply(): OwnReply {
  return { status: 200, headers: ['Content-Length', '0'], body: new Uint8Array() };
}

const MIXED = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };

/** An m-retrieve-conf with a notice for its only part. */
function substituteOf(
  original: AnsweredPdu | undefined,
  status: Pick<MmsHeaders, 'retrieveStatus' | 'retrieveText'>,
  nowMs: number,
  text: SubscriberText,
): Uint8Array {
  const { transactionId, version = VERSION_UNKNOWN, from, date } = original?.headers ?? {};
  const headers: MmsHeaders = {
    ...(transactionId !== undefined && { transactionId }),
    version,
    // stock Android drops an m-retrieve-conf without a date
    date: date ?? Math.floor(nowMs / 1000),
    ...(from?.kind === 'address' && { from }),
    ...status,
    contentType: MIXED,
  };
  return encodePdu({
    type: 'm-retrieve-conf',
    headers,
    applicationHeaders: [],
    unknownHeaders: [],
    body: notice(text),
  });
}

function notice({ text, charset }: SubscriberText): PduBody {
  const contentType = { mediaType: 'text/plain', parameters: [{ name: 'charset', value: charset }] };
  const headers = { contentId: '<notice>', contentLocation: 'notice.txt', others: [] };
  const bytes = encodeCharset(text, charset) ?? encodeUtf8(text);
  return { kind: 'multipart', parts: [{ contentType, headers, bytes }] };
}

/** Without a charset where it is ASCII, which is what the oldest handsets read. */
function headerText({ text, charset }: SubscriberText): EncodedString {
  return charset === MIBENUM.utf8 ? encodedString(text) : encodedString(text, charset);
}

function isMms10({ version = VERSION_UNKNOWN }: AnsweredPdu['headers']): boolean {
  return version === '1.0' || version === '1';
}

function confirmationOf(
  posted: AnsweredPdu['headers'],
  confirmation: ConfirmationRow,
  row: ReasonRow,
  context: ReplyContext,
): Parameters<typeof encodePdu>[0] {
  const { transactionId = '', version = VERSION_UNKNOWN } = posted;
  const { type, given } = confirmation;
  const isOk = row.responseStatus === 'ok';
  const headers: MmsHeaders = {
    transactionId,
    version,
    ...statusHeaders(confirmation.status, row, isMms10(posted)),
    ...(!isOk && textHeaders(confirmation.status, headerText(context.texts[row.text]))),
    ...(isOk && given !== undefined && { [given]: context.reference }),
  };
  const isEmptyList = type === 'm-mbox-view-conf';
  return {
    type,
    headers: isEmptyList ? { ...headers, contentType: MIXED } : headers,
    applicationHeaders: [],
    unknownHeaders: [],
    body: isEmptyList ? { kind: 'multipart', parts: [] } : undefined,
  };
}

function statusHeaders(place: StatusPlace, row: ReasonRow, isMms10Client: boolean): MmsHeaders {
  const responseStatus = isMms10Client ? row.responseStatus10 : row.responseStatus;
  switch (place) {
    case 'response':
      return { responseStatus };
    case 'response-list':
      return { responseStatuses: [responseStatus] };
    case 'store':
      return { storeStatus: row.storeStatus };
  }
}

function textHeaders(place: StatusPlace, text: EncodedString): MmsHeaders {
  switch (place) {
    case 'response':
      return { responseText: text };
    case 'response-list':
      // optional, and Wireshark reads another form of it than we do
      return {};
    case 'store':
      return { storeStatusText: text };
  }
}
