import { describe, expect, it } from 'vitest';
import { encodePdu } from '../../src/codec/pdu.ts';
import { encodeMmsPush } from '../../src/codec/wap-push.ts';
import { plainPdu } from '../../src/lab/plain-pdu.ts';
import { tryDecode, tryDecodePush } from '../../src/lab/try-decode.ts';

const PDU = encodePdu(plainPdu('m-acknowledge-ind', { transactionId: 'T', version: '1.3' }));

describe('trying to decode', () => {
  it('gives a PDU', () => {
    expect(tryDecode(PDU)?.pdu.type).toBe('m-acknowledge-ind');
  });

  it('gives the PDU inside a push', () => {
    expect(tryDecodePush(encodeMmsPush(PDU, 7))?.pdu.type).toBe('m-acknowledge-ind');
  });

  it.each([
    ['nothing', ''],
    ['a text', 'hello'],
    ['a broken PDU', '\x8c\x80\x98'],
  ])('gives undefined for %s', (_, text) => {
    const bytes = Buffer.from(text, 'latin1');
    expect([tryDecode(bytes), tryDecodePush(bytes)]).toEqual([undefined, undefined]);
  });
});
