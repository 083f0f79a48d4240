import { ClientRequest, type Agent, type IncomingMessage } from 'node:http';
import { BodyCollector, HEAD_BYTES } from './body-collector.ts';
import type { UpstreamFailureCode, UpstreamRequest, UpstreamResult } from './forwarder.ts';
import { headerValue } from './raw-headers.ts';

/** What bounds one attempt. Bytes and milliseconds. */
export interface AttemptLimits {
  readonly bodyBytesMax: number;
  readonly headerBytesMax: number;
  /** Until there is a connection, the wait for a free one included. */
  readonly connectMs: number;
  /** From the connection to the complete answer. */
  readonly responseMs: number;
}

/** The outcome of one attempt. */
export interface AttemptOutcome {
  readonly result: UpstreamResult;
  /** True when a kept-alive connection broke before any answer: the MMSC may have closed it as we wrote. */
  readonly isStale: boolean;
}

/** Reason phrases that can be written again (RFC 9112, 4): the parser lets control characters through. */
const REASON_PHRASE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** One request on one connection. It settles once, and then owns no timer, listener or unfinished connection. */
export class UpstreamAttempt {
  /** Resolves when the attempt has ended; never rejects. */
  readonly outcome: Promise<AttemptOutcome>;
  readonly #limits: AttemptLimits;
  readonly #hold: UpstreamRequest['hold'];
  readonly #method: string;
  readonly #request: ClientRequest;
  #resolve: (outcome: AttemptOutcome) => void = () => undefined;
  #timer: NodeJS.Timeout;
  #isConnected = false;
  #isReused = false;
  #isSettled = false;
  #response: IncomingMessage | undefined;

  constructor(request: UpstreamRequest, agent: Agent, limits: AttemptLimits) {
    this.#limits = limits;
    this.#hold = request.hold;
    this.#method = request.method;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#timer = setTimeout(() => {
      this.fail('connect-timeout');
    }, limits.connectMs);
    this.#request = new ClientRequest({
      protocol: request.mmsc.connect.protocol,
      agent,
      method: request.method,
      path: request.path,
      headers: request.headers,
      maxHeaderSize: limits.headerBytesMax,
      insecureHTTPParser: false,
    });
    this.#listen(request.mmsc.connect.protocol === 'https:' ? 'secureConnect' : 'connect');
    this.#request.end(request.body);
  }

  /** Ends the attempt. Nothing happens when it has ended already. */
  fail(code: UpstreamFailureCode, head?: Buffer): void {
    if (this.#isSettled) return;
    const isStale = code === 'reset' && this.#isReused && this.#response === undefined;
    this.#settle({ result: { kind: 'failure', code, ...(head && { head }) }, isStale });
    this.#request.destroy();
  }

  #listen(connectEvent: 'connect' | 'secureConnect'): void {
    // 0 lifts node's silent cut after 2000 headers; their bytes are limited.
    this.#request.maxHeadersCount = 0;
    this.#request.on('socket', (socket) => {
      this.#isReused = !socket.connecting;
      if (this.#isReused) this.#onConnected();
      else
        socket.once(connectEvent, () => {
          this.#onConnected();
        });
    });
    this.#request.on('response', (response) => {
      this.#onResponse(response);
    });
    this.#request.on('error', (error: NodeJS.ErrnoException) => {
      // Octets after a complete answer break the connection, not the answer.
      if (this.#response?.complete !== true) this.fail(this.#codeOf(error));
    });
    this.#request.on('close', () => {
      // Only an unasked-for protocol switch ends without an error or an answer.
      if (this.#response === undefined) this.fail('response-malformed');
    });
  }

  #onConnected(): void {
    if (this.#isSettled) return;
    this.#isConnected = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.fail('response-timeout');
    }, this.#limits.responseMs);
  }

  #codeOf(error: NodeJS.ErrnoException): UpstreamFailureCode {
    if (error.code?.startsWith('HPE_') === true) return 'response-malformed';
    if (!this.#isConnected) return 'connect-failed';
    return this.#response === undefined ? 'reset' : 'response-truncated';
  }

  #onResponse(response: IncomingMessage): void {
    this.#response = response;
    response.on('error', () => {
      this.fail('response-truncated');
    });
    if (!isPassable(response)) {
      this.fail('response-malformed');
      return;
    }
    const declared = Number(headerValue(response.rawHeaders, 'content-length') ?? 0);
    const isWithoutBody = this.#method === 'HEAD' || response.statusCode === 304;
    const isDeclaredTooLarge = !isWithoutBody && declared > this.#limits.bodyBytesMax;
    // An answer this small is always taken: a full budget must not turn an accepted message into a retried one.
    const collector = new BodyCollector({
      bytesMax: this.#limits.bodyBytesMax,
      hold: this.#hold,
      freeBytes: HEAD_BYTES,
    });
    const giveUpAtOverflow = (isEnd: boolean): void => {
      const overflow = isDeclaredTooLarge ? 'too-large' : collector.overflow;
      if (overflow !== undefined && (isEnd || collector.length >= HEAD_BYTES)) {
        this.fail(`response-${overflow}`, collector.head());
      }
    };
    response.on('data', (chunk: Buffer) => {
      if (this.#isSettled) return;
      collector.add(chunk);
      giveUpAtOverflow(false);
    });
    response.on('end', () => {
      giveUpAtOverflow(true);
      if (response.complete) this.#succeed(response, collector.bytes());
      else this.fail('response-truncated');
    });
  }

  #succeed(response: IncomingMessage, body: Buffer): void {
    if (this.#isSettled) return;
    const { statusCode = 0, statusMessage = '', httpVersion, rawHeaders } = response;
    const result = {
      kind: 'response',
      status: statusCode,
      statusMessage,
      httpVersion,
      rawHeaders,
      body,
    } as const;
    this.#settle({ result, isStale: false });
    // An MMSC that answered before it had read the request would leave the rest of it to the connection's next user.
    if (!this.#request.writableFinished) this.#request.destroy();
  }

  #settle(outcome: AttemptOutcome): void {
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#resolve(outcome);
  }
}

/** True for an answer whose meaning survives being passed on with a Content-Length of its own. */
function isPassable({
  httpVersion,
  statusCode = 0,
  statusMessage = '',
  rawHeaders,
}: IncomingMessage): boolean {
  const isHttp1 = httpVersion === '1.1' || httpVersion === '1.0';
  const coding = headerValue(rawHeaders, 'transfer-encoding')?.toLowerCase() ?? 'chunked';
  return (
    isHttp1 &&
    statusCode >= 200 &&
    statusCode <= 999 &&
    REASON_PHRASE.test(statusMessage) &&
    coding === 'chunked'
  );
}
