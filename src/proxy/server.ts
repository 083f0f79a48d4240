import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { BodyScanner } from '../scanning/scan-pool.ts';
import { ByteBudget } from './byte-budget.ts';
import { ConnectionTurns } from './connection-turns.ts';
import { runExchange } from './exchange.ts';
import type { ExchangeContext, HandsetRequest, ProxyStorage } from './exchange-context.ts';
import type { Forwarder } from './forwarder.ts';
import { headerRules } from './header-rules.ts';
import { NodeForwarder } from './node-forwarder.ts';
import { shielded, type ConnectionRefusalCode, type ExchangeObserver } from './observer.ts';
import type { ListenSettings, ProxySettings } from './settings.ts';
import { trustedGateways } from './trusted-gateway.ts';

/** What the proxy works with. A forwarder or clock that is absent is made from the settings. */
export interface ProxyDependencies {
  readonly observer: ExchangeObserver;
  /** Stays open when the proxy closes: its owner closes it. */
  readonly scanner: BodyScanner;
  /** Where stopped messages are kept; it stays open, too. Without it nothing is kept. */
  readonly storage?: ProxyStorage;
  /** Closed with the proxy. */
  readonly forwarder?: Forwarder;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs?: () => number;
}

/** A proxy that listens. */
export interface RunningProxy {
  /** Of `listen`. */
  readonly address: AddressInfo;
  /** Of `furtherListeners`, in their order. */
  readonly furtherAddresses: readonly AddressInfo[];
  /**
   * Stops accepting, lets what is in flight end within `drainMs`, ends the rest, and resolves when nothing is open any
   * more. May be called again.
   */
  close(): Promise<void>;
}

/**
 * Starts the MM1 listeners, which share everything but their sockets. Rejects when one cannot listen, and throws for
 * settings that cannot be used (TLS, CIDR).
 */
