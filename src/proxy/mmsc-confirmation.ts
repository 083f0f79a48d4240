/** What the answer of an MMSC says of a message that was sent to it. */
import { DecodeError } from '../codec/decode-error.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import type { MessageType } from '../codec/mms-tokens.ts';
import { decodePdu, type DecodeOptions } from '../codec/pdu.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import type { UpstreamResponse } from './forwarder.ts';

/** How a delivery to an MMSC ended. */
export type Delivery =
  | { readonly kind: 'taken'; readonly messageId: string | undefined }
  /** The MMSC answered, and its answer is no. */
  | { readonly kind: 'refused'; readonly status: string }
  /** There is no answer that says anything: whether the MMSC took it is not known unless `detail` says so. */
  | { readonly kind: 'failed'; readonly detail: string };

/** Where a confirmation says how it went, and what it says when it went well. */
interface ConfirmationRow {
  readonly request: MessageType;
  readonly status: 'responseStatus' | 'storeStatus';
  readonly good: string;
}

/** The confirmations of what handsets post with content or an order in it (OMA-TS-MMS_ENC-V1_3 section 6). */
const CONFIRMATIONS: ReadonlyMap<MessageType, ConfirmationRow> = new Map([
  ['m-send-conf', { request: 'm-send-req', status: 'responseStatus', good: 'ok' }],
  ['m-forward-conf', { request: 'm-forward-req', status: 'responseStatus', good: 'ok' }],
  ['m-mbox-store-conf', { request: 'm-mbox-store-req', status: 'storeStatus', good: 'success' }],
  ['m-mbox-upload-conf', { request: 'm-mbox-upload-req', status: 'storeStatus', good: 'success' }],
] as const);

/** Indications have no confirmation: any HTTP 2xx will do. */
const INDICATIONS: ReadonlySet<MessageType> = new Set([
  'm-notifyresp-ind',
  'm-acknowledge-ind',
  'm-read-rec-ind',
]);

/**
 * Reads the answer to a posted PDU; `posted` is its type, undefined for one that could not be decoded. The confirmation
 * decides; HTTP only where there is none. Never throws.
 */
export function readConfirmation(
  { status, body }: Pick<UpstreamResponse, 'status' | 'body'>,
  posted: MessageType | undefined,
  options: DecodeOptions,
): Delivery {
  if (status < 200 || status > 299) return { kind: 'failed', detail: `HTTP ${status}` };
  const pdu = decoded(body, options);
  const row = pdu && CONFIRMATIONS.get(pdu.type);
  if (pdu !== undefined && row !== undefined && (posted === undefined || row.request === posted)) {
    return confirmed(pdu.headers, row);
  }
  if (posted !== undefined && INDICATIONS.has(posted)) return { kind: 'taken', messageId: undefined };
  const answer = pdu === undefined ? `${body.length} octets that are no PDU` : pdu.type;
  return { kind: 'failed', detail: `HTTP ${status} with ${answer} instead of a confirmation` };
}

function confirmed(headers: MmsHeaders, { status, good }: ConfirmationRow): Delivery {
  const said = headers[status];
  if (said === good) return { kind: 'taken', messageId: headers.messageId };
  return { kind: 'refused', status: said === undefined ? 'no status' : String(said) };
}

function decoded(bytes: Uint8Array, options: DecodeOptions): MmsPdu | undefined {
  try {
    return decodePdu(bytes, options).pdu;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
