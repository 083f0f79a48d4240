import { describe, expect, it } from 'vitest';
import { tryDecode, tryDecodePush } from '../../src/lab/try-decode.ts';
import { fixture } from '../support/fixtures.ts';

describe('tryDecode', () => {
  it.each([
    ['m-send-req', 'm-send-req'],
    ['deviation-duplicate-header', 'm-acknowledge-ind'],
  ])('reads %s as leniently as a handset', (name, type) => {
    expect(tryDecode(fixture(name).bytes)?.pdu.type).toBe(type);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('hello')],
    ['half a PDU', fixture('m-send-req').bytes.subarray(0, 30)],
  ])('gives undefined for %s', (_, bytes) => {
    expect(tryDecode(bytes)).toBeUndefined();
  });
});

describe('tryDecodePush', () => {
  it('reads the PDU in a push', () => {
    expect(tryDecodePush(fixture('push').bytes)?.pdu.type).toBe('m-notification-ind');
  });

  it.each([
    ['a PDU without its push', fixture('m-notification-ind').bytes],
    ['a push of something else', Buffer.concat([fixture('push').bytes.subarray(0, 6), Buffer.from('x')])],
  ])('gives undefined for %s', (_, bytes) => {
    expect(tryDecodePush(bytes)).toBeUndefined();
  });
});
