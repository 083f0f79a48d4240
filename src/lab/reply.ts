import type { ServerResponse } from 'node:http';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { encodePdu } from '../codec/pdu.ts';

/** The media type of MMS PDUs on HTTP. */
export const MMS_MEDIA_TYPE = 'application/vnd.wap.mms-message';

/** An HTTP answer as a value. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A PDU in HTTP 200. */
export function pduReply(pdu: MmsPdu): Reply {
  return bytesReply(encodePdu(pdu));
}

/** The bytes of a PDU in HTTP 200. */
export function bytesReply(body: Uint8Array): Reply {
  return { status: 200, headers: { 'Content-Type': MMS_MEDIA_TYPE }, body };
}

/** Plain text. */
export function textReply(status: number, text: string): Reply {
  return { status, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from(text) };
}

/** No content: what indications are answered with. */
export const EMPTY_REPLY: Reply = { status: 200, headers: {}, body: new Uint8Array() };

/** Writes an answer with its length, as every MMSC should. */
export function writeReply(response: ServerResponse, { status, headers, body }: Reply): void {
  const length = status === 204 ? {} : { 'Content-Length': String(body.length) };
  response.writeHead(status, { ...headers, ...length }).end(body);
}
