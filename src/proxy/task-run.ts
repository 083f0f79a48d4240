/** One task from its first record to its last. */
import type {
  QuarantineStore,
  RecordAct,
  RecordFilter,
  RecordSummary,
  StoreFailure,
} from '../storage/quarantine-store.ts';
import type { TaskKind, TaskList, TaskState } from '../storage/task-list.ts';
import type { RecordResult, TaskProgress } from './task-progress.ts';

/** Work on every held record that fits. */
export interface RecordWork {
  readonly kind: TaskKind;
  readonly filter: RecordFilter;
  readonly act: RecordAct;
  /** Records that are worked on at the same time. */
  readonly atOnce: number;
  /** Makes ready; what is wrong ends the task as failed. Rejects only for bugs. */
  begin(taskId: string, signal: AbortSignal): Promise<WorkStart>;
}

/** Work that can go on, or why not. */
export type WorkStart =
  | { readonly ok: true; readonly steps: RecordSteps }
  | { readonly ok: false; readonly problems: readonly string[] };

/** What is done to each record, and at the end. Neither rejects but for bugs. */
export interface RecordSteps {
  each(record: RecordSummary): Promise<RecordResult>;
  close(): Promise<void>;
}

/** What a run works with. */
export interface TaskRunParts {
  readonly store: Pick<QuarantineStore, 'list'>;
  readonly tasks: Pick<TaskList, 'add' | 'update'>;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
  /** Is told of bugs. It must not throw. */
  readonly onError: (error: unknown) => void;
}

/** Why a task is ended before its time: the abort reason of its signal, and then its state. */
export type StopReason = Extract<TaskState, 'cancelled' | 'interrupted'>;

/** Records that are listed at a time. */
export const TASK_PAGE = 200;

/** Milliseconds between two writes of a task's progress. */
export const PROGRESS_MS = 1000;

/** Runs a task to its end, and writes that down. Aborting `signal` with a `StopReason` ends it. Never rejects. */
export async function runTask(
  work: RecordWork,
  progress: TaskProgress,
  parts: TaskRunParts,
  signal: AbortSignal,
): Promise<void> {
  const end = await new TaskRun(work, progress, parts, signal).work().catch((error: unknown): RunEnd => {
    parts.onError(error);
    return { state: 'failed', problems: ['a bug; the log has it'] };
  });
  // Should this fail, the task still says `running`, and the next start finds it interrupted.
  await parts.tasks.update(progress.task(end.state, parts.nowMs(), end.problems)).catch(parts.onError);
}

/** How a run ended. */
interface RunEnd {
  readonly state: TaskState;
  readonly problems?: readonly string[];
}

class TaskRun {
  readonly #work: RecordWork;
  readonly #progress: TaskProgress;
  readonly #parts: TaskRunParts;
  readonly #signal: AbortSignal;
  /** What is held when the task begins: what comes later is not its business. */
  readonly #filter: RecordFilter;
  #savedAtMs: number;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(work: RecordWork, progress: TaskProgress, parts: TaskRunParts, signal: AbortSignal) {
    const { filter, act } = work;
    this.#work = work;
    this.#progress = progress;
    this.#parts = parts;
    this.#signal = signal;
    this.#filter = { ...filter, state: 'held', toMs: Math.min(filter.toMs ?? act.atMs, act.atMs) };
    this.#savedAtMs = act.atMs;
  }

  /** Does the work. Rejects only for bugs. */
  async work(): Promise<RunEnd> {
    let total = 0;
    const uncounted = await this.#pages((records) => {
      total += records.length;
      return Promise.resolve();
    });
    if (uncounted !== undefined) return failed(uncounted);
    this.#progress.counted(total);
    this.#write();
    if (this.#isStopped()) return this.#stopped();
    const start = await this.#work.begin(this.#progress.id, this.#signal);
    if (!start.ok) return this.#isStopped() ? this.#stopped() : { state: 'failed', problems: start.problems };
    try {
      const failure = await this.#pages((records) => this.#inLanes(records, start.steps));
      if (this.#isStopped()) return this.#stopped();
      return failure === undefined ? { state: 'done' } : failed(failure);
    } finally {
      await start.steps.close();
      await this.#saving;
    }
  }

  /** Lists what fits, a page at a time; tells what ended it early. */
  async #pages(
    take: (records: readonly RecordSummary[]) => Promise<void>,
  ): Promise<StoreFailure | undefined> {
    let cursor: string | undefined;
    do {
      const place = { limit: TASK_PAGE, ...(cursor !== undefined && { cursor }) };
      const page = await this.#parts.store.list(this.#filter, place);
      if (page.kind === 'failed') return page;
      if (page.kind === 'unknown') return undefined;
      await take(page.value.items);
      cursor = page.value.next;
    } while (cursor !== undefined && !this.#isStopped());
    return undefined;
  }

  /** Works on records, a few at a time. A bug ends every lane at its next record. */
  async #inLanes(records: readonly RecordSummary[], steps: RecordSteps): Promise<void> {
    const rest = records.values();
    let hasBug = false;
    const lane = async (): Promise<void> => {
      for (const record of rest) {
        if (this.#isStopped() || hasBug) return;
        try {
          this.#progress.add(await steps.each(record));
        } catch (error) {
          hasBug = true;
          throw error;
        }
        this.#save();
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: this.#work.atOnce }, lane));
    for (const end of lanes) if (end.status === 'rejected') throw end.reason;
  }

  /** Writes the progress, at most once in `PROGRESS_MS`. One that is not written is made up for by the next. */
  #save(): void {
    const nowMs = this.#parts.nowMs();
    if (nowMs - this.#savedAtMs < PROGRESS_MS) return;
    this.#savedAtMs = nowMs;
    this.#write();
  }

  #write(): void {
    const task = this.#progress.task('running');
    this.#saving = this.#saving.then(() => this.#parts.tasks.update(task)).catch(this.#parts.onError);
  }

  #isStopped(): boolean {
    return this.#signal.aborted;
  }

  #stopped(): RunEnd {
    return { state: this.#signal.reason as StopReason };
  }
}

function failed({ code, detail }: StoreFailure): RunEnd {
  return { state: 'failed', problems: [`${code}: ${detail}`] };
}
