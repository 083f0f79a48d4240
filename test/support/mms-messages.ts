/** Small PDUs for tests that are not about PDUs. */
import { encodedString } from '../../src/codec/encoded-string.ts';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import { encodePdu } from '../../src/codec/pdu.ts';
import type { PduBody } from '../../src/codec/pdu-types.ts';

const MIXED = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };

/** The octets of a PDU. */
export function pduBytes(type: MessageType, headers: MmsHeaders, body?: PduBody): Buffer {
  return Buffer.from(encodePdu({ type, headers, applicationHeaders: [], unknownHeaders: [], body }));
}

/** An m-send-req with one text part of `size` octets. */
export function sendRequest(headers: MmsHeaders = {}, size = 20): Buffer {
  const known: MmsHeaders = {
    transactionId: 'T-1',
    version: '1.2',
    from: { kind: 'insert-address' },
    to: [encodedString('+12025550122/TYPE=PLMN')],
    contentType: MIXED,
  };
  return pduBytes('m-send-req', { ...known, ...headers }, textBody(size));
}

/** An m-retrieve-conf with one text part of `size` octets. */
export function retrieveConfirmation(size = 20): Buffer {
  const headers: MmsHeaders = {
    transactionId: 'R-1',
    version: '1.1',
    date: 1_700_000_000,
    from: { kind: 'address', address: encodedString('+12025550111/TYPE=PLMN') },
    contentType: MIXED,
  };
  return pduBytes('m-retrieve-conf', headers, textBody(size));
}

/** The m-send-conf of an accepted message. */
export function sendConfirmation(): Buffer {
  return pduBytes('m-send-conf', {
    transactionId: 'T-1',
    version: '1.2',
    responseStatus: 'ok',
    messageId: 'M',
  });
}

/** An m-acknowledge-ind. */
export function acknowledgement(): Buffer {
  return pduBytes('m-acknowledge-ind', { transactionId: 'A-1', version: '1.2' });
}

function textBody(size: number): PduBody {
  const contentType = { mediaType: 'text/plain', parameters: [] };
  const bytes = Buffer.alloc(size, 'x');
  return { kind: 'multipart', parts: [{ contentType, headers: { others: [] }, bytes }] };
}
