/** The table of the tasks, alike in SQLite and PostgreSQL. */

/** One statement each, in order. */
export const TASK_LIST_TABLES: readonly string[] = [
  `CREATE TABLE tasks (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at_ms BIGINT NOT NULL,
    ended_at_ms BIGINT,
    written_at_ms BIGINT NOT NULL,
    rest TEXT NOT NULL
  )`,
  'CREATE INDEX tasks_started ON tasks (started_at_ms, id)',
  'CREATE INDEX tasks_state ON tasks (state)',
];
