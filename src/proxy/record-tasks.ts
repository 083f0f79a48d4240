/** Runs work on many held records, which goes on after its request was answered. */
import { randomUUID } from 'node:crypto';
import type { StoreFailure } from '../storage/quarantine-store.ts';
import type { Task, TaskKind } from '../storage/task-list.ts';
import { TaskProgress } from './task-progress.ts';
import { runTask, type RecordWork, type StopReason, type TaskRunParts } from './task-run.ts';

/**
 * The tasks of one process. Those of one kind run one after the other, so that two of them do not race for the same
 * records.
 */
export class RecordTasks {
  readonly #parts: TaskRunParts;
  readonly #stops = new Map<string, AbortController>();
  readonly #lastOfKind = new Map<TaskKind, Promise<void>>();
  #isClosed = false;

  constructor(parts: TaskRunParts) {
    this.#parts = parts;
  }

  /** Writes a task down and starts it; it says `running` while it waits for its turn, too. */
  async start(work: RecordWork): Promise<Task | StoreFailure> {
    if (this.#isClosed) return CLOSED;
    const { by, why, atMs: startedAtMs } = work.act;
    const progress = new TaskProgress({ id: randomUUID(), kind: work.kind, by, why, startedAtMs });
    const task = progress.task('running');
    const added = await this.#parts.tasks.add(task);
    if (added.kind === 'failed') return added;
    const stop = new AbortController();
    this.#stops.set(task.id, stop);
    const before = this.#lastOfKind.get(work.kind) ?? Promise.resolve();
    const ended = before
      .then(() => runTask(work, progress, this.#parts, stop.signal))
      .finally(() => this.#stops.delete(task.id));
    this.#lastOfKind.set(work.kind, ended);
    return task;
  }

  /** Ends a task at its next record; false when there is none that runs. */
  cancel(id: string): boolean {
    return this.#stop(id, 'cancelled');
  }

  /** Ends every task at its next record, as interrupted, and waits for them. None is started later. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const id of this.#stops.keys()) this.#stop(id, 'interrupted');
    await this.settled();
  }

  /** Resolves when every task that was started has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#lastOfKind.values());
  }

  #stop(id: string, reason: StopReason): boolean {
    const stop = this.#stops.get(id);
    stop?.abort(reason);
    return stop !== undefined;
  }
}

const CLOSED: StoreFailure = { kind: 'failed', code: 'closed', detail: 'mmsguard is stopping' };
