import { DecodeError } from '../codec/decode-error.ts';
import { DEFAULT_DECODE_LIMITS } from '../codec/decode-limits.ts';
import { REAL_WORLD } from '../codec/deviations.ts';
import { fieldOf, type FieldKey } from '../codec/mms-fields.ts';
import { MMS_MESSAGES } from '../codec/mms-messages.ts';
import type { MessageType } from '../codec/mms-tokens.ts';
import { Reader } from '../codec/reader.ts';
import type { PduFacts } from '../inspection/scan-outcome.ts';

const KEPT: ReadonlySet<FieldKey> = new Set(['transactionId', 'version', 'from', 'date']);

/** Headers read before a broken PDU is given up: those that are looked for stand among the first. */
const HEADERS_MAX = 32;

/**
 * Reads what it can of the first headers of a PDU that is broken, cut off, or too large to be read whole, so that even
 * its sender gets an answer that ends the transaction. Undefined when the bytes do not begin with a known
 * X-Mms-Message-Type. The first of two like headers counts. Never throws.
 */
export function salvagePdu(head: Uint8Array): PduFacts | undefined {
  const reader = new Reader(head, { limits: DEFAULT_DECODE_LIMITS, tolerate: REAL_WORLD, anomalies: [] });
  const headers: Record<string, unknown> = {};
  try {
    for (let count = 0; count < HEADERS_MAX && reader.remaining > 0; count += 1) {
      const field = fieldOf(reader.octet(), undefined);
      if (field === undefined || field.key === 'contentType') break;
      headers[field.key] ??= field.row.codec.read(reader);
      if (count === 0 && field.key !== 'messageType') return undefined;
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  const { messageType } = headers;
  if (typeof messageType !== 'string' || !Object.hasOwn(MMS_MESSAGES, messageType)) return undefined;
  const kept = Object.entries(headers).filter(([key]) => KEPT.has(key as FieldKey));
  return { type: messageType as MessageType, headers: Object.fromEntries(kept), recipients: [] };
}
