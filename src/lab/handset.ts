/** A simulated handset: sends messages, is told of its own by push, fetches and acknowledges them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodedString } from '../codec/encoded-string.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { pduAddress } from './address.ts';
import { readBody } from './bounded-body.ts';
import { composeMessage, fromOf, HANDSET_VERSION, type MessageDraft } from './compose-message.ts';
import { Inbox } from './inbox.ts';
import { LabServer } from './lab-server.ts';
import { isMessage, Mm1Client, type Mm1Answer, type Mm1Settings } from './mm1-client.ts';
import { plainPdu } from './plain-pdu.ts';
import { EMPTY_REPLY, textReply, writeReply } from './reply.ts';
import { tryDecodePush } from './try-decode.ts';

/** Bytes of one push: an SMS bearer carries far less. */
export const PUSH_BYTES_MAX = 64 * 1024;

/** How a handset is set up. */
export interface HandsetOptions extends Omit<Mm1Settings, 'signal'> {
  /**
   * `immediate`: a notified message is fetched at once, and told with m-notifyresp-ind. `deferred`: the notification is
   * answered as deferred and kept; `retrieve` fetches, and tells with m-acknowledge-ind.
   */
  readonly retrieval: 'immediate' | 'deferred';
}

/** What happens on a handset by itself. */
export type HandsetEvent =
  | { readonly kind: 'message'; readonly pdu: MmsPdu; readonly octets: number }
  /** An m-notification-ind whose message was deferred. */
  | { readonly kind: 'notification'; readonly pdu: MmsPdu }
  /** An m-delivery-ind or m-read-orig-ind. */
  | { readonly kind: 'report'; readonly pdu: MmsPdu }
  /** A notified message that could not be had. */
  | { readonly kind: 'failed'; readonly notification: MmsPdu; readonly answer: Mm1Answer };

/** A running handset. */
export class Handset {
  /** What happened and was not looked at yet. */
  readonly inbox = new Inbox<HandsetEvent>();
  readonly #client: Mm1Client;
  readonly #retrieval: HandsetOptions['retrieval'];
  readonly #closing = new AbortController();
  #server!: LabServer;
  #serial = 0;

  private constructor(options: HandsetOptions) {
    this.#client = new Mm1Client({ ...options, signal: this.#closing.signal });
    this.#retrieval = options.retrieval;
  }

  /** Switches a handset on; it listens for pushes on a loopback port. */
  static async start(options: HandsetOptions): Promise<Handset> {
    const handset = new Handset(options);
    handset.#server = await LabServer.start({
      handle: (request, response) => handset.#handle(request, response),
    });
    return handset;
  }

  /** Where pushes for this handset are to be POSTed. */
  get pushUrl(): string {
    return `http://127.0.0.1:${this.#server.port}/push`;
  }

  /** Sends a message. */
  async send(draft: Omit<MessageDraft, 'transactionId'>): Promise<Mm1Answer> {
    return await this.#client.post(composeMessage({ ...draft, transactionId: this.#nextTransaction() }));
  }

  /** Sends octets as if they were a message. */
  async sendBytes(bytes: Uint8Array): Promise<Mm1Answer> {
    return await this.#client.postBytes(bytes);
  }

  /** Forwards the message of a notification without fetching it. */
  async forward(contentLocation: string, to: readonly string[]): Promise<Mm1Answer> {
    return await this.#client.post(
      plainPdu('m-forward-req', {
        transactionId: this.#nextTransaction(),
        version: HANDSET_VERSION,
        from: fromOf(undefined),
        to: to.map((address) => encodedString(pduAddress(address))),
        contentLocation,
      }),
    );
  }

  /** Fetches a deferred message, and acknowledges it. */
  async retrieve(contentLocation: string): Promise<Mm1Answer> {
    const { answer } = await this.#client.retrieve(contentLocation, 'm-acknowledge-ind');
    return answer;
  }

  /** Tells the sender of a message that it was read. */
  async reportRead({ headers }: MmsPdu): Promise<Mm1Answer> {
    const { messageId = '', from } = headers;
    const to = from?.kind === 'address' ? [from.address] : [];
    const report: MmsHeaders = {
      version: HANDSET_VERSION,
      messageId,
      to,
      from: fromOf(undefined),
      readStatus: 'read',
    };
    return await this.#client.post(plainPdu('m-read-rec-ind', report));
  }

  /** Switches the handset off: it takes no more pushes, and gives up what it was doing. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#server.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reading = await readBody(request, PUSH_BYTES_MAX);
    const pdu = reading.ok ? tryDecodePush(reading.bytes)?.pdu : undefined;
    if (pdu === undefined) {
      writeReply(response, textReply(400, 'no WAP push of a PDU'));
      return;
    }
    // Taken before it is acted upon: the bearer does not wait for the retrieval.
    writeReply(response, EMPTY_REPLY);
    await this.#take(pdu);
  }

  async #take(pdu: MmsPdu): Promise<void> {
    if (pdu.type !== 'm-notification-ind') {
      this.inbox.add({ kind: 'report', pdu });
    } else if (this.#retrieval === 'deferred') {
      await this.#defer(pdu);
    } else {
      await this.#fetch(pdu);
    }
  }

  async #defer(notification: MmsPdu): Promise<void> {
    const { transactionId = '' } = notification.headers;
    const deferred: MmsHeaders = { transactionId, version: HANDSET_VERSION, status: 'deferred' };
    await this.#client.post(plainPdu('m-notifyresp-ind', deferred));
    this.inbox.add({ kind: 'notification', pdu: notification });
  }

  async #fetch(notification: MmsPdu): Promise<void> {
    const { contentLocation = '', transactionId } = notification.headers;
    const { answer } = await this.#client.retrieve(contentLocation, 'm-notifyresp-ind', transactionId);
    if (isMessage(answer)) {
      this.inbox.add({ kind: 'message', pdu: answer.pdu, octets: answer.http.body.length });
    } else {
      this.inbox.add({ kind: 'failed', notification, answer });
    }
  }

  #nextTransaction(): string {
    this.#serial += 1;
    return `handset-${this.#serial}`;
  }
}
