import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { TrackFilter } from '../../src/storage/message-track.ts';
import { MESSAGE_TRACK_TABLES } from '../../src/storage/message-track-tables.ts';
import { whereOf } from '../../src/storage/sql-conditions.ts';
import { trackQuery } from '../../src/storage/track-queries.ts';

const pseudonymOf = (number: string): string => `p${number}`;

describe('the tables of the track', () => {
  /** How SQLite goes about a list: a line a step. */
  function planOf(filter: TrackFilter): readonly string[] {
    const database = new DatabaseSync(':memory:');
    for (const sql of MESSAGE_TRACK_TABLES) database.exec(sql);
    const { select, conditions, order } = trackQuery(filter, pseudonymOf);
    const where = whereOf(conditions);
    const orderBy = order.map(({ column }) => `${column} DESC`).join(', ');
    const values = where.values.map(String);
    const steps = database
      .prepare(`EXPLAIN QUERY PLAN ${select}${where.sql} ORDER BY ${orderBy} LIMIT 50`)
      .all(...values);
    database.close();
    return steps.map(({ detail }) => String(detail));
  }

  it.each<[TrackFilter, string]>([
    [{}, 'message_track_time'],
    [{ fromMs: 1, toMs: 2 }, 'message_track_time'],
    [{ direction: 'inbound' }, 'message_track_time'],
    [{ end: 'failed' }, 'message_track_end'],
    [{ action: 'refuse', fromMs: 1 }, 'message_track_action'],
    [{ contentHash: 'h' }, 'message_track_content'],
    [{ number: '1' }, 'message_track_term'],
    [{ reason: 'x', end: 'failed' }, 'message_track_term'],
    [{ reason: 'x', number: '1' }, 'message_track_term'],
  ])('list %j in the order of an index, without sorting', (filter, index) => {
    const plan = planOf(filter);
    expect(plan[0]).toMatch(new RegExp(`USING (COVERING )?INDEX ${index}( |$)`));
    expect(plan.join('\n')).not.toContain('TEMP B-TREE');
  });
});
