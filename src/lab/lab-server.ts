import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Where to listen, and what answers. Port 0 takes any free one. */
export interface LabServerOptions {
  readonly host?: string;
  readonly port?: number;
  readonly handle: RequestHandler;
  /** False withholds `100 Continue` from a client that waits for it. Asked once a request. */
  readonly grantsContinue?: () => boolean;
}

/** Connections that one lab server holds; one more is closed at once. */
const CONNECTIONS_MAX = 1000;

/** An HTTP listener that owns its connections and the handlers that still run. */
export class LabServer {
  readonly #options: LabServerOptions;
  readonly #server: Server;
  readonly #running = new Set<Promise<void>>();
  #port: number;

  private constructor(options: LabServerOptions) {
    this.#options = options;
    this.#port = options.port ?? 0;
    this.#server = createServer((request, response) => {
      this.#run(request, response);
    });
    this.#server.maxConnections = CONNECTIONS_MAX;
    this.#server.on('checkContinue', (request, response) => {
      if (options.grantsContinue?.() ?? true) response.writeContinue();
      this.#run(request, response);
    });
  }

  /** Starts listening. Rejects when the port cannot be had. */
  static async start(options: LabServerOptions): Promise<LabServer> {
    const server = new LabServer(options);
    await server.accept();
    return server;
  }

  /** The port that it listens on. */
  get port(): number {
    return this.#port;
  }

  /** Listens, again on the same port after `refuse`. */
  async accept(): Promise<void> {
    if (this.#server.listening) return;
    this.#server.listen({ host: this.#options.host ?? '127.0.0.1', port: this.#port });
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Closes the port, so that connections are refused, and every connection that is open. */
  async refuse(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Ends every connection, and waits for the handlers. */
  async close(): Promise<void> {
    await this.refuse();
    await Promise.all(this.#running);
  }

  #run(request: IncomingMessage, response: ServerResponse): void {
    const running = this.#options.handle(request, response).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
