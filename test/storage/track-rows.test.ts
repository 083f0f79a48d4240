import { describe, expect, it } from 'vitest';
import { TRACKED_REASONS_MAX } from '../../src/storage/message-track.ts';
import { entryOf, insertsOf, pseudonymTerm, reasonTerm } from '../../src/storage/track-rows.ts';
import { trackedMessageOf } from '../support/tracked-messages.ts';

const pseudonymOf = (number: string): string => `p${number}`;

const AT_MS = trackedMessageOf().atMs;

/** How many rows each statement writes, by table. */
function sizesOf(count: number, reasons: readonly string[]): Readonly<Record<string, readonly number[]>> {
  const messages = Array.from({ length: count }, (_, index) =>
    trackedMessageOf({ id: `m${index}`, reasons }),
  );
  const statements = insertsOf(messages, pseudonymOf);
  const sizes: Record<string, number[]> = {};
  for (const { sql, values } of statements) {
    const table = /^INSERT INTO (\w+) /.exec(sql)?.[1] ?? '';
    const rows = sql.split('(?').length - 1;
    expect(sql.split('?').length - 1).toBe(values.length);
    (sizes[table] ??= []).push(rows);
  }
  return sizes;
}

describe('insertsOf', () => {
  it('writes one row for a message and one for each term of it', () => {
    const message = trackedMessageOf({
      id: 'a',
      end: 'refused',
      sender: '1',
      recipients: ['2', '1', '2'],
      reasons: ['x', 'x'],
    });
    const [row, terms, ...others] = insertsOf([message], pseudonymOf);
    expect(row?.sql).toBe(
      'INSERT INTO message_track (id, direction, at_ms, message_end, action, content_hash, rest)' +
        ' VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    expect(row?.values.slice(0, -1)).toEqual(['a', 'outbound', AT_MS, 'refused', 'forward', 'h1']);
    expect(JSON.parse(row?.values.at(-1) as string)).toMatchObject({
      sender: 'p1',
      recipients: ['p2', 'p1', 'p2'],
    });
    const written = [terms, ...others].map((statement) => statement?.values);
    expect(written).toEqual(
      [pseudonymTerm('p1'), pseudonymTerm('p2'), reasonTerm('x')].map((term) => [
        term,
        AT_MS,
        'a',
        'outbound',
        'refused',
        'forward',
      ]),
    );
  });

  it.each([
    [1, [1]],
    [9, [1, 1, 1, 1, 1, 1, 1, 1, 1]],
    [10, [10]],
    [99, [10, 10, 10, 10, 10, 10, 10, 10, 10, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
    [100, [100]],
    [211, [100, 100, 10, 1]],
  ])('writes %j messages in few different statements', (count, sizes) => {
    expect(sizesOf(count, [])).toEqual({ message_track: sizes });
  });

  it('stays below the values that a statement may have, at the most rows', () => {
    const reasons = Array.from({ length: TRACKED_REASONS_MAX }, (_, index) => `r${index}`);
    const messages = Array.from({ length: 100 }, (_, index) =>
      trackedMessageOf({ id: `m${index}`, reasons }),
    );
    const counts = insertsOf(messages, pseudonymOf).map(({ values }) => values.length);
    // SQLite takes 32,766, PostgreSQL 65,535.
    expect(Math.max(...counts)).toBeLessThan(1000);
  });

  it('keeps so many reasons, and not one more', () => {
    const reasons = Array.from({ length: TRACKED_REASONS_MAX + 1 }, (_, index) => `r${index}`);
    const [row] = insertsOf([trackedMessageOf({ reasons })], pseudonymOf);
    expect(JSON.parse(row?.values.at(-1) as string)).toMatchObject({ reasons: reasons.slice(0, -1) });
  });
});

describe('entryOf', () => {
  it('gives back the message of a row, with what JSON leaves out', () => {
    const message = trackedMessageOf({ reasons: ['x'], durationsMs: { scan: 1 } });
    const [statement] = insertsOf([message], pseudonymOf);
    const names = /\(([^)]*)\)/.exec(statement?.sql ?? '')?.[1]?.split(', ') ?? [];
    const row = Object.fromEntries(names.map((name, index) => [name, statement?.values[index] ?? null]));
    expect(entryOf(row)).toStrictEqual(message);
  });
});

describe('the terms of pseudonyms and reasons', () => {
  it('are never one another', () => {
    expect(pseudonymTerm('x')).not.toBe(reasonTerm('x'));
  });

  it('are short enough for an index, whatever they are made of', () => {
    expect(Buffer.byteLength(reasonTerm('\u20ac'.repeat(10_000)))).toBeLessThan(2704);
  });
});
