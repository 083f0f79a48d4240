import { describe, expect, it, onTestFinished } from 'vitest';
import {
  openPostgres,
  POSTGRES_CONNECTIONS_MAX,
  type PostgresDatabase,
} from '../../src/storage/postgres-database.ts';
import type { SqlResult, SqlValue } from '../../src/storage/sql-database.ts';
import { SCHEMA_VERSION } from '../../src/storage/sql-schema.ts';
import { DIALECTS, postgresServer } from '../support/sql-databases.ts';

const TIMEOUT_MS = 20_000;

const statement = (sql: string, ...values: readonly SqlValue[]) => ({ sql, values });
const TABLE = statement('CREATE TABLE t (a BIGINT PRIMARY KEY, b BYTEA)');

async function databaseAt(url: string, timeoutMs = TIMEOUT_MS): Promise<PostgresDatabase> {
  const opened = await openPostgres({ url, timeoutMs });
  if (!opened.ok) throw new Error(opened.detail);
  onTestFinished(() => opened.database.close());
  return opened.database;
}

const freshDatabase = async (): Promise<PostgresDatabase> =>
  databaseAt(await postgresServer().createDatabase());

const insert = (database: PostgresDatabase, a: number): Promise<SqlResult> =>
  database.transaction([statement('INSERT INTO t VALUES (?, NULL)', a)]);

async function valueOf(
  database: PostgresDatabase,
  sql: string,
  ...values: readonly SqlValue[]
): Promise<unknown> {
  const result = await database.transaction([statement(sql, ...values)]);
  return result.ok ? Object.values(result.rows[0]?.[0] ?? {})[0] : result.code;
}

/** Resolves when a statement of another connection is at work on something. */
async function running(database: PostgresDatabase, what: string): Promise<void> {
  const sql = `SELECT COUNT(*) AS c FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database() AND state = 'active' AND query LIKE ?`;
  while ((await valueOf(database, sql, what)) === 0);
}

