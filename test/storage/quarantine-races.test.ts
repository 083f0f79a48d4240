/** What becomes of the quarantine when several do something with it at once: in PostgreSQL from several proxies. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPostgres } from '../../src/storage/postgres-database.ts';
import type { SqlDatabase } from '../../src/storage/sql-database.ts';
import { openSqlite } from '../../src/storage/sqlite-database.ts';
import { HELD_AT_MS, newRecord } from '../support/held-records.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { DIALECTS, postgresServer } from '../support/sql-databases.ts';
import { quarantineIn, statsOf } from '../support/sql-quarantine.ts';

const TIMEOUT_MS = 20_000;
const ACT = { atMs: HELD_AT_MS, by: 'ann', why: '' };

/** Two who have one database: two processes of PostgreSQL's, or a proxy and a command on a file. */
async function twoOn(dialect: SqlDatabase['dialect']): Promise<readonly [SqlDatabase, SqlDatabase]> {
  if (dialect === 'sqlite') {
    const file = join(scratchFolder(), 'shared.sqlite');
    return [await openedSqlite(file), await openedSqlite(file)];
  }
  const url = await postgresServer().createDatabase();
  return [await openedPostgres(url), await openedPostgres(url)];
}

const openedSqlite = (file: string) => opened(openSqlite({ file, timeoutMs: TIMEOUT_MS }));
const openedPostgres = (url: string) => opened(openPostgres({ url, timeoutMs: TIMEOUT_MS }));

async function opened(opening: ReturnType<typeof openSqlite | typeof openPostgres>): Promise<SqlDatabase> {
  const result = await opening;
  if (!result.ok) throw new Error(result.detail);
  onTestFinished(() => result.database.close());
  return result.database;
}

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const countOf = (results: readonly { readonly kind: string }[], kind: string): number =>
  results.filter((result) => result.kind === kind).length;

describe.each(DIALECTS)('two at once on one quarantine in %s', (dialect) => {
  it('count equal bodies once', async () => {
    const stores = (await twoOn(dialect)).map((database) => quarantineIn(database));
    const body = Buffer.from('the same');
    await Promise.all(times(20, (index) => stores[index % 2]!.hold(newRecord({ body }))));
    expect(await statsOf(stores[0]!)).toMatchObject({ bytes: body.length, records: { held: 20 } });
  });

  it('hold the same message once, and are both told that it is held', async () => {
    const stores = (await twoOn(dialect)).map((database) => quarantineIn(database));
    const record = newRecord();
    const results = await Promise.all(times(10, (index) => stores[index % 2]!.hold(record)));
    expect(countOf(results, 'held')).toBe(10);
    expect((await statsOf(stores[0]!)).records.held).toBe(1);
  });

  it.each([
    ['records', { recordsMax: 7 }],
    ['bytes', { bytesMax: 7 * 10 }],
  ] as const)('hold exactly as many %s as the limit says', async (limit, limits) => {
    const stores = (await twoOn(dialect)).map((database) => quarantineIn(database, { limits }));
    const results = await Promise.all(
      times(30, (index) => stores[index % 2]!.hold(newRecord({ body: Buffer.alloc(10, index) }))),
    );
    expect(countOf(results, 'held')).toBe(7);
    expect(results.filter((result) => result.kind === 'full' && result.limit === limit)).toHaveLength(23);
    expect(await statsOf(stores[0]!)).toMatchObject({ bytes: 70, records: { held: 7 } });
  });

  it('claim a record once', async () => {
    const stores = (await twoOn(dialect)).map((database) => quarantineIn(database));
    const record = newRecord();
    await stores[0]!.hold(record);
    const claims = await Promise.all(times(10, (index) => stores[index % 2]!.claim(record.id, ACT)));
    expect([countOf(claims, 'done'), countOf(claims, 'not-held')]).toEqual([1, 9]);
  });

  it('end a record once, and one of them as it says', async () => {
    const stores = (await twoOn(dialect)).map((database) => quarantineIn(database));
    const records = times(10, (index) =>
      newRecord({ body: Buffer.alloc(10, index), expiresAtMs: HELD_AT_MS + 1 }),
    );
    await Promise.all(records.map((record) => stores[0]!.hold(record)));
    const [expired, ...ended] = await Promise.all([
      stores[0]!.expire(HELD_AT_MS + 1),
      ...records.toReversed().map(({ id }) => stores[1]!.end(id, 'deleted', ACT)),
      ...records.map(({ id }) => stores[0]!.end(id, 'deleted', ACT)),
    ]);
    expect(expired.kind).toBe('found');
    const { records: states, bytes } = await statsOf(stores[0]!);
    expect(states.deleted).toBe(countOf(ended, 'done'));
    expect([states.held, states.deleted + states.expired, bytes]).toEqual([0, 10, 0]);
  });

  it('keep a body that one holds while the other deletes the last record that had it', async () => {
    const [holder, deleter] = (await twoOn(dialect)).map((database) => quarantineIn(database));
    const body = Buffer.from('the same');
    let last = newRecord({ body });
    await holder!.hold(last);
    for (let round = 0; round < 30; round += 1) {
      const next = newRecord({ body });
      await Promise.all([holder!.hold(next), deleter!.end(last.id, 'deleted', ACT)]);
      expect(await deleter!.get(next.id)).toMatchObject({ kind: 'found', value: { body } });
      last = next;
    }
    expect(await statsOf(holder!)).toMatchObject({ bytes: body.length, records: { held: 1, deleted: 30 } });
  });

  it('agree to a release once each', async () => {
    const stores = (await twoOn(dialect)).map((database) => quarantineIn(database));
    const record = newRecord();
    await stores[0]!.hold(record);
    await Promise.all(
      times(10, (index) => stores[index % 2]!.approve(record.id, { ...ACT, by: index < 5 ? 'ann' : 'bob' })),
    );
    expect(await stores[0]!.approve(record.id, ACT)).toEqual({ kind: 'found', value: ['ann', 'bob'] });
  });
});
