/** An MMSC that does exactly what a test tells it, octet by octet: slow, dead, lying, resetting. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { MmscSettings } from '../../src/proxy/settings.ts';

/** One request as it came over the wire. */
export interface ReceivedRequest {
  readonly requestLine: string;
  /** Name, value, name, value…, as received. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
  /** The first value of a header, by any case; undefined when absent. */
  header(name: string): string | undefined;
}

/** What to do with a request. The next step of the connection is up to it. */
export type Script = (socket: Socket, request: ReceivedRequest) => void;

/** Answers with these octets (Latin-1) and, if given, a body. */
export function sending(head: string, body: Uint8Array = new Uint8Array()): Script {
  return (socket) => socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
}

/** Answers with a complete response. */
export function answering(
  body: Uint8Array,
  head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n',
): Script {
  return sending(`${head}Content-Length: ${body.length}\r\n\r\n`, body);
}

/** Answers like `script`, then ends the connection. */
export function thenClosing(script: Script): Script {
  return (socket, request) => {
    script(socket, request);
    socket.end();
  };
}

/** Never answers. */
export const silent: Script = () => undefined;

/** Breaks the connection with a TCP reset. */
export const resetting: Script = (socket) => {
  socket.resetAndDestroy();
};

/** A listening scripted MMSC. `requests` has every request that came whole. */
export class ScriptedMmsc {
  readonly requests: ReceivedRequest[] = [];
  script: Script = answering(Buffer.from('ok'));
  /** Called with every new connection; for an MMSC that does not wait for a request. */
  onConnection: (socket: Socket) => void = () => undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #connections = 0;
  #wake: () => void = () => undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<ScriptedMmsc> {
    const server = createServer({ noDelay: true });
    const mmsc = new ScriptedMmsc(server);
    server.on('connection', (socket) => {
      mmsc.#onConnection(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return mmsc;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections that were ever accepted. */
  get connections(): number {
    return this.#connections;
  }

  /** This MMSC under the name that handsets use. */
  settings(host = 'mmsc', port = 80): MmscSettings {
    return { host, port, connect: { protocol: 'http:', host: '127.0.0.1', port: this.port } };
  }

  /** Resolves when `count` requests have come whole. */
  async received(count: number): Promise<void> {
    while (this.requests.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Ends the connections that are open now; resolves when the other side has closed them, too. */
  async closeConnections(): Promise<void> {
    const closed = [...this.#sockets].map((socket) => once(socket, 'close'));
    for (const socket of this.#sockets) socket.end();
    await Promise.all(closed);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #onConnection(socket: Socket): void {
    this.#connections += 1;
    const connection = this.#connections;
    this.#sockets.add(socket);
    let pending: Buffer = Buffer.alloc(0);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (let taken = takeRequest(pending, connection); taken; taken = takeRequest(pending, connection)) {
        pending = taken.rest;
        this.requests.push(taken.request);
        this.#wake();
        this.script(socket, taken.request);
      }
    });
    this.onConnection(socket);
  }
}

function takeRequest(
  bytes: Buffer,
  connection: number,
): { request: ReceivedRequest; rest: Buffer } | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const rawHeaders = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  const header = (name: string): string | undefined => {
    const index = rawHeaders.findIndex((one, at) => at % 2 === 0 && one.toLowerCase() === name.toLowerCase());
    return index < 0 ? undefined : rawHeaders[index + 1];
  };
  const start = headEnd + 4;
  const end = start + Number(header('content-length') ?? 0);
  if (bytes.length < end) return undefined;
  const body = bytes.subarray(start, end);
  return { request: { requestLine, rawHeaders, body, connection, header }, rest: bytes.subarray(end) };
}
