/** An HTTP client that sends exactly the octets it is given, for requests that no proper client would send. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One HTTP response as it came over the wire. */
export interface RawResponse {
  readonly status: number;
  readonly statusLine: string;
  /** Name, value, name, value…, as received. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** The first value of a header, by any case; undefined when absent. */
  header(name: string): string | undefined;
}

/** One connection. Close it with `destroy`. */
export class RawConnection {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #isClosed = false;
  #wake: () => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    socket.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
    socket.on('error', () => undefined);
  }

  /** Sends octets; text is sent as Latin-1, so every character is one octet. */
  send(...pieces: readonly (string | Uint8Array)[]): this {
    for (const piece of pieces)
      this.#socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
    return this;
  }

  /** Stops reading, so that the other side's octets pile up. */
  pause(): void {
    this.#socket.pause();
  }

  /** Ends the connection at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** Resolves when the other side has ended the connection; gives what came and was not taken as a response. */
  async closed(): Promise<string> {
    while (!this.#isClosed) await this.#more();
    return this.#received.toString('latin1');
  }

  /** The next response. Rejects when the connection ends inside one. Interim (1xx) responses are responses, too. */
  async response(isHead = false): Promise<RawResponse> {
    for (;;) {
      const parsed = parseResponse(this.#received, this.#isClosed, isHead);
      if (parsed !== undefined) {
        this.#received = this.#received.subarray(parsed.end);
        return parsed.response;
      }
      if (this.#isClosed)
        throw new Error(`no response, but ${JSON.stringify(this.#received.toString('latin1'))}`);
      await this.#more();
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** Opens a connection to a port of the loopback. */
export async function connectRaw(port: number): Promise<RawConnection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return new RawConnection(socket);
}

/** Sends one request on a connection of its own and gives the answer. */
export async function request(
  port: number,
  ...pieces: readonly (string | Uint8Array)[]
): Promise<RawResponse> {
  const connection = await connectRaw(port);
  try {
    return await connection.send(...pieces).response();
  } finally {
    connection.destroy();
  }
}

/** A POST of a body with a Content-Length, in origin form. */
export function post(
  body: Uint8Array,
  headers = 'Content-Type: application/vnd.wap.mms-message\r\n',
): Uint8Array {
  const head = `POST / HTTP/1.1\r\nHost: mmsc\r\n${headers}Content-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

function parseResponse(
  bytes: Buffer,
  isClosed: boolean,
  isHead: boolean,
): { response: RawResponse; end: number } | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const rawHeaders = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const header = (name: string): string | undefined => {
    const index = rawHeaders.findIndex((one, at) => at % 2 === 0 && one.toLowerCase() === name.toLowerCase());
    return index < 0 ? undefined : rawHeaders[index + 1];
  };
  const status = Number(statusLine.split(' ')[1]);
  const start = headEnd + 4;
  const declared = header('content-length');
  const isWithoutBody = isHead || status < 200 || status === 204 || status === 304;
  const length = isWithoutBody ? 0 : declared === undefined ? undefined : Number(declared);
  if (length === undefined && !isClosed) return undefined;
  const end = start + (length ?? bytes.length - start);
  if (bytes.length < end) return undefined;
  return { response: { status, statusLine, rawHeaders, header, body: bytes.subarray(start, end) }, end };
}
