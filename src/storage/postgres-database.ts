/** PostgreSQL, which many proxies share. */
import pg from 'pg';
import { RunningTransactions } from './running-transactions.ts';
import type { SqlDatabase, SqlFailureCode, SqlResult, SqlRow, SqlStatement } from './sql-database.ts';
import { newerSchema, schemaFrom, SCHEMA_VERSION } from './sql-schema.ts';

/** How a database is used. */
export interface PostgresOptions {
  /** `postgres://user@host/database`; what is not in it comes from the usual variables (PGPASSWORD, PGPASSFILE…). */
  readonly url: string;
  /** Milliseconds for a connection, for one statement, and for a transaction to get a connection. */
  readonly timeoutMs: number;
}

/** An open database, or why it cannot be used. */
export type PostgresOpening =
  | { readonly ok: true; readonly database: PostgresDatabase }
  | { readonly ok: false; readonly detail: string };

/** Connections of one proxy. */
export const POSTGRES_CONNECTIONS_MAX = 8;

/** Any number that other programs on the database do not lock. */
const MIGRATION_LOCK = 7_737_481;

/** BIGINT and a sum of them (pg_type.oid) as numbers: ours are times and sizes, which are safe integers. */
const NUMBERS = new pg.TypeOverrides();
for (const type of [20, 1700]) NUMBERS.setTypeParser(type, Number);

/** Classes of SQLSTATE that say that a statement is wrong in itself: not supported, data, integrity, syntax, triggers. */
const BUG_CLASSES: ReadonlySet<string> = new Set(['0A', '21', '22', '23', '42', 'P0']);

/** The one state of those classes that says something of the database: that this user may not. */
const NOT_ALLOWED = '42501';

/** Milliseconds more for a server to say that a statement took too long: without its word the connection is given up. */
const GRACE_MS = 1000;

/** What `pg` says when an answer does not come in time: the connection may be dead. */
const READ_TIMEOUT = 'Query read timeout';

/** A statement was cancelled for its time, or waited too long for a lock. */
const TIMEOUT_STATES: ReadonlySet<string> = new Set(['57014', '55P03']);

/** Two transactions that each waited for the other, or could not be told apart: this one was undone and may be tried again. */
const RETRY_STATES: ReadonlySet<string> = new Set(['40P01', '40001']);

/** How often a transaction is tried. */
const ATTEMPTS_MAX = 5;

/** Connects, and makes the tables where there are none. Never rejects but for bugs. */
export async function openPostgres(options: PostgresOptions): Promise<PostgresOpening> {
  const database = new PostgresDatabase(options);
  const result = await database.migrate();
  if (result.ok) return { ok: true, database };
  await database.close();
  return { ok: false, detail: result.detail };
}

/** A pool of connections. One that breaks is replaced. */
export class PostgresDatabase implements SqlDatabase {
  readonly dialect = 'postgres';
  readonly #pool: pg.Pool;
  readonly #running = new RunningTransactions();
  #closing: Promise<void> | undefined;

  constructor({ url, timeoutMs }: PostgresOptions) {
    this.#pool = new pg.Pool({
      connectionString: url,
      max: POSTGRES_CONNECTIONS_MAX,
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      query_timeout: timeoutMs + GRACE_MS,
      lock_timeout: timeoutMs,
      types: NUMBERS,
    });
    // An idle connection that breaks is taken out of the pool by itself; without a listener it would end the process.
    this.#pool.on('error', () => undefined);
  }

  transaction(statements: readonly SqlStatement[]): Promise<SqlResult> {
    return this.#run(async (client) => {
      const rows: SqlRow[][] = [];
      for (const { sql, values } of statements) {
        const result = await client.query<SqlRow>(numbered(sql), values.map(parameterOf));
        rows.push(result.rows);
      }
      return rows;
    });
  }

  /** Makes the tables in an empty database; proxies that start together wait for one another. */
  migrate(): Promise<SqlResult> {
    return this.#run(async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      await client.query('CREATE TABLE IF NOT EXISTS mmsguard_schema (version INTEGER NOT NULL)');
      const { rows } = await client.query<{ version: number }>('SELECT version FROM mmsguard_schema');
      const version = rows[0]?.version ?? 0;
      const newer = newerSchema(version);
      if (newer !== undefined) throw new NewerSchemaError(newer);
      for (const sql of schemaFrom(version, 'postgres')) await client.query(sql);
      await client.query('DELETE FROM mmsguard_schema');
      await client.query('INSERT INTO mmsguard_schema (version) VALUES ($1)', [SCHEMA_VERSION]);
      return [];
    });
  }

  close(): Promise<void> {
    // The pool forgets who waits for a connection when it ends.
    this.#closing ??= this.#running.settled().then(() => this.#pool.end());
    return this.#closing;
  }

  #run(work: Work): Promise<SqlResult> {
    if (this.#closing !== undefined) return Promise.resolve(failed('closed', 'the database was closed'));
    return this.#running.add(this.#runUntilDone(work));
  }

  async #runUntilDone(work: Work): Promise<SqlResult> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const result = await this.#attempt(work);
      if (result !== 'again') return result;
    }
    return failed('unavailable', `other transactions were in the way ${ATTEMPTS_MAX} times`);
  }

  async #attempt(work: Work): Promise<SqlResult | 'again'> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      return failed('unavailable', detailOf(error));
    }
    // A connection that breaks while it is ours tells it here as well as to the query.
    const ignore = (): undefined => undefined;
    client.on('error', ignore);
    let isUsable = true;
    let isCommitting = false;
    try {
      await client.query('BEGIN');
      const rows = await work(client);
      isCommitting = true;
      await client.query('COMMIT');
      return { ok: true, rows };
    } catch (error) {
      isUsable = error instanceof pg.DatabaseError && (await rolledBack(client));
      return outcomeOf(error, isCommitting);
    } finally {
      client.off('error', ignore);
      client.release(!isUsable);
    }
  }
}

type Work = (client: pg.PoolClient) => Promise<SqlRow[][]>;

class NewerSchemaError extends Error {}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

/** What an error says of the transaction; bugs are thrown on. */
function outcomeOf(error: unknown, isCommitting: boolean): SqlResult | 'again' {
  const detail = detailOf(error);
  // What the server does not say is of the connection: it broke, or nothing came for too long.
  if (!(error instanceof pg.DatabaseError))
    return failed(isCommitting || detail === READ_TIMEOUT ? 'timeout' : 'unavailable', detail);
  const state = error.code ?? '';
  if (RETRY_STATES.has(state)) return 'again';
  if (state !== NOT_ALLOWED && BUG_CLASSES.has(state.slice(0, 2))) throw error;
  return failed(TIMEOUT_STATES.has(state) ? 'timeout' : 'unavailable', detail);
}

/** `?` becomes `$1`, `$2`…; none of our statements has one in a text. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => {
    count += 1;
    return `$${count}`;
  });
}

function parameterOf(value: SqlStatement['values'][number]): unknown {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

function failed(code: SqlFailureCode, detail: string): SqlResult {
  return { ok: false, code, detail };
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
