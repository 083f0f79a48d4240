import { describe, expect, it } from 'vitest';
import type { TrackFilter } from '../../src/storage/message-track.ts';
import { countsQuery, trackQuery } from '../../src/storage/track-queries.ts';

const pseudonymOf = (number: string): string => `p${number}`;

describe('trackQuery', () => {
  it('reads the messages themselves when no term is asked for', () => {
    const { select, conditions, order } = trackQuery({ end: 'refused', fromMs: 5 }, pseudonymOf);
    expect(select).toMatch(/ FROM message_track t$/);
    expect(conditions).toEqual([
      { sql: 't.at_ms >= ?', values: [5] },
      { sql: 't.message_end = ?', values: ['refused'] },
    ]);
    expect(order.map(({ column }) => column)).toEqual(['t.at_ms', 't.id', 't.direction']);
  });

  it('follows the first of several terms, and asks of it what it can', () => {
    const filter: TrackFilter = {
      number: '1',
      pseudonym: 'p2',
      reason: 'x',
      action: 'refuse',
      contentHash: 'h',
    };
    const { select, conditions, order } = trackQuery(filter, pseudonymOf);
    expect(select).toContain(' FROM message_track_terms w0 JOIN message_track_terms w1 ON ');
    expect(select).toContain(' JOIN message_track t ON t.id = w0.id AND t.direction = w0.direction');
    expect(conditions).toEqual([
      { sql: 'w0.term = ?', values: ['number:p1'] },
      { sql: 'w1.term = ?', values: ['number:p2'] },
      { sql: 'w2.term = ?', values: ['reason:x'] },
      { sql: 'w0.action = ?', values: ['refuse'] },
      { sql: 't.content_hash = ?', values: ['h'] },
    ]);
    expect(order.map(({ column }) => column)).toEqual(['w0.at_ms', 'w0.id', 'w0.direction']);
  });
});

describe('countsQuery', () => {
  it('reads the messages only where the terms do not say enough', () => {
    expect(countsQuery({ reason: 'x', end: 'failed' }, pseudonymOf)).toEqual({
      sql: 'SELECT w0.message_end, COUNT(*) AS messages FROM message_track_terms w0 WHERE w0.term = ? AND w0.message_end = ? GROUP BY w0.message_end',
      values: ['reason:x', 'failed'],
    });
    expect(countsQuery({ reason: 'x', contentHash: 'h' }, pseudonymOf).sql).toContain(
      ' JOIN message_track t ',
    );
    expect(countsQuery({}, pseudonymOf)).toEqual({
      sql: 'SELECT t.message_end, COUNT(*) AS messages FROM message_track t GROUP BY t.message_end',
      values: [],
    });
  });
});
