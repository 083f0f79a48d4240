import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import { readConfirmation } from '../../src/proxy/mmsc-confirmation.ts';
import { pduBytes } from '../support/mms-messages.ts';

const OPTIONS = { tolerate: REAL_WORLD };
const ECHO: MmsHeaders = { transactionId: 'T', version: '1.2' };

function answer(type: MessageType, headers: MmsHeaders): Buffer {
  return pduBytes(type, { ...ECHO, ...headers });
}

const SENT = answer('m-send-conf', { responseStatus: 'ok', messageId: 'M-7' });

describe('the answer of an MMSC', () => {
  it.each([
    ['m-send-req', SENT, 'M-7'],
    ['m-send-req', answer('m-send-conf', { responseStatus: 'ok' }), undefined],
    ['m-forward-req', answer('m-forward-conf', { responseStatus: 'ok', messageId: 'F' }), 'F'],
    ['m-mbox-upload-req', answer('m-mbox-upload-conf', { storeStatus: 'success' }), undefined],
    ['m-mbox-store-req', answer('m-mbox-store-conf', { storeStatus: 'success' }), undefined],
    ['m-read-rec-ind', Buffer.from('Received'), undefined],
    ['m-acknowledge-ind', Buffer.alloc(0), undefined],
    // What we could not decode, the MMSC could.
    [undefined, SENT, 'M-7'],
  ] as const)('to %s says that it was taken', (posted, body, messageId) => {
    expect(readConfirmation({ status: 200, body }, posted, OPTIONS)).toEqual({ kind: 'taken', messageId });
  });

  it.each([
    ['error-permanent-service-denied', { responseStatus: 'error-permanent-service-denied' }],
    ['error-transient-failure', { responseStatus: 'error-transient-failure' }],
    ['error-transient-partial-success', { responseStatus: 'error-transient-partial-success' }],
    ['236', { responseStatus: 0xec }],
    ['no status', {}],
  ] as const)('says that it was refused with %s', (status, headers) => {
    const body = answer('m-send-conf', headers);
    expect(readConfirmation({ status: 200, body }, 'm-send-req', OPTIONS)).toEqual({
      kind: 'refused',
      status,
    });
  });

  it.each([
    ['HTTP 503', 503, SENT, 'm-send-req'],
    ['HTTP 302', 302, SENT, 'm-send-req'],
    ['HTTP 404', 404, Buffer.alloc(0), 'm-acknowledge-ind'],
    ['HTTP 200 with 0 octets that are no PDU instead of a confirmation', 200, Buffer.alloc(0), 'm-send-req'],
    ['HTTP 200 with 4 octets that are no PDU instead of a confirmation', 200, Buffer.from('busy'), undefined],
    ['HTTP 200 with m-send-conf instead of a confirmation', 200, SENT, 'm-mbox-upload-req'],
    [
      'HTTP 200 with m-send-req instead of a confirmation',
      200,
      answer('m-send-req', { from: { kind: 'insert-address' } }),
      'm-send-req',
    ],
  ] as const)('says nothing: %s', (detail, status, body, posted) => {
    expect(readConfirmation({ status, body }, posted, OPTIONS)).toEqual({ kind: 'failed', detail });
  });

  it('is never taken for an Ok when it is octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
        const { kind } = readConfirmation({ status: 200, body: Buffer.from(octets) }, 'm-send-req', OPTIONS);
        expect(kind === 'taken').toBe(false);
      }),
    );
  });
});
