import { expect, it } from 'vitest';
import { decodePdu, encodePdu } from '../../src/codec/pdu.ts';
import { plainPdu } from '../../src/lab/plain-pdu.ts';

it('makes a PDU that a strict decoder reads back', () => {
  const pdu = plainPdu('m-delivery-ind', {
    version: '1.3',
    messageId: 'm',
    to: [{ text: '+12025550111/TYPE=PLMN' }],
    date: 1_700_000_000,
    status: 'retrieved',
  });
  expect(decodePdu(encodePdu(pdu)).pdu).toEqual(pdu);
});
