import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodedString } from '../../src/codec/encoded-string.ts';
import { replyToGet, replyToPost } from '../../src/proxy/replies.ts';
import { salvagePdu } from '../../src/proxy/salvage.ts';
import { acknowledgement, retrieveConfirmation, sendRequest } from '../support/mms-messages.ts';
import { replyContext } from '../support/reply-context.ts';

const bytes = (...octets: (number | string)[]): Buffer =>
  Buffer.concat(
    octets.map((one) => (typeof one === 'number' ? Buffer.from([one]) : Buffer.from(one, 'latin1'))),
  );

describe('salvagePdu', () => {
  it('reads what an answer echoes from a PDU', () => {
    expect(salvagePdu(retrieveConfirmation())).toEqual({
      type: 'm-retrieve-conf',
      headers: {
        transactionId: 'R-1',
        version: '1.1',
        date: 1_700_000_000,
        from: { kind: 'address', address: encodedString('+12025550111/TYPE=PLMN') },
      },
      recipients: [],
    });
  });

  it('reads it from a PDU that is cut off in its body', () => {
    const whole = sendRequest({}, 1000);
    expect(salvagePdu(whole.subarray(0, 200))).toMatchObject({
      type: 'm-send-req',
      headers: { transactionId: 'T-1', version: '1.2' },
    });
  });

  it.each([
    ['only a type', bytes(0x8c, 0x80), {}],
    ['a cut transaction id', bytes(0x8c, 0x80, 0x98, 'T-'), {}],
    ['a cut version', bytes(0x8c, 0x80, 0x98, 'T\0', 0x8d), { transactionId: 'T' }],
    [
      'headers in another order',
      bytes(0x8c, 0x80, 0x8d, 0x92, 0x98, 'T\0'),
      { version: '1.2', transactionId: 'T' },
    ],
    ['a header that is not assigned', bytes(0x8c, 0x80, 0x98, 'T\0', 0xc5, 0x8d), { transactionId: 'T' }],
    ['two transaction ids', bytes(0x8c, 0x80, 0x98, 'A\0', 0x98, 'B\0'), { transactionId: 'A' }],
  ])('makes do with %s', (_, head, headers) => {
    expect(salvagePdu(head)).toEqual({ type: 'm-send-req', headers, recipients: [] });
  });

  it.each([
    ['nothing', bytes()],
    ['text', bytes('hello')],
    ['half a type', bytes(0x8c)],
    ['an unknown type', bytes(0x8c, 0xff, 0x98, 'T\0')],
    ['a type that is not first', bytes(0x98, 'T\0', 0x8c, 0x80)],
  ])('knows nothing of %s', (_, head) => {
    expect(salvagePdu(head)).toBeUndefined();
  });

  it('reads no further than a bounded number of headers', () => {
    const flood = bytes(0x8c, 0x80, ...Array.from({ length: 100 }, () => 0x8d + 0), 0x98, 'T\0');
    expect(salvagePdu(flood)?.headers.transactionId).toBeUndefined();
  });

  it('never throws, and whatever it gives can be answered', () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(sendRequest(), retrieveConfirmation(), acknowledgement()),
        fc.nat(),
        fc.nat(255),
        fc.nat(),
      )
      .map(([pdu, at, octet, cut]) => {
        const copy = Buffer.from(pdu);
        copy[at % copy.length] = octet;
        return copy.subarray(0, cut % (copy.length + 1));
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (head) => {
        const known = salvagePdu(head);
        expect(replyToPost(known, 'undecodable', replyContext()).status).toBeGreaterThan(0);
        expect(replyToGet(known, 'not-inspected', replyContext()).status).toBe(200);
      }),
      { numRuns: 2000 },
    );
  });
});
