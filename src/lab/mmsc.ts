/** A small MMSC in memory: real transactions over real sockets, for tests, the demo, and trying out. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { numberOfIdentity, pduAddress } from './address.ts';
import { readBody } from './bounded-body.ts';
import { BoundedMap } from './bounded-map.ts';
import { LabServer } from './lab-server.ts';
import { answerWith, FAULTS, type Fault, type FaultName } from './mmsc-faults.ts';
import { MmscService, type Transaction } from './mmsc-service.ts';
import { MmscStore } from './mmsc-store.ts';
import { PushBearer, type PushBearerOptions } from './push-bearer.ts';
import { bytesReply, EMPTY_REPLY, textReply, type Reply } from './reply.ts';
import { tryDecode } from './try-decode.ts';

/** What an MMSC holds at most. Over `bodyBytesMax` a request is refused; otherwise the oldest goes. */
export interface MmscLimits {
  readonly bodyBytesMax: number;
  /** Copies of messages that wait to be retrieved. */
  readonly messagesMax: number;
  readonly messageBytesMax: number;
  /** Requests kept in `received`. */
  readonly recordsMax: number;
  readonly recordBytesMax: number;
}

const MIB = 1024 * 1024;

/** Room for tests that post the largest messages of known carriers, in any order. */
export const DEFAULT_MMSC_LIMITS: MmscLimits = {
  bodyBytesMax: 32 * MIB,
  messagesMax: 1000,
  messageBytesMax: 128 * MIB,
  recordsMax: 1000,
  recordBytesMax: 128 * MIB,
};

/** How long the slow faults wait, in milliseconds. */
export const DEFAULT_SLOW_MS = 3000;

/** How an MMSC is set up. Every key has a default. */
export interface MmscOptions extends PushBearerOptions {
  readonly host?: string;
  /** 0 takes any free one. */
  readonly port?: number;
  /** What Content-Locations begin with: the MMSC as handsets name it, `http://mmsc/` if nothing else is said. */
  readonly publicBase?: string | ((port: number) => string);
  readonly faults?: readonly FaultName[];
  readonly slowMs?: number;
  readonly limits?: MmscLimits;
  /** Unix seconds. */
  readonly now?: () => number;
  /** Told of every answer, as it is before the faults have their way with it. */
  readonly onExchange?: (exchange: MmscExchange) => void;
}

/** A request as it came. */
export interface ReceivedRequest {
  readonly method: string;
  /** The request target, letter by letter. */
  readonly target: string;
  readonly rawHeaders: readonly string[];
  /** Empty where a fault answered before it was read. */
  readonly body: Buffer;
}

/** One request and its answer, for whoever watches. */
export interface MmscExchange {
  readonly request: ReceivedRequest;
  readonly pdu: MmsPdu | undefined;
  readonly reply: Reply;
}

/** Headers in which gateways name the subscriber; the first that is there counts. */
const IDENTITY_HEADERS = [
  'x-wap-network-client-msisdn',
  'x-msisdn',
  'x-nokia-msisdn',
  'x-up-calling-line-id',
];

const TOO_LARGE: Reply = {
  ...textReply(413, 'Message too large'),
  headers: { 'Content-Type': 'text/plain', Connection: 'close' },
};
const EARLY: Reply = {
  ...textReply(503, 'Busy'),
  headers: { 'Content-Type': 'text/plain', Connection: 'close' },
};

/** A running MMSC. */
export class Mmsc {
  readonly #service: MmscService;
  readonly #bearer: PushBearer;
  readonly #limits: MmscLimits;
  readonly #received: BoundedMap<number, ReceivedRequest>;
  readonly #preloaded: BoundedMap<string, Uint8Array>;
  readonly #closing = new AbortController();
  readonly #slowMs: number;
  readonly #onExchange: MmscOptions['onExchange'];
  #faults: readonly Fault[] = [];
  #server!: LabServer;
  #serial = 0;

