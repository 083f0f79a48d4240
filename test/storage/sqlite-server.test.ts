import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '../../src/storage/sql-database.ts';
import { SCHEMA_VERSION } from '../../src/storage/sql-schema.ts';
import { SqliteServer, type SqliteRequest } from '../../src/storage/sqlite-server.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const asked = (id: number, ...sqls: readonly string[]): SqliteRequest => ({
  id,
  statements: sqls.map((sql) => ({ sql, values: [] })),
});

const nothing = (): void => undefined;

function serverOf(file = join(scratchFolder(), 'a.sqlite')): SqliteServer {
  const server = new SqliteServer(file);
  server.run([asked(0, 'CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b BLOB)')], nothing);
  return server;
}

function valueIn(server: SqliteServer, sql: string): SqlValue | undefined {
  const [answer] = server.run([asked(0, sql)], nothing);
  if (answer?.kind !== 'done' || !answer.result.ok) throw new Error(JSON.stringify(answer));
  return Object.values(answer.result.rows[0]?.[0] ?? {})[0];
}

describe('transactions that are committed together', () => {
  it('are each whole or not done, and answered in order', () => {
    const server = serverOf();
    const answers = server.run(
      [
        asked(1, 'INSERT INTO t (a) VALUES (1)'),
        asked(2, 'INSERT INTO t (a) VALUES (2)', 'INSERT INTO t (a) VALUES (1)'),
        asked(3, 'SELECT COUNT(*) AS c FROM t'),
        asked(4, 'no statement'),
        asked(5, 'INSERT INTO t (a) VALUES (5)'),
      ],
      nothing,
    );
    expect(answers.map(({ id, kind }) => [id, kind])).toEqual([
      [1, 'done'],
      [2, 'bug'],
      [3, 'done'],
      [4, 'bug'],
      [5, 'done'],
    ]);
    expect(answers[2]).toMatchObject({ result: { ok: true, rows: [[{ c: 1 }]] } });
    expect(valueIn(server, 'SELECT GROUP_CONCAT(a) FROM t')).toBe('1,5');
  });

  it('are not there for others before they are told to become durable, and are after', () => {
    const file = join(scratchFolder(), 'a.sqlite');
    const server = serverOf(file);
    const other = new DatabaseSync(file, { readOnly: true });
    const count = () => other.prepare('SELECT COUNT(*) AS c FROM t').get()?.['c'];
    const seen: unknown[] = [];
    server.run([asked(1, 'INSERT INTO t (a) VALUES (1)'), asked(2, 'INSERT INTO t (a) VALUES (2)')], () => {
      seen.push(count());
    });
    expect([...seen, count()]).toEqual([0, 2]);
    other.close();
  });

  it('do not take each other with them when there is no room for one', () => {
    const server = serverOf();
    valueIn(server, 'PRAGMA max_page_count = 200');
    const large = asked(2, 'INSERT INTO t (b) VALUES (zeroblob(2000000))');
    const answers = server.run(
      [asked(1, 'INSERT INTO t (a) VALUES (1)'), large, asked(3, 'INSERT INTO t (a) VALUES (3)')],
      nothing,
    );
    expect(answers.map(({ id, kind }) => [id, kind])).toEqual([
      [1, 'done'],
      [2, 'done'],
      [3, 'done'],
    ]);
    expect(answers[1]).toMatchObject({ result: { ok: false, code: 'unavailable' } });
    expect(valueIn(server, 'SELECT COUNT(*) FROM t')).toBe(2);
  });

  it('only read where nobody may write', () => {
    const server = serverOf();
    valueIn(server, 'PRAGMA query_only = ON');
    const answers = server.run(
      [asked(1, 'INSERT INTO t (a) VALUES (1)'), asked(2, 'SELECT COUNT(*) AS c FROM t')],
      nothing,
    );
    expect(answers).toMatchObject([
      { id: 1, result: { ok: false, code: 'unavailable' } },
      { id: 2, result: { ok: true, rows: [[{ c: 0 }]] } },
    ]);
  });
});

describe('a SQLite file', () => {
  it('has its tables and their version when it is opened, and keeps its rows when it is opened again', () => {
    const file = join(scratchFolder(), 'a.sqlite');
    const first = serverOf(file);
    expect(valueIn(first, 'PRAGMA user_version')).toBe(SCHEMA_VERSION);
    expect(valueIn(first, 'SELECT held FROM quarantine_totals')).toBe(0);
    first.run([asked(1, 'INSERT INTO t (a) VALUES (7)')], nothing);
    first.close();
    expect(valueIn(serverOf(file), 'SELECT a FROM t')).toBe(7);
  });

  it('is left alone when its tables cannot be made', () => {
    const file = join(scratchFolder(), 'a.sqlite');
    const stranger = new DatabaseSync(file);
    stranger.exec('CREATE TABLE tasks (of TEXT)');
    expect(() => new SqliteServer(file)).toThrow('already exists');
    expect(
      stranger.prepare("SELECT COUNT(*) AS c FROM sqlite_master WHERE type = 'table'").get()?.['c'],
    ).toBe(1);
    stranger.close();
  });
});
