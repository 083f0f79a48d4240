import { describe, expect, it } from 'vitest';
import { decodePdu, encodePdu } from '../../src/codec/pdu.ts';
import { plainPdu } from '../../src/lab/plain-pdu.ts';

describe('a plain PDU', () => {
  it('encodes, and decodes strictly to itself', () => {
    const pdu = plainPdu('m-acknowledge-ind', { transactionId: 'T', version: '1.3' });
    expect(decodePdu(encodePdu(pdu)).pdu).toEqual(pdu);
  });
});
