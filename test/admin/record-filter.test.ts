import { describe, expect, it } from 'vitest';
import {
  auditedFilter,
  COUNT_QUERY,
  RECORD_FILTER,
  RECORD_QUERY,
  TRACK_QUERY,
} from '../../src/admin/record-filter.ts';

const SHARED = {
  direction: 'inbound',
  number: '+12025550111',
  pseudonym: 'p',
  reason: 'mmsguard:EICAR',
  contentHash: 'ab'.repeat(32),
};
const RECORD = { ...SHARED, state: 'held', severity: 'high' };
const TRACK = { ...SHARED, end: 'refused', action: 'strip' };
const SPAN = { from: '0', to: '2026-11-24' };
const STORED_SPAN = { fromMs: 0, toMs: Date.UTC(2026, 10, 24) };

describe('a filter', () => {
  it('has every key that the stores have', () => {
    expect(RECORD_FILTER.parse({ ...RECORD, ...SPAN })).toEqual({ ...RECORD, ...STORED_SPAN });
    expect(COUNT_QUERY.parse({ ...TRACK, ...SPAN })).toEqual({ ...TRACK, ...STORED_SPAN });
  });

  it.each([
    [RECORD_QUERY, RECORD],
    [TRACK_QUERY, TRACK],
  ])('stands beside a page in a query', (schema, filter) => {
    expect(schema.parse({ ...filter, ...SPAN, limit: '7', cursor: 'c' })).toEqual({
      filter: { ...filter, ...STORED_SPAN },
      page: { limit: 7, cursor: 'c' },
    });
  });

  it('may be empty', () => {
    expect([RECORD_FILTER.parse({}), COUNT_QUERY.parse({})]).toEqual([{}, {}]);
  });

  it('takes a hash in capitals', () => {
    expect(RECORD_FILTER.parse({ contentHash: 'AB'.repeat(32) })).toEqual({ contentHash: 'ab'.repeat(32) });
  });

  it.each([
    { state: 'gone' },
    { severity: 'bad' },
    { direction: 'up' },
    { contentHash: 'ab' },
    { number: '' },
    { number: ['a', 'b'] },
    { number: 'n'.repeat(321) },
    { reason: '\0' },
    { from: 'yesterday' },
    { limit: '1' },
    { other: '1' },
    { ['__proto__']: '1' },
  ])('is not %j', (filter) => {
    expect(RECORD_FILTER.safeParse(filter).success).toBe(false);
  });

  it('is audited without the number', () => {
    expect(auditedFilter({ number: '+12025550111', reason: 'r', fromMs: 1 })).toEqual({
      number: 'given',
      reason: 'r',
      fromMs: 1,
    });
    expect(auditedFilter({})).toEqual({});
  });
});
