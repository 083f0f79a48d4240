/** Tasks in a database that several proxies may share. */
import type { StoreFailure, StoreResult, Page } from './quarantine-store.ts';
import type { SqlDatabase, SqlRow, SqlStatement } from './sql-database.ts';
import { readPage, type OrderColumn } from './sql-page.ts';
import { storableText } from './storable-text.ts';
import { storeFailure } from './store-failure.ts';
import type { Task, TaskList, TaskState } from './task-list.ts';

/**
 * Milliseconds after which a task of another process that was not written counts as interrupted: one that runs writes
 * how far it is every few seconds, but a scan or a delivery may take minutes.
 */
export const TASK_SILENCE_MS = 15 * 60_000;

/** What the tasks need. */
export interface TaskListParts {
  readonly database: SqlDatabase;
  /** Of this process: the same when it starts again, another one for each proxy on the database. */
  readonly owner: string;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
}

const SELECT = 'SELECT id, state, started_at_ms, ended_at_ms, rest FROM tasks';

const ORDER: readonly OrderColumn[] = [
  { column: 'started_at_ms', type: 'number' },
  { column: 'id', type: 'string' },
];

/** The tasks of one process, in a database. */
export class SqlTaskList implements TaskList {
  readonly #parts: TaskListParts;

  constructor(parts: TaskListParts) {
    this.#parts = { ...parts, owner: storableText(parts.owner) };
  }

  add({ id, state, startedAtMs, endedAtMs, ...rest }: Task): Promise<{ kind: 'done' } | StoreFailure> {
    return this.#write({
      // It may be there already: whoever had no answer adds again.
      sql: `INSERT INTO tasks (id, owner, state, started_at_ms, ended_at_ms, written_at_ms, rest)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      values: [
        id,
        this.#parts.owner,
        state,
        startedAtMs,
        endedAtMs ?? null,
        this.#parts.nowMs(),
        JSON.stringify(rest),
      ],
    });
  }

  update({ id, state, startedAtMs, endedAtMs, ...rest }: Task): Promise<{ kind: 'done' } | StoreFailure> {
    return this.#write({
      sql: `UPDATE tasks SET state = ?, started_at_ms = ?, ended_at_ms = ?, written_at_ms = ?, rest = ?
            WHERE id = ?`,
      values: [state, startedAtMs, endedAtMs ?? null, this.#parts.nowMs(), JSON.stringify(rest), id],
    });
  }

  async get(id: string): Promise<StoreResult<Task>> {
    const result = await this.#parts.database.transaction([
      { sql: `${SELECT} WHERE id = ?`, values: [storableText(id)] },
    ]);
    if (!result.ok) return storeFailure(result);
    const row = result.rows[0]?.[0];
    return row === undefined ? { kind: 'unknown' } : { kind: 'found', value: taskOf(row) };
  }

  list(page: { readonly limit: number; readonly cursor?: string }): Promise<StoreResult<Page<Task>>> {
    const list = { select: SELECT, conditions: [], order: ORDER, itemOf: taskOf };
    return readPage(this.#parts.database, list, page);
  }

  /** Those of this process; of other processes only those that are silent for `TASK_SILENCE_MS`. */
  async markInterrupted(nowMs: number): Promise<StoreResult<number>> {
    const interrupted: TaskState = 'interrupted';
    const running: TaskState = 'running';
    const result = await this.#parts.database.transaction([
      {
        sql: `UPDATE tasks SET state = ?, ended_at_ms = ?
              WHERE state = ? AND (owner = ? OR written_at_ms < ?) RETURNING id`,
        values: [interrupted, nowMs, running, this.#parts.owner, nowMs - TASK_SILENCE_MS],
      },
    ]);
    return result.ok ? { kind: 'found', value: result.rows[0]?.length ?? 0 } : storeFailure(result);
  }

  async #write(statement: SqlStatement): Promise<{ kind: 'done' } | StoreFailure> {
    const result = await this.#parts.database.transaction([statement]);
    return result.ok ? { kind: 'done' } : storeFailure(result);
  }
}

type KeptInColumns = 'id' | 'state' | 'startedAtMs' | 'endedAtMs';

/** Only this file writes the table, so what it reads has the types that were written. */
function taskOf(row: SqlRow): Task {
  return {
    // JSON leaves out what is undefined.
    total: undefined,
    ...(JSON.parse(row['rest'] as string) as Omit<Task, KeptInColumns | 'total'>),
    id: row['id'] as string,
    state: row['state'] as TaskState,
    startedAtMs: row['started_at_ms'] as number,
    endedAtMs: (row['ended_at_ms'] as number | null) ?? undefined,
  };
}
