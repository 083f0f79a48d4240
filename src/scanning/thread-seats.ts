/** The seats of the scan threads: each is kept taken, by a thread with the current rule set. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RuleSet } from './rule-set.ts';
import type { ScanContext } from './scan-context.ts';
import type { ScanSettings } from './scan-settings.ts';
import { ScanThread, type ThreadAnswer, type ThreadOptions } from './scan-thread.ts';

/** How long to wait before a thread that did not start is tried again; doubled each time up to the maximum. */
export const RESTART_PAUSE_MS = 100;
export const RESTART_PAUSE_MS_MAX = 5_000;

/** What becomes of threads. */
export type ThreadEvent =
  | {
      readonly kind: 'replaced';
      readonly cause: 'timeout' | 'crashed' | 'worn' | 'rules';
      readonly detail: string;
    }
  | { readonly kind: 'start-failed'; readonly detail: string };

/** What seats are made of. */
export interface SeatOptions {
  readonly threads: number;
  readonly thread: ThreadOptions;
  readonly scan: ScanSettings;
  readonly onEvent: (event: ThreadEvent) => void;
  /** A seat has become free. */
  readonly onFree: () => void;
}

/** A thread's answer, and the rule set that it was found with. */
export type SeatAnswer = ThreadAnswer & { readonly ruleSetDigest: string };

interface Seat {
  /** Undefined while none could be started. */
  thread: ScanThread | undefined;
  isBusy: boolean;
  /** While another thread is being started for it. */
  refill: Promise<void> | undefined;
}

function isFree(seat: Seat): seat is Seat & { thread: ScanThread } {
  return seat.thread !== undefined && !seat.isBusy;
}

/** Owns the threads: starts, replaces and ends them. */
export class ThreadSeats {
  readonly #options: SeatOptions;
  readonly #seats: Seat[];
  #ruleSet: RuleSet;
  /** Every thread that has not ended: those of seats, those that start, and those that end their last scan. */
  readonly #threads = new Set<ScanThread>();
  #swap: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();

