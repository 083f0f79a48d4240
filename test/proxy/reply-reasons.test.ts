import { describe, expect, it } from 'vitest';
import { RESPONSE_STATUS_TOKENS, STORE_STATUS_TOKENS } from '../../src/codec/mms-tokens.ts';
import { REPLY_REASONS } from '../../src/proxy/reply-reasons.ts';

const octetIn = (table: Readonly<Record<number, string>>, name: string): number =>
  Number(Object.entries(table).find(([, value]) => value === name)?.[0]);

describe('REPLY_REASONS', () => {
  it.each(Object.entries(REPLY_REASONS))('tells %s as what it is in every form', (_, row) => {
    const isTransient = row.lasting === 'transient';
    const [low, high] = isTransient ? [0xc0, 0xdf] : [0xe0, 0xff];
    for (const octet of [
      octetIn(RESPONSE_STATUS_TOKENS, row.responseStatus),
      octetIn(STORE_STATUS_TOKENS, row.storeStatus),
    ]) {
      expect(octet).toBeGreaterThanOrEqual(low);
      expect(octet).toBeLessThanOrEqual(high);
    }
    expect(row.text).toBe(isTransient ? 'tryLater' : 'refused');
  });

  it.each(Object.entries(REPLY_REASONS))('tells an MMS 1.0 client %s by an error that it knows', (_, row) => {
    const octet = octetIn(RESPONSE_STATUS_TOKENS, row.responseStatus10);
    expect(octet).toBeGreaterThan(0x80);
    expect(octet).toBeLessThanOrEqual(0x88);
  });

  it.each(Object.entries(REPLY_REASONS))('has an HTTP error for %s', (_, row) => {
    expect(row.httpStatus).toBeGreaterThanOrEqual(row.lasting === 'transient' ? 408 : 400);
  });
});
