/** WAP push over WSP (WAP-235-PushOTA, WAP-230-WSP 8.2.4.1): how an m-notification-ind reaches a handset. */
import { contentTypeValue, type ContentType } from './content-type.ts';
import { DecodeError } from './decode-error.ts';
import { DEFAULT_DECODE_LIMITS } from './decode-limits.ts';
import { STRICT, type Anomaly } from './deviations.ts';
import { readPartHeaders, writePartHeaders, type PartHeaders } from './part-headers.ts';
import type { DecodeOptions } from './pdu.ts';
import { Reader } from './reader.ts';
import { uintvar } from './wsp-values.ts';
import { Writer } from './writer.ts';

const PUSH_PDU = 0x06;
const CONFIRMED_PUSH_PDU = 0x05;

/** A push: `bytes` is what it carries, an MMS PDU when the type is `application/vnd.wap.mms-message`. */
export interface WapPush {
  readonly transactionId: number;
  readonly contentType: ContentType;
  readonly headers: PartHeaders;
  /** A view of the input. */
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly anomalies: readonly Anomaly[];
}

/** True when the octets start like a push rather than like an MMS PDU. */
export function looksLikePush(bytes: Uint8Array): boolean {
  return bytes[0] !== 0x8c && (bytes[1] === PUSH_PDU || bytes[1] === CONFIRMED_PUSH_PDU);
}

/** Decodes the wrapper of a push. Throws only `DecodeError`; `not-a-push` when the second octet is no push type. */
export function decodePush(bytes: Uint8Array, options: DecodeOptions = {}): WapPush {
  const { limits = DEFAULT_DECODE_LIMITS, tolerate = STRICT } = options;
  if (bytes.length > limits.pduBytesMax) {
    throw new DecodeError('limit-pdu-bytes', limits.pduBytesMax, `push of over ${limits.pduBytesMax} octets`);
  }
  const anomalies: Anomaly[] = [];
  const reader = new Reader(bytes, { limits, tolerate, anomalies });
  const transactionId = reader.octet();
  const type = reader.octet();
  if (type !== PUSH_PDU && type !== CONFIRMED_PUSH_PDU)
    throw reader.error('not-a-push', `WSP PDU type ${type}`, 1);
  const head = reader.child(uintvar.read(reader));
  const contentType = contentTypeValue.read(head);
  const headers = readPartHeaders(head);
  const { offset } = reader;
  return { transactionId, contentType, headers, bytes: reader.view(reader.remaining), offset, anomalies };
}

/** Wraps an MMS PDU for WAP push, addressed to the MMS user agent (X-Wap-Application-Id 4, `mms.ua`). */
export function encodeMmsPush(pdu: Uint8Array, transactionId: number): Uint8Array {
  const out = new Writer(pdu.length + 16);
  const head = Writer.collect((inner) => {
    contentTypeValue.write({ mediaType: 'application/vnd.wap.mms-message', parameters: [] }, inner);
    writePartHeaders({ others: [{ name: 'X-Wap-Application-Id', value: Uint8Array.of(0x84) }] }, inner);
  });
  out.octet(transactionId);
  out.octet(PUSH_PDU);
  uintvar.write(head.length, out);
  out.bytes(head);
  out.bytes(pdu);
  return out.finish();
}