describe.runIf(DIALECTS.includes('postgres'))('a PostgreSQL database', () => {
  it('gives the rows of each statement, and octets and numbers as they were', async () => {
    const database = await freshDatabase();
    const large = Number.MAX_SAFE_INTEGER;
    const result = await database.transaction([
      TABLE,
      statement('INSERT INTO t VALUES (?, ?), (2, NULL)', large, Uint8Array.of(0, 255)),
      statement('SELECT a, b FROM t ORDER BY a'),
      statement('SELECT COUNT(*) AS c, SUM(a - 1) AS s, MIN(a) + 0.5 AS half FROM t'),
    ]);
    expect(result).toEqual({
      ok: true,
      rows: [
        [],
        [],
        [
          { a: 2, b: null },
          { a: large, b: Buffer.of(0, 255) },
        ],
        [{ c: 2, s: large, half: 2.5 }],
      ],
    });
  });

  it('takes the octets of a view, and not those around them', async () => {
    const database = await freshDatabase();
    const view = Uint8Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(await valueOf(database, 'SELECT CAST(? AS BYTEA)', view)).toEqual(Buffer.of(2, 3));
  });

  it('keeps nothing of a transaction with a statement that is wrong', async () => {
    const database = await freshDatabase();
    await database.transaction([TABLE]);
    await expect(
      database.transaction([statement('INSERT INTO t VALUES (1, NULL)'), statement('SELECT nothing')]),
    ).rejects.toThrow('nothing');
    expect(await valueOf(database, 'SELECT COUNT(*) FROM t')).toBe(0);
  });

  it('takes more transactions at once than it has connections', async () => {
    const database = await freshDatabase();
    await database.transaction([TABLE]);
    const asked = Array.from({ length: POSTGRES_CONNECTIONS_MAX * 5 }, (_, a) => insert(database, a));
    expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true);
  });

  it('makes its tables once when two proxies start at the same time', async () => {
    const url = await postgresServer().createDatabase();
    const databases = await Promise.all([databaseAt(url), databaseAt(url), databaseAt(url)]);
    expect(await valueOf(databases[0], 'SELECT COUNT(*) FROM mmsguard_schema')).toBe(1);
    expect(await valueOf(databases[1], 'SELECT COUNT(*) FROM quarantine')).toBe(0);
  });

  it('does not open a database of a newer version', async () => {
    const url = await postgresServer().createDatabase();
    const database = await databaseAt(url);
    await database.transaction([statement('UPDATE mmsguard_schema SET version = ?', SCHEMA_VERSION + 1)]);
    const detail = expect.stringContaining(`newer mmsguard (schema ${SCHEMA_VERSION + 1})`) as string;
    expect(await openPostgres({ url, timeoutMs: TIMEOUT_MS })).toEqual({ ok: false, detail });
  });

  it.each([
    'postgres://mmsguard:secret@127.0.0.1:1/none',
    'postgres://mmsguard:secret@/none?host=/nonexistent',
  ])('says why %s cannot be opened, without the password', async (url) => {
    const opened = await openPostgres({ url, timeoutMs: TIMEOUT_MS });
    expect(opened).toMatchObject({ ok: false });
    expect(JSON.stringify(opened)).not.toContain('secret');
  });

  it('does not open a database that is not there', async () => {
    const url = (await postgresServer().createDatabase()).replace(/test\d+/, 'none');
    const detail = 'database "none" does not exist';
    expect(await openPostgres({ url, timeoutMs: TIMEOUT_MS })).toEqual({ ok: false, detail });
  });

  it('ends a statement that takes too long, and goes on', async () => {
    const url = await postgresServer().createDatabase();
    await databaseAt(url);
    const database = await databaseAt(url, 300);
    const sleep = statement('SELECT CAST(pg_sleep(30) AS TEXT)');
    expect(await database.transaction([sleep])).toMatchObject({ ok: false, code: 'timeout' });
    expect(await valueOf(database, 'SELECT 1')).toBe(1);
  });

  it('gives a connection up that does not answer at all, and goes on with another one', async () => {
    const url = await postgresServer().createDatabase();
    const [database, other] = [await databaseAt(url, 500), await databaseAt(url)];
    const pids = await other.transaction([
      statement(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      ),
    ]);
    const pid = pids.ok ? pids.rows[0]?.[0]?.['pid'] : undefined;
    process.kill(Number(pid), 'SIGSTOP');
    const unanswered = await database.transaction([statement('SELECT 1')]);
    process.kill(Number(pid), 'SIGCONT');
    expect(unanswered).toMatchObject({ ok: false, code: 'timeout' });
    expect(await valueOf(database, 'SELECT 2')).toBe(2);
  });

  it('does not wait for a connection for longer than its time', async () => {
    const url = await postgresServer().createDatabase();
    await databaseAt(url);
    const database = await databaseAt(url, 1000);
    const asked = Array.from({ length: POSTGRES_CONNECTIONS_MAX + 1 }, () =>
      database.transaction([statement('SELECT CAST(pg_sleep(30) AS TEXT)')]),
    );
    const codes = (await Promise.all(asked)).map((result) => (result.ok ? 'ok' : result.code));
    expect(new Set(codes)).toEqual(new Set(['timeout', 'unavailable']));
  });

  it('is unavailable when the connection is lost inside a transaction, keeps nothing of it, and goes on', async () => {
    const url = await postgresServer().createDatabase();
    const [database, other] = [await databaseAt(url), await databaseAt(url)];
    await database.transaction([TABLE]);
    const lost = database.transaction([
      statement('INSERT INTO t VALUES (1, NULL)'),
      statement('SELECT CAST(pg_sleep(30) AS TEXT)'),
    ]);
    await running(other, 'SELECT CAST(pg_sleep%');
    await other.transaction([
      statement(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT CAST(pg_sleep%'",
      ),
    ]);
    expect(await lost).toMatchObject({ ok: false, code: 'unavailable' });
    expect(await valueOf(database, 'SELECT COUNT(*) FROM t')).toBe(0);
  });

  it('does not say of what was being committed when the server went away that it was not done', async () => {
    const url = await postgresServer().createDatabase();
    const [database, other] = [await databaseAt(url), await databaseAt(url)];
    await database.transaction([
      TABLE,
      statement(`CREATE FUNCTION dally() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$`),
      statement(`CREATE CONSTRAINT TRIGGER dally AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION dally()`),
    ]);
    const lost = insert(database, 1);
    await running(other, 'COMMIT');
    postgresServer().stop();
    const result = await lost;
    postgresServer().start();
    expect(result).toMatchObject({ ok: false, code: 'timeout' });
  });

  it('is unavailable while the server is away, and finds it again by itself', async () => {
    const database = await freshDatabase();
    await database.transaction([TABLE]);
    postgresServer().stop();
    expect(await insert(database, 1)).toMatchObject({ ok: false, code: 'unavailable' });
    postgresServer().start();
    expect(await insert(database, 1)).toMatchObject({ ok: true });
  });

  it('tries again when two transactions wait for each other', async () => {
    const database = await freshDatabase();
    await database.transaction([TABLE, statement('INSERT INTO t VALUES (1, NULL), (2, NULL)')]);
    const touch = (a: number) => statement('UPDATE t SET b = NULL WHERE a = ?', a);
    const pause = statement('SELECT CAST(pg_sleep(0.3) AS TEXT)');
    const results = await Promise.all([
      database.transaction([touch(1), pause, touch(2)]),
      database.transaction([touch(2), pause, touch(1)]),
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('is unavailable for a user who may not', async () => {
    const url = await postgresServer().createDatabase();
    const database = await databaseAt(url);
    await database.transaction([TABLE, statement('CREATE ROLE stranger LOGIN')]);
    const stranger = await openPostgres({
      url: url.replace('mmsguard@', 'stranger@'),
      timeoutMs: TIMEOUT_MS,
    });
    expect(stranger).toEqual({ ok: false, detail: expect.stringContaining('permission denied') as string });
  });

  it('answers what was asked before it closes, and nothing after', async () => {
    const database = await freshDatabase();
    const asked = database.transaction([TABLE]);
    const closed = database.close();
    expect(await database.transaction([])).toMatchObject({ ok: false, code: 'closed' });
    await closed;
    await database.close();
    expect(await asked).toMatchObject({ ok: true });
  });
});
