import { describe, expect, it } from 'vitest';
import {
  RESPONSE_STATUS_TOKENS,
  RETRIEVE_STATUS_TOKENS,
  STORE_STATUS_TOKENS,
} from '../../src/codec/mms-tokens.ts';
import { REPLY_REASONS, reasonRow } from '../../src/proxy/reply-reasons.ts';

const octetIn = (table: Readonly<Record<number, string>>, name: string): number =>
  Number(Object.entries(table).find(([, value]) => value === name)?.[0]);

const ERRORS = Object.entries(REPLY_REASONS).filter(([reason]) => reason !== 'accepted');

describe('REPLY_REASONS', () => {
  it.each(ERRORS)('tells %s as what it is in every form', (_, row) => {
    const isTransient = row.lasting === 'transient';
    const [low, high] = isTransient ? [0xc0, 0xdf] : [0xe0, 0xff];
    for (const octet of [
      octetIn(RESPONSE_STATUS_TOKENS, row.responseStatus),
      octetIn(STORE_STATUS_TOKENS, row.storeStatus),
      ...(row.retrieveStatus === undefined ? [] : [octetIn(RETRIEVE_STATUS_TOKENS, row.retrieveStatus)]),
    ]) {
      expect(octet).toBeGreaterThanOrEqual(low);
      expect(octet).toBeLessThanOrEqual(high);
    }
    expect(isTransient).toBe(row.text === 'tryLater');
    expect(isTransient).toBe(row.retrieveStatus !== undefined);
  });

  it.each(ERRORS)('tells an MMS 1.0 client %s by an error that it knows', (_, row) => {
    const octet = octetIn(RESPONSE_STATUS_TOKENS, row.responseStatus10);
    expect(octet).toBeGreaterThan(0x80);
    expect(octet).toBeLessThanOrEqual(0x88);
  });

  it.each(ERRORS)('has an HTTP error for %s', (_, row) => {
    expect(row.httpStatus).toBeGreaterThanOrEqual(row.lasting === 'transient' ? 408 : 400);
  });

  it('tells of success in every form when a message is accepted', () => {
    expect(REPLY_REASONS.accepted).toMatchObject({
      lasting: 'permanent',
      responseStatus: 'ok',
      responseStatus10: 'ok',
      storeStatus: 'success',
      httpStatus: 200,
    });
  });
});

describe('reasonRow', () => {
  const denying = {
    throttledStatus: 'error-permanent-service-denied',
    transientRetrieve: 'http-error',
  } as const;

  it('denies the service where the settings say so, and the message may still be tried again', () => {
    expect(reasonRow('throttled', denying)).toMatchObject({
      lasting: 'transient',
      responseStatus: 'error-permanent-service-denied',
      responseStatus10: 'error-service-denied',
      storeStatus: 'error-permanent-service-denied',
      retrieveStatus: 'error-transient-failure',
      text: 'tryLater',
    });
  });

  it.each(Object.entries(REPLY_REASONS).filter(([reason]) => reason !== 'throttled'))(
    'tells %s the same whatever the settings say',
    (reason, row) => {
      expect(reasonRow(reason as keyof typeof REPLY_REASONS, denying)).toBe(row);
    },
  );
});
