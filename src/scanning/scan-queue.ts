/** Scans that wait for a thread: bounded in number, in bytes, and in how long each waits. */
import type { ScanJob } from './scan-job.ts';
import type { PoolSettings } from './scan-settings.ts';

/** What the queue is bounded by. */
export type QueueLimits = Pick<PoolSettings, 'queueMax' | 'queueBytesMax' | 'queueWaitMs'>;

/** First come, first served. */
export class ScanQueue {
  readonly #limits: QueueLimits;
  readonly #onExpired: (job: ScanJob) => void;
  readonly #waiting = new Map<ScanJob, NodeJS.Timeout>();
  #bytes = 0;

  /** `onExpired` is told of a job that has waited for too long; it is not in the queue any more. */
  constructor(limits: QueueLimits, onExpired: (job: ScanJob) => void) {
    this.#limits = limits;
    this.#onExpired = onExpired;
  }

  /** Jobs that wait. */
  get length(): number {
    return this.#waiting.size;
  }

  /** Bytes of the bodies that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Lets a job wait; false when there is no room. */
  add(job: ScanJob): boolean {
    const { queueMax, queueBytesMax, queueWaitMs } = this.#limits;
    const { length } = job.subject.body;
    if (this.#waiting.size >= queueMax || this.#bytes + length > queueBytesMax) return false;
    const expiry = setTimeout(() => {
      this.remove(job);
      this.#onExpired(job);
    }, queueWaitMs);
    this.#waiting.set(job, expiry);
    this.#bytes += length;
    return true;
  }

  /** The job that has waited longest, which thereby leaves the queue. */
  take(): ScanJob | undefined {
    const [job] = this.#waiting.keys();
    if (job !== undefined) this.remove(job);
    return job;
  }

  /** Takes a job out; false when it does not wait. */
  remove(job: ScanJob): boolean {
    const expiry = this.#waiting.get(job);
    if (expiry === undefined) return false;
    clearTimeout(expiry);
    this.#waiting.delete(job);
    this.#bytes -= job.subject.body.length;
    return true;
  }
}
