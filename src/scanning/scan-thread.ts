/** One scan thread, as the pool sees it. */
import { Worker } from 'node:worker_threads';
import type { ScanOutcome } from '../inspection/scan-outcome.ts';
import type { ScanContext } from './scan-context.ts';
import type { ScanCommand, ThreadReply, ThreadStart } from './thread-messages.ts';

/** How one scan in a thread ended. After anything but `scanned` the thread is gone. */
export type ThreadAnswer =
  | { readonly kind: 'scanned'; readonly outcome: ScanOutcome }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'crashed'; readonly detail: string };

/** How a thread is run. */
export interface ThreadOptions {
  /** The file that the thread runs. */
  readonly entry: URL;
  readonly deadlineMs: number;
  readonly heapMib: number;
}

/** The thread's entry in this project. */
export const SCAN_WORKER = new URL('./scan-worker.ts', import.meta.url);

const SLOT_BYTES_MIN = 64 * 1024;

/**
 * A thread that scans one body at a time. The body is copied into memory that both sides see, so the bytes stay with
 * the caller whatever becomes of the thread.
 */
export class ScanThread {
  readonly ruleSetDigest: string;
  /** Resolves to undefined when the thread has its rules, or to what went wrong. Never rejects. */
  readonly started: Promise<string | undefined>;
  /** Is told when the thread ends by itself between two scans. */
  onLost: (detail: string) => void = () => undefined;
  readonly #worker: Worker;
  readonly #deadlineMs: number;
  #slot = new SharedArrayBuffer(0);
  #scansLeft = Infinity;
  #onReply: (reply: ThreadReply) => void = () => undefined;
  #onEnd: (detail: string) => void = () => undefined;
  #isGone = false;

  constructor(start: ThreadStart, { entry, deadlineMs, heapMib }: ThreadOptions) {
    this.ruleSetDigest = start.ruleSetDigest;
    this.#deadlineMs = deadlineMs;
    const resourceLimits = { maxOldGenerationSizeMb: heapMib };
    this.#worker = new Worker(entry, { workerData: start, resourceLimits, name: 'scan' });
    this.#worker.on('message', (reply: ThreadReply) => {
      this.#onReply(reply);
    });
    this.#worker.on('messageerror', (error) => {
      this.#end(error.message);
    });
    this.#worker.on('error', (error) => {
      this.#end(error instanceof Error ? error.message : String(error));
    });
    this.#worker.on('exit', (code) => {
      this.#end(`the thread ended with code ${code}`);
    });
    this.started = new Promise((resolve) => {
      this.#onReply = () => {
        this.#watchIdle();
        resolve(undefined);
      };
      this.#onEnd = resolve;
    });
  }

  /** True when the thread has ended, or is being ended. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** True when the thread has done so many scans that it should be replaced. */
  get isWorn(): boolean {
    return this.#scansLeft <= 0;
  }

  /** Scans one body; the next one only after its answer. Never rejects. After `deadlineMs` the thread is ended. */
  async scan(body: Uint8Array, context: ScanContext): Promise<ThreadAnswer> {
    let deadline: NodeJS.Timeout | undefined;
    const answer = await new Promise<ThreadAnswer>((resolve) => {
      if (this.#isGone) resolve({ kind: 'crashed', detail: 'the thread has ended' });
      this.#onEnd = (detail) => {
        resolve({ kind: 'crashed', detail });
      };
      this.#onReply = (reply) => {
        if (reply.kind !== 'scanned') return;
        this.#scansLeft = reply.scansLeft;
        resolve({ kind: 'scanned', outcome: reply.outcome });
      };
      deadline = setTimeout(() => {
        resolve({ kind: 'timeout' });
      }, this.#deadlineMs);
      this.#worker.postMessage(this.#command(body, context));
    });
    clearTimeout(deadline);
    this.#watchIdle();
    if (answer.kind !== 'scanned') void this.close();
    return answer;
  }

  /** Ends the thread, whatever it does. Resolves when it has ended; may be called again. */
  async close(): Promise<void> {
    this.#isGone = true;
    this.onLost = () => undefined;
    await this.#worker.terminate();
  }

  #command(body: Uint8Array, context: ScanContext): ScanCommand {
    const { length } = body;
    const isRoomy = length <= this.#slot.byteLength;
    if (!isRoomy) this.#slot = new SharedArrayBuffer(slotBytes(length));
    new Uint8Array(this.#slot).set(body);
    return { length, slot: isRoomy ? undefined : this.#slot, context };
  }

  #watchIdle(): void {
    this.#onEnd = (detail) => {
      this.onLost(detail);
    };
  }

  #end(detail: string): void {
    this.#isGone = true;
    this.#onEnd(detail);
  }
}

/** The next power of two, so that a slot is replaced a few times in its life at most. */
function slotBytes(length: number): number {
  return Math.max(SLOT_BYTES_MIN, 2 ** Math.ceil(Math.log2(length)));
}
