/** The transactions of an MMSC (OMA-TS-MMS_ENC-V1_3 section 6), without sockets: a request in, an answer and pushes out. */
import { randomBytes } from 'node:crypto';
import { encodedString, type EncodedString } from '../codec/encoded-string.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import { MMS_MESSAGES } from '../codec/mms-messages.ts';
import type { MessageType, ResponseStatus } from '../codec/mms-tokens.ts';
import type { DecodedPdu, MmsPdu } from '../codec/pdu-types.ts';
import { subscriberOf } from './address.ts';
import {
  deliveryReportOf,
  MMSC_VERSION,
  notFoundRetrieval,
  notificationOf,
  retrievalOf,
} from './mmsc-pdus.ts';
import type { Delivery, DeliveryState, MmscStore, StoredMessage } from './mmsc-store.ts';
import { plainPdu } from './plain-pdu.ts';
import { EMPTY_REPLY, pduReply, textReply, type Reply } from './reply.ts';

/** Recipients of one message; further ones are refused with it. */
export const RECIPIENTS_MAX = 100;

/** A PDU that goes to a subscriber by WAP push. */
export interface Push {
  /** The subscriber, without address type. */
  readonly to: string;
  readonly pdu: MmsPdu;
}

/** What one request leads to. */
export interface Transaction {
  readonly reply: Reply;
  readonly pushes: readonly Push[];
}

/** A PDU that came, as octets and value, and whom the network says it came from. */
export interface Submission extends DecodedPdu {
  readonly bytes: Uint8Array;
  readonly subscriber: string;
}

/** What a service is made of. */
export interface MmscServiceOptions {
  readonly store: MmscStore;
  /** What Content-Locations begin with, without the slash that follows. */
  readonly publicBase: () => string;
  /** Unix seconds. */
  readonly now: () => number;
}

type Handler = (service: MmscService, submission: Submission) => Transaction;

/** The transactions that a handset begins by POST. Those of a mailbox are answered: there is none here. */
const TRANSACTIONS: Partial<Record<MessageType, Handler>> = {
  'm-send-req': (service, submission) => service.submit(submission),
  'm-forward-req': (service, submission) => service.forward(submission),
  'm-notifyresp-ind': (service, submission) => service.answerNotification(submission),
  'm-acknowledge-ind': (service, { pdu }) => service.acknowledge(pdu.headers, 'retrieved'),
  'm-read-rec-ind': (service, submission) => service.reportRead(submission),
  'm-delete-req': (service, { pdu }) => service.delete(pdu.headers),
  'm-mbox-store-req': (_, { pdu }) => confirm('m-mbox-store-conf', { ...echoOf(pdu.headers), ...NO_MAILBOX }),
  'm-mbox-upload-req': (_, { pdu }) =>
    confirm('m-mbox-upload-conf', { ...echoOf(pdu.headers), ...NO_MAILBOX }),
  'm-mbox-view-req': (_, { pdu }) =>
    confirm('m-mbox-view-conf', {
      ...echoOf(pdu.headers),
      responseStatus: 'error-permanent-service-denied',
      responseText: NO_MAILBOX.storeStatusText,
      contentType: { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] },
    }),
  'm-mbox-delete-req': (_, { pdu }) =>
    confirm('m-mbox-delete-conf', {
      ...echoOf(pdu.headers),
      responseStatuses: ['error-permanent-service-denied'],
      responseTexts: [NO_MAILBOX.storeStatusText],
    }),
  'm-cancel-conf': () => NOTED,
};

const NO_MAILBOX = {
  storeStatus: 'error-permanent-service-denied',
  storeStatusText: encodedString('This MMSC keeps no mailboxes.'),
} as const;

const NOTED: Transaction = { reply: EMPTY_REPLY, pushes: [] };

/** An MMSC without its sockets. */
export class MmscService {
  readonly #options: MmscServiceOptions;
  #serial = 0;

  constructor(options: MmscServiceOptions) {
    this.#options = options;
  }

  /** Answers a posted PDU. What only an MMSC sends is refused as Mbuni does. */
  post(submission: Submission): Transaction {
    const { type } = submission.pdu;
    const handler = TRANSACTIONS[type];
    if (handler !== undefined) return handler(this, submission);
    const direction = MMS_MESSAGES[type].sender === 'mmsc' ? 'only an MMSC sends it' : 'not supported';
    return { reply: textReply(403, `${type}: ${direction}`), pushes: [] };
  }

  /** Answers the GET of a Content-Location's path. */
  retrieve(path: string): Reply {
    const delivery = this.#options.store.byPath(path);
    return pduReply(delivery === undefined ? notFoundRetrieval(this.#options.now()) : retrievalOf(delivery));
  }

  /** m-send-req: stores the message for each recipient and notifies them. */
  submit({ pdu, bytes, layout, subscriber }: Submission): Transaction {
    const { headers } = pdu;
    const end = layout.find(({ key }) => key === 'contentType')?.end ?? bytes.length;
    return this.#accept('m-send-conf', headers, {
      messageId: this.#nextId('m'),
      from: encodedString(subscriber),
      date: this.#options.now(),
      headers,
      content: bytes.slice(end),
      forwarders: [],
    });
  }

