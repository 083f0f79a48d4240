import { describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { decodePush, encodeMmsPush, looksLikePush } from '../../src/codec/wap-push.ts';
import { fixture } from '../support/fixtures.ts';
import { failureOf, hex, octets, placesOf } from '../support/octets.ts';

const PUSH = fixture('push').bytes;

describe('decodePush', () => {
  it('gives the PDU, where it starts, and the headers', () => {
    const push = decodePush(PUSH);
    expect(push).toMatchObject({
      transactionId: 7,
      contentType: { mediaType: 'application/vnd.wap.mms-message', parameters: [] },
      headers: { others: [{ name: 'X-Wap-Application-Id', value: octets('84') }] },
      offset: 6,
      anomalies: [],
    });
    expect(decodePdu(push.bytes).pdu.type).toBe('m-notification-ind');
  });

  it('gives a view of the input', () => {
    expect(decodePush(PUSH).bytes.buffer).toBe(PUSH.buffer);
  });

  it('reads a confirmed push', () => {
    expect(decodePush(octets('ff 05 01 be 8c')).transactionId).toBe(0xff);
  });

  it.each([
    ["00 06 20 'application/vnd.wap.mms-message' 00", ['token-as-text@3']],
    ['00 06 80 01 be', ['uintvar-overlong@2']],
    ['00 06 02 be 00', ['header-octet-unassigned@4']],
  ])('reports what deviates in %s', (wire, anomalies) => {
    expect(placesOf(decodePush(octets(wire), { tolerate: REAL_WORLD }).anomalies)).toEqual(anomalies);
    expect(failureOf(() => decodePush(octets(wire)))).toBe(anomalies[0]);
  });

  it.each([
    ['', 'truncated@0'],
    ['00', 'truncated@1'],
    ['00 07 00', 'not-a-push@1'],
    ['8c 80', 'not-a-push@1'],
    ['00 06', 'truncated@2'],
    ['00 06 00', 'truncated@3'],
    ['00 06 05 be', 'truncated@3'],
  ])('fails for %j', (wire, failure) => {
    expect(failureOf(() => decodePush(octets(wire), { tolerate: REAL_WORLD }))).toBe(failure);
  });
});

describe('encodeMmsPush', () => {
  it('wraps a PDU as the fixture has it', () => {
    expect(hex(encodeMmsPush(decodePush(PUSH).bytes, 7))).toBe(hex(PUSH));
  });
});

describe('looksLikePush', () => {
  it.each([
    ['00 06 00', true],
    ['ff 05 00', true],
    ['8c 06', false],
    ['8c 80', false],
    ['00 07', false],
    ['', false],
  ])('%j: %s', (wire, expected) => {
    expect(looksLikePush(octets(wire))).toBe(expected);
  });
});
