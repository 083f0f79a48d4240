/** The table of the audit log, and what keeps it from being changed in passing. */
import type { SqlDatabase } from './sql-database.ts';

const TABLE: readonly string[] = [
  `CREATE TABLE audit_log (
    entry_number BIGINT NOT NULL PRIMARY KEY,
    at_ms BIGINT NOT NULL,
    done_by TEXT NOT NULL,
    role TEXT NOT NULL,
    act TEXT NOT NULL,
    target TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL
  )`,
  'CREATE INDEX audit_log_time ON audit_log (at_ms)',
  'CREATE INDEX audit_log_done_by ON audit_log (done_by, entry_number)',
  'CREATE INDEX audit_log_act ON audit_log (act, entry_number)',
  'CREATE INDEX audit_log_target ON audit_log (target, entry_number)',
];

const REFUSAL = 'the audit log only grows';

/** Whoever owns the database can take these off again: the chain then shows what was done. */
const GUARDS: Readonly<Record<SqlDatabase['dialect'], readonly string[]>> = {
  sqlite: ['UPDATE', 'DELETE'].map(
    (act) =>
      `CREATE TRIGGER audit_log_no_${act.toLowerCase()} BEFORE ${act} ON audit_log
       BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
  ),
  postgres: [
    `CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION '${REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$`,
    `CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
     FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()`,
  ],
};

/** One statement each, in order. */
export function auditLogTables(dialect: SqlDatabase['dialect']): readonly string[] {
  return [...TABLE, ...GUARDS[dialect]];
}
