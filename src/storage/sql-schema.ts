/** All tables, in both dialects, and how an older database gets them. */
import { ACCESS_TOKENS_TABLES } from './access-tokens-tables.ts';
import { auditLogTables } from './audit-log-tables.ts';
import { MESSAGE_TRACK_TABLES } from './message-track-tables.ts';
import { quarantineTables } from './quarantine-tables.ts';
import type { SqlDatabase } from './sql-database.ts';
import { TASK_LIST_TABLES } from './task-list-tables.ts';

type Step = (dialect: SqlDatabase['dialect']) => readonly string[];

/** The statements of each version, on top of the one before. What was released is not changed any more. */
const STEPS: readonly Step[] = [
  (dialect) => [
    ...quarantineTables(dialect),
    ...MESSAGE_TRACK_TABLES,
    ...auditLogTables(dialect),
    ...ACCESS_TOKENS_TABLES,
    ...TASK_LIST_TABLES,
  ],
];

/** Of a database with all tables; an empty one has 0. */
export const SCHEMA_VERSION = STEPS.length;

/** The statements that make a database of a version, 0 for an empty one, one of `SCHEMA_VERSION`, in order. */
export function schemaFrom(version: number, dialect: SqlDatabase['dialect']): readonly string[] {
  return STEPS.slice(version).flatMap((step) => step(dialect));
}

/** What is wrong with a database that a newer program has made; undefined when it is not newer. */
export function newerSchema(version: number): string | undefined {
  return version > SCHEMA_VERSION ? `the database is of a newer mmsguard (schema ${version})` : undefined;
}