  constructor(ruleSet: RuleSet, options: SeatOptions) {
    this.#ruleSet = ruleSet;
    this.#options = options;
    this.#seats = Array.from({ length: options.threads }, () => ({
      thread: undefined,
      isBusy: false,
      refill: undefined,
    }));
  }

  /** The digest of the rule set that threads have, or are being given. */
  get ruleSetDigest(): string {
    return this.#ruleSet.digest;
  }

  /** How many threads there are, can scan, do scan, and still have the rule set before. */
  get counts(): {
    readonly threads: number;
    readonly ready: number;
    readonly busy: number;
    readonly behind: number;
  } {
    const taken = this.#seats.filter(({ thread }) => thread !== undefined);
    return {
      threads: this.#seats.length,
      ready: taken.length,
      busy: this.#seats.filter(({ isBusy }) => isBusy).length,
      behind: taken.filter(({ thread }) => thread?.ruleSetDigest !== this.#ruleSet.digest).length,
    };
  }

  /** Starts all threads at once; false when one cannot start. */
  async start(): Promise<boolean> {
    const started = await Promise.all(
      this.#seats.map(async (seat) => {
        const thread = await this.#startThread(this.#ruleSet);
        if (thread !== undefined) this.#take(seat, thread);
        return thread !== undefined;
      }),
    );
    return started.every(Boolean);
  }

  /** True when a scan could begin now. */
  get hasFree(): boolean {
    return this.#seats.some(isFree);
  }

  /** Scans in a free seat: ask `hasFree` first. What happens to the thread after it is seen to. Never rejects. */
  async scan(body: Uint8Array, context: ScanContext): Promise<SeatAnswer> {
    const seat = this.#seats.find(isFree);
    if (seat === undefined) throw new Error('no seat is free');
    return this.#scanIn(seat, seat.thread, body, context);
  }

  async #scanIn(seat: Seat, thread: ScanThread, body: Uint8Array, context: ScanContext): Promise<SeatAnswer> {
    seat.isBusy = true;
    const answer = await thread.scan(body, context);
    if (seat.thread !== thread) {
      // It was replaced while it scanned, and this was its last scan.
      await thread.close();
      return { ...answer, ruleSetDigest: thread.ruleSetDigest };
    }
    seat.isBusy = false;
    if (answer.kind !== 'scanned') {
      seat.thread = undefined;
      this.#replace(seat, answer.kind, answer.kind === 'crashed' ? answer.detail : '');
    } else if (thread.isWorn && seat.refill === undefined) {
      this.#replace(seat, 'worn', '');
    }
    queueMicrotask(this.#options.onFree);
    return { ...answer, ruleSetDigest: thread.ruleSetDigest };
  }

  /** See `ScanPool.useRules`. One swap at a time. */
  useRules(ruleSet: RuleSet): Promise<boolean> {
    const swap = this.#swap.then(() => this.#swapAll(ruleSet));
    this.#swap = swap;
    return swap;
  }

  async #swapAll(ruleSet: RuleSet): Promise<boolean> {
    const trial = await this.#startThread(ruleSet);
    if (trial === undefined) return false;
    this.#ruleSet = ruleSet;
    const [first, ...others] = this.#seats;
    if (first !== undefined) await this.#seat(first, trial);
    for (const seat of others) {
      if (seat.thread?.ruleSetDigest !== ruleSet.digest) await this.#refill(seat);
    }
    this.#options.onEvent({ kind: 'replaced', cause: 'rules', detail: ruleSet.digest });
    return true;
  }

  #replace(seat: Seat, cause: 'timeout' | 'crashed' | 'worn', detail: string): void {
    if (this.#closing.signal.aborted) return;
    this.#options.onEvent({ kind: 'replaced', cause, detail });
    void this.#refill(seat);
  }

  /**
   * Puts a new thread into a seat, trying until it starts; who asks meanwhile waits for the same. A thread that still sits
   * there works on until then.
   */
  #refill(seat: Seat): Promise<void> {
    seat.refill ??= this.#startInto(seat).finally(() => {
      seat.refill = undefined;
    });
    return seat.refill;
  }

  async #startInto(seat: Seat): Promise<void> {
    let pauseMs = RESTART_PAUSE_MS;
    while (!this.#closing.signal.aborted) {
      const ruleSet = this.#ruleSet;
      const thread = await this.#startThread(ruleSet);
      if (thread !== undefined && ruleSet === this.#ruleSet) {
        await this.#seat(seat, thread);
        return;
      }
      if (thread !== undefined) {
        // Other rules came while it started.
        await thread.close();
        continue;
      }
      await sleep(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      pauseMs = Math.min(2 * pauseMs, RESTART_PAUSE_MS_MAX);
    }
  }

  /** Gives a seat to a thread. The one before is ended now, or by whoever waits for its last scan. */
  async #seat(seat: Seat, thread: ScanThread): Promise<void> {
    const { thread: before, isBusy } = seat;
    this.#take(seat, thread);
    seat.isBusy = false;
    if (this.#closing.signal.aborted) await thread.close();
    else this.#options.onFree();
    if (before !== undefined && !isBusy) await before.close();
  }

  #take(seat: Seat, thread: ScanThread): void {
    seat.thread = thread;
    thread.onLost = (detail) => {
      seat.thread = undefined;
      this.#replace(seat, 'crashed', detail);
    };
  }

  async #startThread(ruleSet: RuleSet): Promise<ScanThread | undefined> {
    const { scan: settings, thread: options, onEvent } = this.#options;
    const { image, digest: ruleSetDigest } = ruleSet;
    const thread = new ScanThread({ image, ruleSetDigest, settings }, options);
    for (const other of this.#threads) if (other.isGone) this.#threads.delete(other);
    this.#threads.add(thread);
    const failure = await thread.started;
    if (failure === undefined) return thread;
    onEvent({ kind: 'start-failed', detail: failure });
    await thread.close();
    return undefined;
  }

  /** Ends all threads, and what is under way to replace them. Scans that run end as `crashed`. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#threads].map((thread) => thread.close()));
    await this.#swap;
    await Promise.all(this.#seats.map(({ refill }) => refill ?? Promise.resolve()));
    await Promise.all([...this.#threads].map((thread) => thread.close()));
  }
}
