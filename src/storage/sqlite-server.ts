/** One SQLite database, as the thread that owns it uses it: transactions that wait are committed together. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqlResult, SqlRow, SqlStatement } from './sql-database.ts';
import { newerSchema, schemaFrom, SCHEMA_VERSION } from './sql-schema.ts';

/** One transaction that is asked for. */
export interface SqliteRequest {
  readonly id: number;
  readonly statements: readonly SqlStatement[];
}

/** The answer to one transaction. */
export type SqliteAnswer =
  | { readonly kind: 'done'; readonly id: number; readonly result: SqlResult }
  /** The statement is wrong in itself. */
  | { readonly kind: 'bug'; readonly id: number; readonly detail: string };

/** Transactions that are committed together. */
export const GROUP_MAX = 64;

/** Statements kept prepared: there are some dozens in all. */
const PREPARED_MAX = 200;

/** SQLite's primary result codes for what a disk, or another process, does: not for what a statement says. */
const UNAVAILABLE_CODES: ReadonlySet<number> = new Set([3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 22, 26]);

const PRAGMAS = [
  'PRAGMA busy_timeout = 3000',
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = ON',
  // What is deleted is overwritten: wiped bodies must not stay in free pages.
  'PRAGMA secure_delete = ON',
];

/** Owns the database. */
export class SqliteServer {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  /** Opens the file, makes it where there is none, and brings its tables up to date. Throws when it cannot. */
  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    for (const pragma of PRAGMAS) this.#database.exec(pragma);
    this.#migrate();
  }

  /**
   * Runs transactions, each of them whole or not at all, and commits them with one wait for the disk. `beforeCommit` is
   * told when they begin to become durable. Throws only when the database is in a state that cannot be left.
   */
  run(group: readonly SqliteRequest[], beforeCommit: () => void): readonly SqliteAnswer[] {
    try {
      // What only reads needs no right to write, which may be another process's, or nobody's.
      this.#database.exec(group.every(isReading) ? 'BEGIN' : 'BEGIN IMMEDIATE');
      const answers = group.map((request) => this.#runOne(request));
      beforeCommit();
      this.#database.exec('COMMIT');
      return answers;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      // One that is too large for the disk must not take the others with it.
      if (group.length > 1) return group.flatMap((request) => this.run([request], beforeCommit));
      return group.map(({ id }) => unavailable(id, error));
    }
  }

  /** Ends what is written beside the file, and closes it. */
  close(): void {
    this.#database.close();
  }

  /** Runs one transaction inside the group's. An error that has ended the group's is thrown. */
  #runOne({ id, statements }: SqliteRequest): SqliteAnswer {
    this.#database.exec('SAVEPOINT one');
    try {
      const rows = statements.map((statement) => this.#all(statement));
      this.#database.exec('RELEASE one');
      return { kind: 'done', id, result: { ok: true, rows } };
    } catch (error) {
      if (!this.#database.isTransaction) throw error;
      this.#database.exec('ROLLBACK TO one');
      this.#database.exec('RELEASE one');
      return isUnavailable(error) ? unavailable(id, error) : { kind: 'bug', id, detail: detailOf(error) };
    }
  }

  #all({ sql, values }: SqlStatement): SqlRow[] {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      if (this.#prepared.size >= PREPARED_MAX) this.#prepared.clear();
      statement = this.#database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement.all(...(values as SQLInputValue[])) as SqlRow[];
  }

  #migrate(): void {
    this.#database.exec('BEGIN IMMEDIATE');
    const row = this.#database.prepare('PRAGMA user_version').get() as { readonly user_version: number };
    const newer = newerSchema(row.user_version);
    if (newer !== undefined) throw new Error(newer);
    for (const sql of schemaFrom(row.user_version, 'sqlite')) this.#database.exec(sql);
    this.#database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    this.#database.exec('COMMIT');
  }
}

function isReading({ statements }: SqliteRequest): boolean {
  return statements.every(({ sql }) => /^\s*SELECT\b/i.test(sql));
}

function unavailable(id: number, error: unknown): SqliteAnswer {
  return { kind: 'done', id, result: { ok: false, code: 'unavailable', detail: detailOf(error) } };
}

function isUnavailable(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : -1;
  return UNAVAILABLE_CODES.has(code % 256);
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
