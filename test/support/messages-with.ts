/** PDUs with the parts that a test gives. */
import type { ContentType } from '../../src/codec/content-type.ts';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import type { Part } from '../../src/codec/multipart.ts';
import { pduBytes, sendRequest } from './mms-messages.ts';
import { decodePdu } from '../../src/codec/pdu.ts';

/** A part of a message, of text unless a test says otherwise. */
export interface TestPart {
  readonly type?: string;
  readonly bytes?: Uint8Array | string;
  readonly parameters?: ContentType['parameters'];
  readonly headers?: Partial<Part['headers']>;
  readonly nested?: readonly TestPart[];
}

/** The codec's part. */
export function partWith({
  type = 'text/plain',
  bytes = 'hello',
  parameters = [],
  headers = {},
  nested,
}: TestPart): Part {
  const part = {
    contentType: { mediaType: type, parameters },
    headers: { others: [], ...headers },
    bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
  };
  return nested === undefined
    ? part
    : { ...part, nested: { kind: 'multipart', parts: nested.map(partWith) } };
}

/** An m-send-req with these parts. */
export function messageWith(parts: readonly TestPart[], headers: MmsHeaders = {}): Buffer {
  const { pdu } = decodePdu(sendRequest());
  return pduBytes(
    'm-send-req',
    { ...pdu.headers, ...headers },
    { kind: 'multipart', parts: parts.map(partWith) },
  );
}
