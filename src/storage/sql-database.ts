/** What the stores need of a database. SQLite and PostgreSQL are behind it, so that each store is written once. */

/** A value in a row or a statement. Numbers are safe integers or reals; times are Unix milliseconds. */
export type SqlValue = string | number | Uint8Array | null;

/** One row, by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** One statement, with `?` for each value. Only what SQLite and PostgreSQL read alike. */
export interface SqlStatement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Why a database did not do what it was asked. But for `timeout`, nothing of the transaction was done. */
export type SqlFailureCode =
  /** Not there, not writable, disk full, connection lost. */
  | 'unavailable'
  /** It did not answer in time, or was lost while it committed. What becomes of the transaction is not known. */
  | 'timeout'
  /** Closed by its owner. */
  | 'closed';

/** The rows of each statement, in order, or why there are none. */
export type SqlResult =
  | { readonly ok: true; readonly rows: readonly (readonly SqlRow[])[] }
  | { readonly ok: false; readonly code: SqlFailureCode; readonly detail: string };

/** A database. */
export interface SqlDatabase {
  readonly dialect: 'sqlite' | 'postgres';
  /**
   * Runs statements in one transaction: all of them, durably once it resolves, or none. Never rejects for what a disk or
   * network does; a statement that is wrong in itself is a bug, and rejects.
   */
  transaction(statements: readonly SqlStatement[]): Promise<SqlResult>;
  /** Lets what was asked end, and closes. May be called again. */
  close(): Promise<void>;
}