  /** m-forward-req: the same for a message that is here already. */
  forward({ pdu, subscriber }: Submission): Transaction {
    const { headers } = pdu;
    const { contentLocation = '' } = headers;
    const held = this.#options.store.byPath(this.#pathOf(contentLocation));
    if (held === undefined) return refuse('m-forward-conf', headers, 'error-permanent-message-not-found');
    const { message } = held;
    const by = encodedString(subscriber);
    const hop = message.forwarders.length + 1;
    const date = this.#options.now();
    return this.#accept('m-forward-conf', headers, {
      ...message,
      messageId: this.#nextId('m'),
      from: by,
      date,
      headers: forwardedHeaders(message.headers, headers),
      forwarders: [...message.forwarders, { hop, value: { by: message.from, date: message.date } }],
    });
  }

  /** m-notifyresp-ind: the handset has fetched the message, will later, or will not. */
  answerNotification({ pdu: { headers } }: Submission): Transaction {
    const state = NOTIFICATION_ANSWERS.get(String(headers.status));
    return state === undefined ? NOTED : this.acknowledge(headers, state);
  }

  /** m-acknowledge-ind, or a final m-notifyresp-ind: the sender gets a report if one was asked for and is allowed. */
  acknowledge({ transactionId, reportAllowed }: MmsHeaders, state: DeliveryState): Transaction {
    const { store, now } = this.#options;
    const delivery = store.byTransaction(transactionId);
    if (delivery === undefined || !store.mark(delivery, state)) return NOTED;
    const { from, headers } = delivery.message;
    const isWanted = headers.deliveryReport === 'yes' && reportAllowed !== 'no';
    if (!isWanted || (state !== 'retrieved' && state !== 'rejected')) return NOTED;
    const to = subscriberOf(from.text);
    return { reply: EMPTY_REPLY, pushes: [{ to, pdu: deliveryReportOf(delivery, state, now()) }] };
  }

  /** m-read-rec-ind: passed on to the sender as m-read-orig-ind. */
  reportRead({ pdu, subscriber }: Submission): Transaction {
    const { to = [], messageId = '', readStatus = 'read', date = this.#options.now() } = pdu.headers;
    const from = { kind: 'address', address: encodedString(subscriber) } as const;
    const report = plainPdu('m-read-orig-ind', {
      version: MMSC_VERSION,
      messageId,
      to,
      from,
      date,
      readStatus,
    });
    const pushes = to.slice(0, 1).map(({ text }) => ({ to: subscriberOf(text), pdu: report }));
    return { reply: EMPTY_REPLY, pushes };
  }

  /** m-delete-req: the copy at its Content-Location goes. */
  delete(headers: MmsHeaders): Transaction {
    const { contentLocation = '' } = headers;
    const wasThere = this.#options.store.delete(this.#pathOf(contentLocation));
    return confirm('m-delete-conf', {
      ...echoOf(headers),
      contentLocation,
      responseStatus: wasThere ? 'ok' : 'error-permanent-message-not-found',
    });
  }

  #accept(type: 'm-send-conf' | 'm-forward-conf', request: MmsHeaders, message: StoredMessage): Transaction {
    const recipients = [...(request.to ?? []), ...(request.cc ?? []), ...(request.bcc ?? [])];
    if (recipients.length === 0) return refuse(type, request, 'error-permanent-sending-address-unresolved');
    if (recipients.length > RECIPIENTS_MAX) return refuse(type, request, 'error-permanent-service-denied');
    const { messageId } = message;
    const answer = plainPdu(type, { ...echoOf(request), responseStatus: 'ok', messageId });
    return {
      reply: pduReply(answer),
      pushes: recipients.map((recipient) => this.#deliver(message, recipient)),
    };
  }

  #deliver(message: StoredMessage, recipient: EncodedString): Push {
    const path = `/${this.#nextId('q')}`;
    const transactionId = this.#nextId('t');
    const delivery: Delivery = { path, transactionId, recipient, message, state: 'notified' };
    this.#options.store.add(delivery);
    return {
      to: subscriberOf(recipient.text),
      pdu: notificationOf(delivery, `${this.#options.publicBase()}${path}`),
    };
  }

  #pathOf(location: string): string {
    const publicBase = this.#options.publicBase();
    return location.startsWith(publicBase) ? location.slice(publicBase.length) : location;
  }

  /** Unique in this MMSC, and not to be guessed by another subscriber. */
  #nextId(prefix: string): string {
    this.#serial += 1;
    return `${prefix}${this.#serial}-${randomBytes(6).toString('hex')}`;
  }
}

const NOTIFICATION_ANSWERS: ReadonlyMap<string, DeliveryState> = new Map([
  ['retrieved', 'retrieved'],
  ['rejected', 'rejected'],
  ['deferred', 'deferred'],
]);

/** The message keeps its subject, class and content; recipients and report wishes are those of the forwarder. */
function forwardedHeaders(original: MmsHeaders, request: MmsHeaders): MmsHeaders {
  const { to = [], cc = [], deliveryReport = 'no', readReport = 'no', expiry } = request;
  return { ...original, to, cc, deliveryReport, readReport, ...(expiry !== undefined && { expiry }) };
}

/** What every confirmation repeats of its request. */
function echoOf({
  transactionId = '',
  version = MMSC_VERSION,
}: MmsHeaders): Pick<MmsHeaders, 'transactionId' | 'version'> {
  return { transactionId, version };
}

function confirm(type: MessageType, headers: MmsHeaders): Transaction {
  const body = headers.contentType === undefined ? undefined : ({ kind: 'multipart', parts: [] } as const);
  return { reply: pduReply(plainPdu(type, headers, body)), pushes: [] };
}

function refuse(
  type: 'm-send-conf' | 'm-forward-conf',
  request: MmsHeaders,
  responseStatus: ResponseStatus,
): Transaction {
  return confirm(type, { ...echoOf(request), responseStatus });
}
