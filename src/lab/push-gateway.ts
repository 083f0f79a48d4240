/** A small push proxy gateway: takes pushes by PAP (WAP-247-PAP-20010429-a) and carries them to handsets. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './bounded-body.ts';
import { LabServer, type LabServerOptions } from './lab-server.ts';
import { PushBearer, type PushBearerOptions } from './push-bearer.ts';
import { writeReply, type Reply } from './reply.ts';
import { tryDecode } from './try-decode.ts';

/** Bytes of one push-message: an SMS bearer carries far less. */
export const PAP_BYTES_MAX = 64 * 1024;

/** How a gateway is set up. */
export type PushGatewayOptions = PushBearerOptions & Pick<LabServerOptions, 'host' | 'port'>;

/** A running gateway. */
export class PushGateway {
  readonly #bearer: PushBearer;
  #server!: LabServer;

  private constructor(options: PushGatewayOptions) {
    this.#bearer = new PushBearer(options);
  }

  /** Starts a gateway. Rejects when the port cannot be had. */
  static async start(options: PushGatewayOptions = {}): Promise<PushGateway> {
    const gateway = new PushGateway(options);
    gateway.#server = await LabServer.start({
      ...options,
      handle: (request, response) => gateway.#handle(request, response),
    });
    return gateway;
  }

  /** Where PAP messages are POSTed to. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.port}/pap`;
  }

  /** Pushes for this number go to this URL from now on. */
  subscribe(number: string, pushUrl: string): void {
    this.#bearer.subscribe(number, pushUrl);
  }

  /** Ends every connection and push. */
  async close(): Promise<void> {
    await this.#server.close();
    await this.#bearer.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reading = await readBody(request, PAP_BYTES_MAX);
    const push = reading.ok ? readPush(request.headers['content-type'] ?? '', reading.bytes) : undefined;
    const pdu = push && tryDecode(push.content);
    if (push === undefined || pdu === undefined) {
      writeReply(response, papReply('<badmessage-response code="2000" desc="Bad Request"/>'));
      return;
    }
    const result = '<response-result code="1001" desc="accepted for processing"/>';
    writeReply(response, papReply(`<push-response push-id="${push.id}">${result}</push-response>`));
    this.#bearer.send({ to: push.number, pdu: pdu.pdu });
  }
}

interface ReceivedPush {
  /** As it stands, with its entities. */
  readonly id: string;
  readonly number: string;
  readonly content: Uint8Array;
}

const PUSH_ID = /<push-message\s[^>]*push-id="([^"<]*)"/;
const ADDRESS = /<address\s+address-value="WAPPUSH=(\+\d+)\/TYPE=PLMN@[^"]*"/;

/** What a multipart/related asks for; undefined for anything else. */
function readPush(contentType: string, body: Buffer): ReceivedPush | undefined {
  const [, boundary = ''] = /^multipart\/related;.*\bboundary="?([^";]+)"?/i.exec(contentType) ?? [];
  // Latin-1 gives every octet back.
  const [, control = '', entity = ''] = body.toString('latin1').split(`--${boundary}\r\n`);
  const [, id] = PUSH_ID.exec(control) ?? [];
  const [, number] = ADDRESS.exec(control) ?? [];
  const [, content] = new RegExp(`\r\n\r\n(.*)\r\n--${boundary}--`, 's').exec(entity) ?? [];
  if (id === undefined || number === undefined || content === undefined) return undefined;
  return { id, number, content: Buffer.from(content, 'latin1') };
}

function papReply(element: string): Reply {
  const text = `<?xml version="1.0"?>\r\n<pap>${element}</pap>\r\n`;
  return { status: 202, headers: { 'Content-Type': 'application/xml' }, body: Buffer.from(text) };
}
