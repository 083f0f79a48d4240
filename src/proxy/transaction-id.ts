/** Transaction ids of messages that are sent again. */
import { createHash } from 'node:crypto';
import { DecodeError } from '../codec/decode-error.ts';
import { MMS_FIELDS } from '../codec/mms-fields.ts';
import { decodePdu, type DecodeOptions } from '../codec/pdu.ts';
import type { HeaderSpan } from '../codec/pdu-types.ts';
import { Writer } from '../codec/writer.ts';

/** Hexadecimal digits of a transaction id: handsets send ids of up to 44 characters, so that MMSCs take this. */
const ID_DIGITS = 32;

/**
 * The X-Mms-Transaction-Id under which a record is released: not that of its sender, and always the same, so that an
 * MMSC can recognise a second delivery after a crash. Pure.
 */
export function releaseTransactionId(recordId: string): string {
  return createHash('sha256').update(`release ${recordId}`).digest('hex').slice(0, ID_DIGITS);
}

/**
 * The PDU with another X-Mms-Transaction-Id, every other octet as it was: nothing in a PDU counts the octets of its
 * headers (OMA-TS-MMS_ENC 7.1), so that it need not be encoded anew. Where the header stands more than once, each is
 * replaced. Undefined when the octets cannot be decoded, or have no such header. Pure.
 */
export function withTransactionId(
  pdu: Uint8Array,
  transactionId: string,
  options: DecodeOptions,
): Uint8Array | undefined {
  const spans = transactionIdSpans(pdu, options);
  if (spans.length === 0) return undefined;
  const { octet, codec } = MMS_FIELDS.transactionId;
  const out = new Writer(pdu.length + transactionId.length);
  let copied = 0;
  for (const { offset, end } of spans) {
    out.bytes(pdu.subarray(copied, offset));
    out.octet(octet);
    codec.write(transactionId, out);
    copied = end;
  }
  out.bytes(pdu.subarray(copied));
  return out.finish();
}

function transactionIdSpans(pdu: Uint8Array, options: DecodeOptions): readonly HeaderSpan[] {
  try {
    return decodePdu(pdu, options).layout.filter(({ key }) => key === 'transactionId');
  } catch (error) {
    if (error instanceof DecodeError) return [];
    throw error;
  }
}
