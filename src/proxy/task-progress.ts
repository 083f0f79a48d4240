/** How far a task is, and what came of it so far. */
import type { Task, TaskState } from '../storage/task-list.ts';

/** What came of one record: a word to count, and more where the record itself matters. */
export interface RecordResult {
  readonly result: string;
  /** Plain JSON, with the record's id. */
  readonly note?: Readonly<Record<string, unknown>>;
}

/** What a task is from its beginning. */
export type TaskStart = Pick<Task, 'id' | 'kind' | 'by' | 'why' | 'startedAtMs'>;

/** Notes that a task keeps; of more it keeps only their number. */
export const TASK_NOTES_MAX = 500;

/** Counts what comes of the records of one task. */
export class TaskProgress {
  readonly #task: TaskStart;
  readonly #counts = new Map<string, number>();
  readonly #notes: Readonly<Record<string, unknown>>[] = [];
  #notesLeftOut = 0;
  #total: number | undefined;
  #done = 0;

  constructor(task: TaskStart) {
    this.#task = task;
  }

  /** Of the task. */
  get id(): string {
    return this.#task.id;
  }

  /** Says how many records there are. */
  counted(total: number): void {
    this.#total = total;
  }

  /** Notes one record that is done. */
  add({ result, note }: RecordResult): void {
    this.#done += 1;
    this.#counts.set(result, (this.#counts.get(result) ?? 0) + 1);
    if (note === undefined) return;
    if (this.#notes.length < TASK_NOTES_MAX) this.#notes.push(note);
    else this.#notesLeftOut += 1;
  }

  /** The task as it stands; `problems` are why it failed. */
  task(state: TaskState, endedAtMs?: number, problems: readonly string[] = []): Task {
    return {
      ...this.#task,
      state,
      endedAtMs,
      total: this.#total,
      done: this.#done,
      result: {
        counts: Object.fromEntries(this.#counts),
        records: [...this.#notes],
        recordsLeftOut: this.#notesLeftOut,
        ...(problems.length > 0 && { problems }),
      },
    };
  }
}
