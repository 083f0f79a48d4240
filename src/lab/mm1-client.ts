/** MM1 as a handset speaks it: PDUs posted to the MMSC, messages fetched from their Content-Location. */
import type { MmsHeaders } from '../codec/mms-fields.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { encodePdu } from '../codec/pdu.ts';
import { HANDSET_VERSION } from './compose-message.ts';
import {
  sendRequest,
  type ClientLimits,
  type LabAnswer,
  type LabFailure,
  type LabRequest,
} from './http-client.ts';
import { plainPdu } from './plain-pdu.ts';
import { MMS_MEDIA_TYPE } from './reply.ts';
import { tryDecode } from './try-decode.ts';

/** How a handset reaches its MMSC. */
export interface Mm1Settings {
  /** Where PDUs are posted to. */
  readonly mmscUrl: string;
  /** `http://host:port` of the MMS proxy; none: straight to the MMSC, in origin form. */
  readonly proxy?: string | undefined;
  /** Headers of every request, such as the subscriber's number that a gateway would add. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits?: ClientLimits;
  /** Gives up whatever is under way. */
  readonly signal?: AbortSignal;
}

/** What came of one request. */
export type Mm1Answer =
  | { readonly kind: 'pdu'; readonly pdu: MmsPdu; readonly http: LabAnswer }
  /** An answer that is no PDU: empty, a text, an HTML page. */
  | { readonly kind: 'no-pdu'; readonly http: LabAnswer }
  | { readonly kind: 'no-answer'; readonly failure: LabFailure };

/** How a handset tells the MMSC that it has a message: after an immediate retrieval, or after one that it deferred. */
export type Acknowledgement = 'm-notifyresp-ind' | 'm-acknowledge-ind';

/** A retrieval, and the answer to its acknowledgement where one was sent. */
export interface Retrieval {
  readonly answer: Mm1Answer;
  readonly acknowledged: Mm1Answer | undefined;
}

/** The network side of a handset. No method rejects, but for PDUs that cannot be encoded. */
export class Mm1Client {
  readonly #settings: Mm1Settings;

  constructor(settings: Mm1Settings) {
    this.#settings = settings;
  }

  /** Posts a PDU. Throws `RangeError` for one that cannot be encoded. */
  async post(pdu: MmsPdu): Promise<Mm1Answer> {
    return await this.postBytes(encodePdu(pdu));
  }

  /** Posts octets as if they were a PDU. */
  async postBytes(body: Uint8Array): Promise<Mm1Answer> {
    const { mmscUrl } = this.#settings;
    return await this.#ask({
      method: 'POST',
      url: mmscUrl,
      headers: { 'Content-Type': MMS_MEDIA_TYPE },
      body,
    });
  }

  /** Fetches what stands at a Content-Location. */
  async get(url: string): Promise<Mm1Answer> {
    return await this.#ask({ method: 'GET', url });
  }

  /**
   * Fetches a message and acknowledges it. What is no message, or has no transaction id to name, is not acknowledged.
   * `notified` is the transaction id of the notification.
   */
  async retrieve(url: string, acknowledgement: Acknowledgement, notified?: string): Promise<Retrieval> {
    const answer = await this.get(url);
    if (!isMessage(answer)) return { answer, acknowledged: undefined };
    const own = answer.pdu.headers.transactionId;
    const transactionId = acknowledgement === 'm-notifyresp-ind' ? (notified ?? own) : (own ?? notified);
    if (transactionId === undefined) return { answer, acknowledged: undefined };
    const status: MmsHeaders = acknowledgement === 'm-notifyresp-ind' ? { status: 'retrieved' } : {};
    const indication = plainPdu(acknowledgement, { transactionId, version: HANDSET_VERSION, ...status });
    return { answer, acknowledged: await this.post(indication) };
  }

  async #ask(request: LabRequest): Promise<Mm1Answer> {
    const { proxy, signal, headers, limits } = this.#settings;
    const common = { 'User-Agent': 'mmsguard-lab', Accept: '*/*', 'Accept-Encoding': 'gzip', ...headers };
    const http = await sendRequest(
      { ...request, proxy, signal, headers: { ...common, ...request.headers } },
      limits,
    );
    if (!http.ok) return { kind: 'no-answer', failure: http };
    const decoded = http.status === 200 ? tryDecode(http.body) : undefined;
    return decoded === undefined ? { kind: 'no-pdu', http } : { kind: 'pdu', pdu: decoded.pdu, http };
  }
}

/** True for an m-retrieve-conf that has the message, rather than the reason why not. */
export function isMessage(answer: Mm1Answer): answer is Extract<Mm1Answer, { kind: 'pdu' }> {
  if (answer.kind !== 'pdu' || answer.pdu.type !== 'm-retrieve-conf') return false;
  const { retrieveStatus = 'ok' } = answer.pdu.headers;
  return retrieveStatus === 'ok';
}
