import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { releaseTransactionId, withTransactionId } from '../../src/proxy/transaction-id.ts';
import { pduBytes, retrieveConfirmation, sendRequest } from '../support/mms-messages.ts';

const OPTIONS = { tolerate: REAL_WORLD };

describe('the transaction id of a release', () => {
  it('is the same for the same record, another for another, and not the id of the record', () => {
    const [first, again, other] = ['a', 'a', 'b'].map(releaseTransactionId);
    expect([first === again, first === other]).toEqual([true, false]);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(releaseTransactionId('0123456789abcdef0123456789abcdef')).not.toContain('0123456789abcdef');
  });
});

describe('a PDU with another transaction id', () => {
  it('decodes to the same value but for the id', () => {
    const original = new Uint8Array(sendRequest({ transactionId: 'T-1' }, 50));
    const changed = withTransactionId(original, 'another', OPTIONS);
    const { pdu } = decodePdu(original);
    expect(decodePdu(changed!).pdu).toEqual({
      ...pdu,
      headers: { ...pdu.headers, transactionId: 'another' },
    });
  });

  it('has every other octet as it was, whatever the ids', () => {
    const id = fc.stringMatching(/^[!-~]{1,40}$/);
    fc.assert(
      fc.property(id, id, (before, after) => {
        const original = sendRequest({ transactionId: before });
        const expected = sendRequest({ transactionId: after });
        expect(Buffer.from(withTransactionId(original, after, OPTIONS)!)).toEqual(expected);
      }),
    );
  });

  it('keeps what an encoder would write otherwise', () => {
    const type = Buffer.from([0x8c, 0x80]);
    const overlong = Buffer.from([0x85, 0x05, 0x00, 0x65, 0x53, 0xf1, 0x00]);
    const id = Buffer.from('\x98T\0', 'latin1');
    const rest = sendRequest().subarray(2 + 5);
    const changed = withTransactionId(Buffer.concat([type, overlong, id, rest]), 'NEW', OPTIONS);
    expect(Buffer.from(changed!)).toEqual(
      Buffer.concat([type, overlong, Buffer.from('\x98NEW\0', 'latin1'), rest]),
    );
  });

  it('has it in each place where the header stood', () => {
    const [type, rest] = [Buffer.from([0x8c, 0x80]), sendRequest().subarray(2)];
    const doubled = Buffer.concat([type, Buffer.from('\x98first\0', 'latin1'), rest]);
    const changed = Buffer.from(withTransactionId(doubled, 'NEW', OPTIONS)!).toString('latin1');
    expect(changed.split('\x98NEW\0')).toHaveLength(3);
    expect(changed).not.toMatch(/first|T-1/);
  });

  it.each([
    ['octets that are no PDU', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['a PDU that ends inside a header', sendRequest().subarray(0, 5)],
    ['a PDU without one', pduBytes('m-send-conf', { responseStatus: 'ok', version: '1.2' })],
  ])('is not to be had of %s', (_, octets) => {
    expect(withTransactionId(octets, 'NEW', OPTIONS)).toBeUndefined();
  });

  it('is to be had of any type that has one', () => {
    const changed = withTransactionId(retrieveConfirmation(), 'NEW', OPTIONS);
    expect(decodePdu(changed!, OPTIONS).pdu.headers.transactionId).toBe('NEW');
  });
});
