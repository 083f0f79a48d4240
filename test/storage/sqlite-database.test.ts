import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SqlResult } from '../../src/storage/sql-database.ts';
import {
  openSqlite,
  SQLITE_WAITING_MAX,
  SqliteDatabase,
  type SqliteOptions,
} from '../../src/storage/sqlite-database.ts';
import { SCHEMA_VERSION } from '../../src/storage/sql-schema.ts';
import { scratchFile, scratchFolder } from '../support/scratch-folder.ts';

const statement = (sql: string, ...values: readonly (string | number | Uint8Array | null)[]) => ({
  sql,
  values,
});
const TABLE = statement('CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)');

function databaseOf(options: Partial<SqliteOptions> = {}): SqliteDatabase {
  const database = new SqliteDatabase({
    file: join(scratchFolder(), 'a.sqlite'),
    timeoutMs: 10_000,
    ...options,
  });
  onTestFinished(() => database.close());
  return database;
}

const insert = (database: SqliteDatabase, a: number): Promise<SqlResult> =>
  database.transaction([statement('INSERT INTO t VALUES (?, ?)', a, null)]);

async function countIn(database: SqliteDatabase): Promise<unknown> {
  const result = await database.transaction([statement('SELECT COUNT(*) AS c FROM t')]);
  return result.ok ? result.rows[0]?.[0]?.['c'] : result.code;
}

/** A thread in the place of the real one: the code runs with `parentPort`, `workerData` and `open`, which answers. */
function threadOf(code: string): URL {
  const file = scratchFile(
    'thread.mjs',
    `import { parentPort, workerData } from 'node:worker_threads';
     parentPort.postMessage({ kind: 'open' });
     ${code}`,
  );
  return new URL(`file://${file}`);
}