export async function startProxy(
  settings: ProxySettings,
  dependencies: ProxyDependencies,
): Promise<RunningProxy> {
  let closing: Promise<void> | undefined;
  const context = exchangeContext(settings, dependencies, () => closing !== undefined);
  const listenerOf = (listen: ListenSettings): Mm1Listener =>
    new Mm1Listener({ ...context, settings: { ...settings, listen } });
  const main = listenerOf(settings.listen);
  const further = settings.furtherListeners.map(listenerOf);
  const close = (): Promise<void> => (closing ??= drain([main, ...further], context));
  try {
    const address = await main.listen();
    const furtherAddresses: AddressInfo[] = [];
    for (const listener of further) furtherAddresses.push(await listener.listen());
    return { address, furtherAddresses, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function exchangeContext(
  settings: ProxySettings,
  dependencies: ProxyDependencies,
  isDraining: () => boolean,
): ExchangeContext {
  return {
    settings,
    rules: headerRules(settings.headers),
    isTrusted: trustedGateways(settings.headers.trustedGateways),
    scanner: dependencies.scanner,
    forwarder: dependencies.forwarder ?? new NodeForwarder(settings),
    budget: new ByteBudget(settings.limits.heldBytesMax),
    storage: dependencies.storage,
    observer: shielded(dependencies.observer),
    nowMs: dependencies.nowMs ?? Date.now,
    isDraining,
  };
}

/** What is in flight may end until the deadline; then it is ended. */
async function drain(
  listeners: readonly Mm1Listener[],
  { settings, forwarder }: ExchangeContext,
): Promise<void> {
  const drained = listeners.map((listener) => listener.drain());
  const deadline = setTimeout(() => {
    forwarder.close();
    for (const listener of listeners) listener.cut();
  }, settings.timeouts.drainMs);
  await Promise.all(drained);
  clearTimeout(deadline);
  forwarder.close();
}

class Mm1Listener {
  readonly #context: ExchangeContext;
  readonly #server: Server;
  readonly #turns = new ConnectionTurns();
  /** The answer that a connection's next octets belong to. */
  readonly #current = new WeakMap<Socket, ServerResponse>();
  /** Exchanges that run, and what waits for there to be none. */
  #running = 0;
  #onIdle: () => void = () => undefined;

  constructor(context: ExchangeContext) {
    this.#context = context;
    this.#server = createServer(context.settings);
    this.#handleEvents();
  }

  async listen(): Promise<AddressInfo> {
    const { host, port } = this.#context.settings.listen;
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    // Such as EMFILE when a connection cannot be accepted: the listener goes on.
    this.#server.on('error', () => {
      this.#context.observer.connectionRefused('accept-failed');
    });
    return this.#server.address() as AddressInfo;
  }

  /** Stops accepting; resolves when nothing is open any more. */
  async drain(): Promise<void> {
    if (this.#server.listening) {
      const closed = once(this.#server, 'close');
      this.#server.close();
      await closed;
    }
    if (this.#running > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
  }

  /** Ends every connection. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  #handleEvents(): void {
    const { observer } = this.#context;
    const handle =
      (expectation: HandsetRequest['expectation']) =>
      (request: IncomingMessage, response: ServerResponse): void => {
        this.#accept({ id: randomUUID(), request, response, expectation });
      };
    this.#server.on('request', handle('none'));
    this.#server.on('checkContinue', handle('continue'));
    this.#server.on('checkExpectation', handle('unknown'));
    this.#server.on('connect', (_request: IncomingMessage, socket: Socket) => {
      observer.connectionRefused('connect-method');
      refuseConnection(socket, 405);
    });
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      this.#onClientError(error, socket);
    });
    this.#server.on('drop', () => {
      observer.connectionRefused('too-many-connections');
    });
    this.#server.on('tlsClientError', () => {
      observer.connectionRefused('tls-failed');
    });
  }

  #accept(handset: HandsetRequest): void {
    const { socket } = handset.request;
    const isTaken = this.#turns.take(socket, () => this.#run(handset));
    if (isTaken) return;
    this.#context.observer.connectionRefused('too-many-pipelined');
    socket.destroy();
  }

  async #run(handset: HandsetRequest): Promise<boolean> {
    const { request, response } = handset;
    this.#current.set(request.socket, response);
    this.#running += 1;
    await runExchange(handset, this.#context);
    this.#running -= 1;
    if (this.#running === 0) this.#onIdle();
    if (this.#context.isDraining()) this.#server.closeIdleConnections();
    return response.shouldKeepAlive && request.socket.writable;
  }

  #onClientError({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
    const row = CLIENT_ERRORS.get(code) ?? (code.startsWith('HPE_') ? MALFORMED : undefined);
    if (row === undefined) {
      // The peer went away, or TLS failed, which is told by an event of its own: there is nothing to answer.
      socket.destroy();
      return;
    }
    this.#context.observer.connectionRefused(row.refusal);
    const current = this.#current.get(socket);
    // Octets inside an answer that is under way would be taken for a part of it.
    if (current?.headersSent === true && !current.writableFinished) socket.destroy();
    else refuseConnection(socket, row.status);
  }
}

/** The server with every limit of node:http set by name, so that none is left to a default that changes. */
function createServer({ listen, limits, timeouts }: ProxySettings): Server {
  const options: ServerOptions = {
    insecureHTTPParser: false,
    // Checked in `framing.ts`, so that a refusal is an exchange like any other and is told of.
    requireHostHeader: false,
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: timeouts.requestHeaderMs,
    // The body has a deadline of its own in `body.ts`: node would answer 408, which ends no MMS transaction.
    requestTimeout: 0,
    keepAliveTimeout: timeouts.idleMs,
    connectionsCheckingInterval: Math.min(1000, Math.ceil(timeouts.requestHeaderMs / 4)),
  };
  const server =
    listen.tls === undefined
      ? createHttpServer(options)
      : createHttpsServer({
          ...options,
          ...tlsOptions(listen.tls),
          handshakeTimeout: timeouts.requestHeaderMs,
        });
  server.maxConnections = limits.connectionsMax;
  // 0 lifts node's silent cut after 2000 headers; their bytes are limited.
  server.maxHeadersCount = 0;
  return server;
}

function tlsOptions(tls: NonNullable<ListenSettings['tls']>): Parameters<typeof createHttpsServer>[0] {
  const { cert, key, ca, clientCertificate } = tls;
  const isRequired = clientCertificate === 'required';
  return {
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(ca !== undefined && { ca }),
    requestCert: isRequired,
    rejectUnauthorized: isRequired,
  };
}

interface ClientErrorRow {
  readonly status: number;
  readonly refusal: ConnectionRefusalCode;
}

const MALFORMED: ClientErrorRow = { status: 400, refusal: 'malformed-request' };

/** Answers to what node:http refuses before there is a request, by its error code. */
const CLIENT_ERRORS: ReadonlyMap<string, ClientErrorRow> = new Map([
  ['HPE_INVALID_METHOD', { status: 405, refusal: 'malformed-request' }],
  ['HPE_HEADER_OVERFLOW', { status: 431, refusal: 'header-too-large' }],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', { status: 413, refusal: 'malformed-request' }],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, refusal: 'header-too-slow' }],
]);

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
};

function refuseConnection(socket: Socket, status: number): void {
  const allow = status === 405 ? 'Allow: POST, GET, HEAD\r\n' : '';
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.once('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n${allow}Connection: close\r\nContent-Length: 0\r\n\r\n`,
    () => {
      socket.destroy();
    },
  );
}
