import type { MmsHeaders } from '../codec/mms-fields.ts';
import type { MessageType } from '../codec/mms-tokens.ts';
import type { MmsPdu, PduBody } from '../codec/pdu-types.ts';

/** A PDU without application or unknown headers. */
export function plainPdu(type: MessageType, headers: MmsHeaders, body?: PduBody): MmsPdu {
  return { type, headers, applicationHeaders: [], unknownHeaders: [], body };
}