  private constructor(options: MmscOptions) {
    const limits = options.limits ?? DEFAULT_MMSC_LIMITS;
    this.#limits = limits;
    this.#service = new MmscService({
      store: new MmscStore({ countMax: limits.messagesMax, bytesMax: limits.messageBytesMax }),
      publicBase: () => this.#publicBase(options.publicBase).replace(/\/$/, ''),
      now: options.now ?? (() => Math.floor(Date.now() / 1000)),
    });
    this.#bearer = new PushBearer(options);
    this.#received = new BoundedMap({ countMax: limits.recordsMax, bytesMax: limits.recordBytesMax });
    this.#preloaded = new BoundedMap({ countMax: limits.messagesMax, bytesMax: limits.messageBytesMax });
    this.#slowMs = options.slowMs ?? DEFAULT_SLOW_MS;
    this.#onExchange = options.onExchange;
  }

  /** Starts an MMSC. Rejects when the port cannot be had. */
  static async start(options: MmscOptions = {}): Promise<Mmsc> {
    const mmsc = new Mmsc(options);
    mmsc.#server = await LabServer.start({
      ...(options.host !== undefined && { host: options.host }),
      ...(options.port !== undefined && { port: options.port }),
      handle: (request, response) => mmsc.#handle(request, response),
      grantsContinue: () => !mmsc.#faults.some(({ withholdsContinue }) => withholdsContinue),
    });
    await mmsc.useFaults(options.faults ?? []);
    return mmsc;
  }

  /** The port that it listens on, also while a fault has it closed. */
  get port(): number {
    return this.#server.port;
  }

  /** The requests that came, oldest first, within the limits. */
  get received(): readonly ReceivedRequest[] {
    return this.#received.values();
  }

  /** Behaves in these ways from now on, and in no other. */
  async useFaults(names: readonly FaultName[]): Promise<void> {
    this.#faults = names.map((name) => FAULTS[name]);
    const isClosed = this.#faults.some(({ refuses }) => refuses);
    await (isClosed ? this.#server.refuse() : this.#server.accept());
  }

  /** Answers a GET of this path and query with these bytes, untouched, as an m-retrieve-conf. */
  put(path: string, bytes: Uint8Array): void {
    this.#preloaded.set(path, bytes, bytes.length);
  }

  /** Pushes for this number go to this URL from now on. */
  subscribe(number: string, pushUrl: string): void {
    this.#bearer.subscribe(number, pushUrl);
  }

  /** Resolves when no push is on its way. */
  async settle(): Promise<void> {
    await this.#bearer.settle();
  }

  /** Ends every connection and push. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#server.close();
    await this.#bearer.close();
  }

  #publicBase(base: MmscOptions['publicBase'] = 'http://mmsc/'): string {
    return typeof base === 'string' ? base : base(this.port);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const context = { slowMs: this.#slowMs, signal: this.#closing.signal };
    if (this.#faults.some(({ answersEarly }) => answersEarly)) {
      this.#record(request, Buffer.alloc(0));
      await answerWith(this.#faults, response, EARLY, context);
      return;
    }
    const reading = await readBody(request, this.#limits.bodyBytesMax);
    if (!reading.ok) {
      if (reading.reason === 'too-large') await answerWith(this.#faults, response, TOO_LARGE, context);
      return;
    }
    const received = this.#record(request, reading.bytes);
    const { reply, pushes } = this.#transact(request, received);
    await answerWith(this.#faults, response, reply, context);
    // The sender has its answer before anybody is told: a handset may be told of its own message.
    for (const push of pushes) this.#bearer.send(push);
  }

  #record(request: IncomingMessage, body: Buffer): ReceivedRequest {
    const { method = '', url: target = '', rawHeaders } = request;
    const received = { method, target, rawHeaders, body };
    this.#serial += 1;
    this.#received.set(this.#serial, received, body.length);
    return received;
  }

  #transact(request: IncomingMessage, received: ReceivedRequest): Transaction {
    const decoded = received.method === 'POST' ? tryDecode(received.body) : undefined;
    const transaction =
      decoded === undefined
        ? { reply: this.#answerWithoutPdu(received), pushes: [] }
        : this.#service.post({
            ...decoded,
            bytes: received.body,
            subscriber: subscriberBehind(request, decoded.pdu),
          });
    this.#onExchange?.({ request: received, pdu: decoded?.pdu, reply: transaction.reply });
    return transaction;
  }

  #answerWithoutPdu({ method, target }: ReceivedRequest): Reply {
    if (method === 'POST') return textReply(400, 'Malformed MMS message');
    if (method !== 'GET' && method !== 'HEAD')
      return { ...EMPTY_REPLY, status: 405, headers: { Allow: 'GET, HEAD, POST' } };
    const path = target.replace(/^http:\/\/[^/?]*/i, '');
    const preloaded = this.#preloaded.get(path);
    return preloaded === undefined ? this.#service.retrieve(path) : bytesReply(preloaded);
  }
}

/** The authenticated number; else the address that the handset claims; else its IP address, as Mbuni has it. */
function subscriberBehind(request: IncomingMessage, { headers }: MmsPdu): string {
  const identity = IDENTITY_HEADERS.map((name) => request.headers[name]).find((value) => value !== undefined);
  if (identity !== undefined) return pduAddress(numberOfIdentity(String(identity)));
  const { from } = headers;
  return pduAddress(
    from?.kind === 'address' ? from.address.text : (request.socket.remoteAddress ?? 'unknown'),
  );
}
