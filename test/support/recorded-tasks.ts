/** What tasks and acts are written down in, for tests that look at every writing. */
import type { AuditAct, AuditLog } from '../../src/storage/audit-log.ts';
import type { StoreFailure } from '../../src/storage/quarantine-store.ts';
import type { Task, TaskList } from '../../src/storage/task-list.ts';

const FAILURE: StoreFailure = { kind: 'failed', code: 'unavailable', detail: 'told to fail' };

/** Every writing of every task, in order. */
export class RecordedTasks implements Pick<TaskList, 'add' | 'update'> {
  readonly writings: Task[] = [];
  isFailing = false;
  readonly #waiting = new Map<string, (task: Task) => void>();

  add(task: Task): ReturnType<TaskList['add']> {
    return this.#write(task);
  }

  update(task: Task): ReturnType<TaskList['update']> {
    return this.#write(task);
  }

  /** The task when it has ended. */
  async ended(started: Task | StoreFailure): Promise<Task> {
    if (started.kind === 'failed') throw new Error(started.detail);
    const known = this.writings.find(({ id, state }) => id === started.id && state !== 'running');
    return known ?? (await new Promise((resolve) => this.#waiting.set(started.id, resolve)));
  }

  #write(task: Task): Promise<{ readonly kind: 'done' } | StoreFailure> {
    if (this.isFailing) return Promise.resolve(FAILURE);
    this.writings.push(task);
    if (task.state !== 'running') this.#waiting.get(task.id)?.(task);
    return Promise.resolve({ kind: 'done' });
  }
}

/** Every act that was to be written down. */
export class RecordedAudit implements Pick<AuditLog, 'append'> {
  readonly acts: AuditAct[] = [];
  isFailing = false;

  append(act: AuditAct): ReturnType<AuditLog['append']> {
    if (this.isFailing) return Promise.resolve(FAILURE);
    this.acts.push(act);
    return Promise.resolve({ kind: 'written', number: this.acts.length });
  }
}
