/** Packs held messages in threads that can be ended: what is packed was made by somebody hostile. */
import { Worker } from 'node:worker_threads';
import type { RecordWithContent } from './export-archive.ts';

/** Named limits of exports. */
export interface ExportLimits {
  /** Exports at the same time; one more is refused. */
  readonly atOnceMax: number;
  /** Milliseconds of one export. */
  readonly deadlineMs: number;
  /** Heap of one thread. The largest message is a fraction of it. */
  readonly heapMib: number;
}

/** Limits that leave the proxy its cores. */
export const EXPORT_LIMITS: ExportLimits = { atOnceMax: 2, deadlineMs: 30_000, heapMib: 256 };

/** Why there is no archive. */
export type ExportFailure = 'busy' | 'timeout' | 'crashed' | 'closed';

/** An archive, or why there is none. */
export type ExportResult =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: ExportFailure };

const EXPORT_WORKER = new URL('./export-worker.ts', import.meta.url);

/** Exports records. */
export class RecordExporter {
  readonly #limits: ExportLimits;
  readonly #worker: URL;
  readonly #running = new Map<Worker, (reason: ExportFailure) => void>();
  #isClosed = false;

  /** `worker`: the entry of the threads. */
  constructor(limits: ExportLimits, worker = EXPORT_WORKER) {
    this.#limits = limits;
    this.#worker = worker;
  }

  /** Never rejects. */
  async export(record: RecordWithContent): Promise<ExportResult> {
    if (this.#isClosed) return { ok: false, reason: 'closed' };
    if (this.#running.size >= this.#limits.atOnceMax) return { ok: false, reason: 'busy' };
    const { promise, resolve } = Promise.withResolvers<ExportResult>();
    const fail = (reason: ExportFailure): void => {
      resolve({ ok: false, reason });
    };
    const worker = this.#start(record);
    this.#running.set(worker, fail);
    worker.on('message', (bytes: Uint8Array) => {
      resolve({ ok: true, bytes });
    });
    worker.on('error', () => {
      fail('crashed');
    });
    worker.on('exit', () => {
      fail('crashed');
    });
    const deadline = setTimeout(fail, this.#limits.deadlineMs, 'timeout');
    try {
      return await promise;
    } finally {
      clearTimeout(deadline);
      await worker.terminate();
      this.#running.delete(worker);
    }
  }

  /** Ends what runs, which is told as `closed`, and waits for its threads. May be called again. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running];
    for (const [, fail] of running) fail('closed');
    await Promise.all(running.map(([worker]) => worker.terminate()));
  }

  #start(workerData: RecordWithContent): Worker {
    return new Worker(this.#worker, {
      workerData,
      name: 'export',
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.heapMib },
    });
  }
}
