/** The customer's http-proxy-3 behind our `Forwarder`, to be measured against `NodeForwarder`. */
import { Agent, IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createProxyServer } from 'http-proxy-3';
import type { Forwarder, UpstreamRequest, UpstreamResult } from '../../src/proxy/forwarder.ts';

/** How the library gets the body: from a stream, as it likes best, and gives the answer back to be inspected. */
export class HttpProxy3Forwarder implements Forwarder {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1024, scheduling: 'lifo' });
  readonly #proxy = createProxyServer({ agent: this.#agent, selfHandleResponse: true });
  readonly #pending = new WeakMap<IncomingMessage, (result: UpstreamResult) => void>();

  constructor() {
    this.#proxy.on('proxyRes', (answer: IncomingMessage, request: IncomingMessage) => {
      void this.#finish(answer, request);
    });
  }

  send(request: UpstreamRequest): Promise<UpstreamResult> {
    const incoming = asIncoming(request);
    const { host, port } = request.mmsc.connect;
    const body =
      request.body === undefined ? Readable.from([]) : Readable.from([request.body], { objectMode: false });
    return new Promise((resolve) => {
      this.#pending.set(incoming, resolve);
      const options = { target: `http://${host}:${port}`, buffer: body };
      this.#proxy.web(incoming, new ServerResponse(incoming), options, () => {
        resolve({ kind: 'failure', code: 'reset' });
      });
    });
  }

  close(): void {
    this.#agent.destroy();
    this.#proxy.close();
  }

  async #finish(answer: IncomingMessage, request: IncomingMessage): Promise<void> {
    const { statusCode = 0, statusMessage = '', httpVersion, rawHeaders } = answer;
    const body = await buffer(answer);
    const response = { status: statusCode, statusMessage, httpVersion, rawHeaders, body };
    this.#pending.get(request)?.({ kind: 'response', ...response });
  }
}

/** The library takes only a server's request, so one is made of ours. */
function asIncoming({ method, path, headers }: UpstreamRequest): IncomingMessage {
  const incoming = new IncomingMessage(new Socket());
  incoming.method = method;
  incoming.url = path;
  for (let index = 0; index + 1 < headers.length; index += 2) {
    incoming.headers[(headers[index] ?? '').toLowerCase()] = headers[index + 1] ?? '';
  }
  return incoming;
}
