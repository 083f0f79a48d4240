import { describe, expect, it } from 'vitest';
import { conditionsOf, whereOf } from '../../src/storage/sql-conditions.ts';

const COLUMNS = { fromMs: 'at_ms >= ?', by: 'done_by = ?' } as const;

describe('conditionsOf', () => {
  it('has a condition for each key that is there, in the order of the columns', () => {
    expect(conditionsOf({ by: '', fromMs: 0 }, COLUMNS)).toEqual([
      { sql: 'at_ms >= ?', values: [0] },
      { sql: 'done_by = ?', values: [''] },
    ]);
    expect(conditionsOf({}, COLUMNS)).toEqual([]);
  });

  it('never puts a value into the SQL, and looks for texts as they are stored', () => {
    expect(conditionsOf({ by: "x' OR 1=1 --\0" }, COLUMNS)).toEqual([
      { sql: 'done_by = ?', values: ["x' OR 1=1 --\uFFFD"] },
    ]);
  });
});

describe('whereOf', () => {
  it('asks for all conditions together', () => {
    expect(whereOf(conditionsOf({ fromMs: 5, by: 'a' }, COLUMNS))).toEqual({
      sql: ' WHERE at_ms >= ? AND done_by = ?',
      values: [5, 'a'],
    });
  });

  it('is nothing without a condition', () => {
    expect(whereOf([])).toEqual({ sql: '', values: [] });
  });
});