describe('a SQLite database', () => {
  it('is in files that only its owner reads', async () => {
    const folder = scratchFolder();
    const database = databaseOf({ file: join(folder, 'a.sqlite') });
    await database.transaction([TABLE]);
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    expect(modes.toSorted()).toEqual([
      ['a.sqlite', 0o600],
      ['a.sqlite-shm', 0o600],
      ['a.sqlite-wal', 0o600],
    ]);
  });

  it('gives the rows of each statement, and octets and numbers as they were', async () => {
    const database = databaseOf();
    const result = await database.transaction([
      TABLE,
      statement('INSERT INTO t VALUES (?, ?), (2, NULL)', 1, Uint8Array.of(0, 255)),
      statement('SELECT a, b, a + 0.5 AS c FROM t ORDER BY a'),
    ]);
    expect(result).toEqual({
      ok: true,
      rows: [
        [],
        [],
        [
          { a: 1, b: Uint8Array.of(0, 255), c: 1.5 },
          { a: 2, b: null, c: 2.5 },
        ],
      ],
    });
  });

  it('keeps nothing of a transaction with a statement that is wrong, and everything of those beside it', async () => {
    const database = databaseOf();
    await database.transaction([TABLE]);
    const wrong = database.transaction([
      statement('INSERT INTO t VALUES (10, NULL)'),
      statement('INSERT INTO t VALUES (10, NULL)'),
    ]);
    const beside = Promise.all([1, 2, 3].map((a) => insert(database, a)));
    await expect(wrong).rejects.toThrow('UNIQUE constraint failed');
    expect((await beside).every(({ ok }) => ok)).toBe(true);
    expect(await countIn(database)).toBe(3);
  });

  it('finds again what was written, when it is opened again', async () => {
    const file = join(scratchFolder(), 'a.sqlite');
    const first = databaseOf({ file });
    await first.transaction([TABLE]);
    await Promise.all(Array.from({ length: 200 }, (_, a) => insert(first, a)));
    await first.close();
    expect(await countIn(databaseOf({ file }))).toBe(200);
  });

  it('waits for the disk at each commit', async () => {
    const result = await databaseOf().transaction(
      ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete'].map((name) =>
        statement(`PRAGMA ${name}`),
      ),
    );
    const FULL = 2;
    const values = result.ok ? result.rows.flatMap((rows) => Object.values(rows[0] ?? {})) : [];
    expect(values).toEqual(['wal', FULL, 1, 1]);
  });

  it.each([
    ['in a folder that is not there', () => '/nonexistent/a.sqlite', 'ENOENT'],
    ['that is something else', () => scratchFile('a.sqlite', 'x'.repeat(10_000)), 'not a database'],
    ['that is a folder', () => scratchFolder(), 'EISDIR'],
  ])('does not open a file %s', async (_, file, detail) => {
    const opened = await openSqlite({ file: file(), timeoutMs: 10_000 });
    expect(opened).toEqual({ ok: false, detail: expect.stringContaining(detail) as string });
  });

  it('does not open a file of a newer version', async () => {
    const file = join(scratchFolder(), 'a.sqlite');
    const newer = new DatabaseSync(file);
    newer.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    newer.close();
    const detail = expect.stringContaining(`newer mmsguard (schema ${SCHEMA_VERSION + 1})`) as string;
    expect(await openSqlite({ file, timeoutMs: 10_000 })).toEqual({ ok: false, detail });
  });

  it('opens at the next transaction when the folder is there by then', async () => {
    const folder = join(scratchFolder(), 'later');
    const database = databaseOf({ file: join(folder, 'a.sqlite') });
    expect(await database.transaction([TABLE])).toMatchObject({ ok: false, code: 'unavailable' });
    mkdirSync(folder);
    expect(await database.transaction([TABLE])).toMatchObject({ ok: true });
  });

  it('is unavailable for writing when it may only be read', async () => {
    const database = databaseOf();
    await database.transaction([TABLE, statement('PRAGMA query_only = ON')]);
    expect(await insert(database, 1)).toMatchObject({ ok: false, code: 'unavailable' });
    expect(await countIn(database)).toBe(0);
  });

  it('is unavailable when it is full, keeps what there is room for, and goes on when there is room again', async () => {
    const database = databaseOf();
    await database.transaction([TABLE, statement('PRAGMA max_page_count = 200')]);
    const large = database.transaction([statement('INSERT INTO t VALUES (1, ?)', new Uint8Array(2_000_000))]);
    const small = insert(database, 2);
    expect(await large).toMatchObject({
      ok: false,
      code: 'unavailable',
      detail: expect.stringContaining('full') as string,
    });
    expect(await small).toMatchObject({ ok: true });
    await database.transaction([statement('PRAGMA max_page_count = 100000')]);
    expect(await insert(database, 1)).toMatchObject({ ok: true });
    expect(await countIn(database)).toBe(2);
  });

  it('is unavailable when its file has been damaged', async () => {
    const file = join(scratchFolder(), 'a.sqlite');
    const first = databaseOf({ file });
    await first.transaction([TABLE]);
    for (let a = 0; a < 100; a += 1)
      await first.transaction([statement('INSERT INTO t VALUES (?, ?)', a, Buffer.alloc(2000, a))]);
    await first.close();
    const octets = new DatabaseSync(file);
    const { page_count: pages } = octets.prepare('PRAGMA page_count').get() as { page_count: number };
    octets.close();
    const HEADER_PAGES = 10;
    writeFileSync(file, Buffer.alloc((pages - HEADER_PAGES) * 4096, 0xff), { flag: 'r+' });
    expect(await openSqlite({ file, timeoutMs: 10_000 })).toMatchObject({ ok: false });
  });

  it('answers what its thread had when it dies as unavailable, and starts another one', async () => {
    const file = join(scratchFolder(), 'died');
    const thread = threadOf(`
      import { existsSync, writeFileSync } from 'node:fs';
      parentPort.on('message', (command) => {
        if (command === 'close') return parentPort.close();
        if (!existsSync('${file}')) { writeFileSync('${file}', ''); throw new Error('out of luck'); }
        parentPort.postMessage({ kind: 'done', id: command.id, result: { ok: true, rows: [] } });
      });`);
    const database = databaseOf({ thread });
    const lost = { ok: false, code: 'unavailable', detail: 'out of luck' };
    expect(await Promise.all([database.transaction([]), database.transaction([])])).toEqual([lost, lost]);
    expect(await database.transaction([])).toEqual({ ok: true, rows: [] });
  });

  it('does not say of what was being committed when the thread died that it was not done', async () => {
    const thread = threadOf(`
      parentPort.on('message', () => { Atomics.store(workerData.committing, 0, 1); process.exit(1); });`);
    expect(await databaseOf({ thread }).transaction([])).toMatchObject({ ok: false, code: 'timeout' });
  });

  it('is unavailable when its thread does not start', async () => {
    const thread = new URL('file:///nonexistent/thread.mjs');
    expect(await databaseOf({ thread }).transaction([])).toMatchObject({ ok: false, code: 'unavailable' });
  });

  it('tells of a transaction without an answer after its time, and takes no answer that comes later', async () => {
    const thread = threadOf(`
      const asked = [];
      parentPort.on('message', (command) => {
        if (command === 'close') return parentPort.close();
        asked.push(command.id);
        if (asked.length === 2)
          for (const id of asked) parentPort.postMessage({ kind: 'done', id, result: { ok: true, rows: [] } });
      });`);
    const database = databaseOf({ thread, timeoutMs: 200 });
    expect(await database.transaction([])).toEqual({
      ok: false,
      code: 'timeout',
      detail: 'no answer in 200 ms',
    });
    expect(await database.transaction([])).toEqual({ ok: true, rows: [] });
  });

  it('lets as many transactions wait as its limit says, and not one more', async () => {
    const database = databaseOf({ timeoutMs: 60_000 });
    const waiting = Array.from({ length: SQLITE_WAITING_MAX }, () => database.transaction([]));
    expect(await database.transaction([])).toMatchObject({ ok: false, code: 'unavailable' });
    expect((await Promise.all(waiting)).every(({ ok }) => ok)).toBe(true);
    expect(await database.transaction([])).toMatchObject({ ok: true });
  });

  it('answers what was asked before it closes, and nothing after', async () => {
    const database = databaseOf();
    await database.transaction([TABLE]);
    const asked = Array.from({ length: 300 }, (_, a) => insert(database, a));
    const closed = database.close();
    expect(await insert(database, 1000)).toMatchObject({ ok: false, code: 'closed' });
    await closed;
    await database.close();
    expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true);
  });

  it('answers what was asked before it was open, when it is closed at once', async () => {
    const database = databaseOf();
    const asked = database.transaction([TABLE]);
    await database.close();
    expect(await asked).toMatchObject({ ok: true });
  });
});
