import { describe, expect, it } from 'vitest';
import type { SqlDatabase, SqlResult, SqlStatement } from '../../src/storage/sql-database.ts';
import { readPage, type SqlList } from '../../src/storage/sql-page.ts';

const LIST: SqlList<unknown> = {
  select: 'SELECT t.at_ms, t.id FROM t',
  conditions: [{ sql: 't.act = ?', values: ['x'] }],
  order: [
    { column: 't.at_ms', type: 'number' },
    { column: 't.id', type: 'string' },
  ],
  itemOf: ({ id }) => id,
};

function answering(result: SqlResult): SqlDatabase & { readonly asked: SqlStatement[] } {
  const asked: SqlStatement[] = [];
  return {
    asked,
    dialect: 'sqlite',
    transaction: (statements) => {
      asked.push(...statements);
      return Promise.resolve(result);
    },
    close: () => Promise.resolve(),
  };
}

const rows = (...ids: readonly string[]): SqlResult => ({
  ok: true,
  rows: [ids.map((id, index) => ({ at_ms: 100 - index, id }))],
});

describe('readPage', () => {
  it('goes on behind the last item that it has shown', async () => {
    const database = answering(rows('a', 'b', 'c'));
    const first = await readPage(database, LIST, { limit: 2 });
    expect(first).toEqual({
      kind: 'found',
      value: { items: ['a', 'b'], next: expect.any(String) as string },
    });
    const next = first.kind === 'found' ? first.value.next : undefined;
    await readPage(database, LIST, { limit: 2, cursor: next! });
    expect(database.asked).toEqual([
      {
        sql: 'SELECT t.at_ms, t.id FROM t WHERE t.act = ? ORDER BY t.at_ms DESC, t.id DESC LIMIT ?',
        values: ['x', 3],
      },
      {
        sql: 'SELECT t.at_ms, t.id FROM t WHERE t.act = ? AND (t.at_ms, t.id) < (?, ?) ORDER BY t.at_ms DESC, t.id DESC LIMIT ?',
        values: ['x', 99, 'b', 3],
      },
    ]);
  });

  it.each([
    ['is not full', ['a']],
    ['is just full', ['a', 'b']],
    ['is empty', []],
  ])('ends with a page that %s', async (_, ids) => {
    expect(await readPage(answering(rows(...ids)), LIST, { limit: 2 })).toEqual({
      kind: 'found',
      value: { items: ids, next: undefined },
    });
  });

  it('asks nothing of the database for a cursor that it cannot have given', async () => {
    const database = answering(rows());
    expect(await readPage(database, LIST, { limit: 2, cursor: 'nonsense' })).toEqual({ kind: 'unknown' });
    expect(database.asked).toEqual([]);
  });

  it('says why the database did not answer', async () => {
    const database = answering({ ok: false, code: 'unavailable', detail: 'gone' });
    expect(await readPage(database, LIST, { limit: 2 })).toEqual({
      kind: 'failed',
      code: 'unavailable',
      detail: 'gone',
    });
  });
});
