/** Databases for tests of stores: real ones, with all tables, closed when the test has ended. */
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { openPostgres } from '../../src/storage/postgres-database.ts';
import type { SqlDatabase } from '../../src/storage/sql-database.ts';
import { openSqlite } from '../../src/storage/sqlite-database.ts';
import { mustSkip } from './needs.ts';
import { hasPostgres, startPostgres, type PostgresServer } from './postgres-server.ts';
import { scratchFolder } from './scratch-folder.ts';

/** The databases that can be had here. In CI both must be. */
export const DIALECTS: readonly SqlDatabase['dialect'][] = mustSkip(hasPostgres())
  ? ['sqlite']
  : ['sqlite', 'postgres'];

const TIMEOUT_MS = 20_000;

let server: PostgresServer | undefined;
afterAll(() => {
  server?.remove();
  server = undefined;
});

/** The server of this test file, which is started once. */
export function postgresServer(): PostgresServer {
  server ??= startPostgres();
  return server;
}

/** An empty database. */
export async function scratchDatabase(dialect: SqlDatabase['dialect']): Promise<SqlDatabase> {
  const opened =
    dialect === 'sqlite'
      ? await openSqlite({ file: join(scratchFolder(), 'test.sqlite'), timeoutMs: TIMEOUT_MS })
      : await openPostgres({ url: await postgresServer().createDatabase(), timeoutMs: TIMEOUT_MS });
  if (!opened.ok) throw new Error(opened.detail);
  const { database } = opened;
  onTestFinished(() => database.close());
  return database;
}
