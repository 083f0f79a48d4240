/** The stores that the admin side works with, for its tests: the real ones, in SQLite in memory and without its thread. */
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { Keyring } from '../../src/storage/keyring.ts';
import { pseudonyms } from '../../src/storage/pseudonym.ts';
import { SqlAccessTokens } from '../../src/storage/sql-access-tokens.ts';
import { SqlAuditLog } from '../../src/storage/sql-audit-log.ts';
import type { SqlDatabase, SqlRow } from '../../src/storage/sql-database.ts';
import { SqlMessageTrack } from '../../src/storage/sql-message-track.ts';
import { SqlQuarantineStore } from '../../src/storage/sql-quarantine-store.ts';
import { schemaFrom } from '../../src/storage/sql-schema.ts';
import { SqlTaskList } from '../../src/storage/sql-task-list.ts';

const KEY = Buffer.alloc(32, 7);

/** The pseudonym that these stores have for a number. */
export const pseudonymOf = pseudonyms(KEY);

/** Empty stores, which close with the test. */
export function openTestStorage() {
  const database = memoryDatabase();
  const onBug = (error: unknown): void => {
    throw error;
  };
  const track = new SqlMessageTrack({ database, pseudonymOf, onBug });
  onTestFinished(async () => {
    await track.close();
    await database.close();
  });
  const keyring = new Keyring([{ id: 'test', key: KEY }]);
  const limits = { recordsMax: 100, bytesMax: 1024 * 1024 };
  return {
    quarantine: new SqlQuarantineStore({ database, limits, keyring, pseudonymOf }),
    track,
    audit: new SqlAuditLog(database),
    tokens: new SqlAccessTokens(database),
    tasks: new SqlTaskList({ database, owner: 'test', nowMs: Date.now }),
  };
}

/** What tests fill: the stores with everything that they can. */
export type TestStorage = ReturnType<typeof openTestStorage>;

function memoryDatabase(): SqlDatabase {
  const sqlite = new DatabaseSync(':memory:');
  for (const statement of schemaFrom(0, 'sqlite')) sqlite.exec(statement);
  return {
    dialect: 'sqlite',
    transaction: (statements) => {
      const rows = statements.map(({ sql, values }) => sqlite.prepare(sql).all(...values) as SqlRow[]);
      return Promise.resolve({ ok: true, rows });
    },
    close: () => {
      sqlite.close();
      return Promise.resolve();
    },
  };
}
