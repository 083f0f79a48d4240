/** The tables of the quarantine. */
import type { SqlDatabase } from './sql-database.ts';

const OCTETS: Readonly<Record<SqlDatabase['dialect'], string>> = { sqlite: 'BLOB', postgres: 'BYTEA' };

/** A value of octets in a `SELECT`: PostgreSQL must be told its type. */
export function octetsValue(dialect: SqlDatabase['dialect']): string {
  return `CAST(? AS ${OCTETS[dialect]})`;
}

/** One statement each, in order. */
export function quarantineTables(dialect: SqlDatabase['dialect']): readonly string[] {
  return [
    // One row: what limits are checked against. last_id is the record that was counted last.
    `CREATE TABLE quarantine_totals (
      only_row INTEGER NOT NULL PRIMARY KEY,
      held BIGINT NOT NULL,
      bytes BIGINT NOT NULL,
      last_id TEXT NOT NULL
    )`,
    "INSERT INTO quarantine_totals (only_row, held, bytes, last_id) VALUES (1, 0, 0, '')",
    // Equal bodies once for each key, since a key may go; uses is how many records need it.
    `CREATE TABLE quarantine_bodies (
      body_key TEXT NOT NULL PRIMARY KEY,
      body ${OCTETS[dialect]} NOT NULL,
      bytes BIGINT NOT NULL,
      uses BIGINT NOT NULL
    )`,
    // is_counted: it is among the held ones of quarantine_totals. has_body: it is among the uses of its body.
    `CREATE TABLE quarantine (
      id TEXT NOT NULL PRIMARY KEY,
      at_ms BIGINT NOT NULL,
      expires_at_ms BIGINT NOT NULL,
      state TEXT NOT NULL,
      direction TEXT NOT NULL,
      severity TEXT NOT NULL,
      content_hash TEXT NOT NULL,
      body_bytes BIGINT NOT NULL,
      body_key TEXT NOT NULL,
      url_key TEXT NOT NULL,
      shown TEXT NOT NULL,
      sealed ${OCTETS[dialect]} NOT NULL,
      is_counted INTEGER NOT NULL,
      has_body INTEGER NOT NULL,
      claimed_at_ms BIGINT,
      ended_at_ms BIGINT,
      ended_by TEXT,
      ended_why TEXT
    )`,
    'CREATE INDEX quarantine_time ON quarantine (at_ms, id)',
    'CREATE INDEX quarantine_state ON quarantine (state, at_ms, id)',
    'CREATE INDEX quarantine_severity ON quarantine (severity, at_ms, id)',
    'CREATE INDEX quarantine_content ON quarantine (content_hash, at_ms, id)',
    'CREATE INDEX quarantine_url ON quarantine (url_key, at_ms)',
    'CREATE INDEX quarantine_expiry ON quarantine (has_body, expires_at_ms)',
    // What a record has several of: pseudonyms and reasons.
    `CREATE TABLE quarantine_terms (
      term TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      id TEXT NOT NULL,
      PRIMARY KEY (term, at_ms, id)
    )`,
    `CREATE TABLE quarantine_approvals (
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      why TEXT NOT NULL,
      PRIMARY KEY (id, name)
    )`,
  ];
}
