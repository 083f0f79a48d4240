/** The contract of tasks: work on many records that goes on after its request was answered. */
import type { Page, StoreFailure, StoreResult } from './quarantine-store.ts';

/** What tasks there are. */
export const TASK_KINDS = ['bulk-release', 'bulk-delete', 'retro-hunt'] as const;

/** One of `TASK_KINDS`. */
export type TaskKind = (typeof TASK_KINDS)[number];

/** Interrupted: the process ended while it ran. */
export const TASK_STATES = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const;

/** One of `TASK_STATES`. */
export type TaskState = (typeof TASK_STATES)[number];

/** A task and how far it is. */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  readonly state: TaskState;
  readonly by: string;
  readonly why: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number | undefined;
  /** Records that it is about; undefined until it has counted them. */
  readonly total: number | undefined;
  readonly done: number;
  /** What came of it: counts by result, and a bounded list of ids where ids matter. Plain JSON. */
  readonly result: Readonly<Record<string, unknown>>;
}

/** The tasks. */
export interface TaskList {
  add(task: Task): Promise<{ readonly kind: 'done' } | StoreFailure>;
  /** Overwrites what is stored of the task. */
  update(task: Task): Promise<{ readonly kind: 'done' } | StoreFailure>;
  get(id: string): Promise<StoreResult<Task>>;
  list(page: { readonly limit: number; readonly cursor?: string }): Promise<StoreResult<Page<Task>>>;
  /** At start: what still says `running` was interrupted. */
  markInterrupted(nowMs: number): Promise<StoreResult<number>>;
}
