/** The pool of scan threads: `scan(bytes) → ScanOutcome`, which never rejects and always ends in time. */
import { hash } from 'node:crypto';
import type { NotInspectedReason, ScanOutcome } from '../inspection/scan-outcome.ts';
import { PoisonList } from './poison-list.ts';
import type { RuleSet } from './rule-set.ts';
import type { ScanContext } from './scan-context.ts';
import { ScanJob, type ScanSubject } from './scan-job.ts';
import { ScanQueue } from './scan-queue.ts';
import type { PoolSettings, ScanSettings } from './scan-settings.ts';
import { SCAN_WORKER } from './scan-thread.ts';
import { ThreadSeats, type SeatAnswer, type ThreadEvent } from './thread-seats.ts';
import { VerdictCache } from './verdict-cache.ts';

/** Scans bodies. Never rejects: what goes wrong is `not-inspected` with its reason. The body is not changed. */
export interface BodyScanner {
  scan(body: Uint8Array, context: ScanContext, signal?: AbortSignal): Promise<ScanOutcome>;
}

/** What a pool is made of. */
export interface PoolOptions {
  readonly pool: PoolSettings;
  readonly scan: ScanSettings;
  /** Is told what becomes of threads, for log and metrics. It must not throw. */
  readonly onThreadEvent?: (event: ThreadEvent) => void;
  /** The file that threads run; tests have others. */
  readonly entry?: URL;
}

/** What can be asked about a pool at any time. */
export interface PoolState {
  readonly threads: ThreadSeats['counts'];
  readonly queued: number;
  readonly queuedBytes: number;
  readonly verdicts: number;
  readonly ruleSetDigest: string;
}

/** Starts a pool; resolves when every thread has the rule set, to undefined, with nothing left running, if one cannot. */
export async function startScanPool(ruleSet: RuleSet, options: PoolOptions): Promise<ScanPool | undefined> {
  const pool = new ScanPool(ruleSet, options);
  if (await pool.start()) return pool;
  await pool.close();
  return undefined;
}

/** Threads that scan, a bounded queue before them, and what was found before. Made by `startScanPool`. */
export class ScanPool implements BodyScanner {
  readonly #seats: ThreadSeats;
  readonly #queue: ScanQueue;
  readonly #verdicts: VerdictCache<ScanOutcome>;
  readonly #poison: PoisonList;
  /** Jobs that wait or run, by key. */
  readonly #jobs = new Map<string, ScanJob>();
  #isClosed = false;

  constructor(ruleSet: RuleSet, options: PoolOptions) {
    const { pool, scan, onThreadEvent: onEvent = () => undefined, entry = SCAN_WORKER } = options;
    this.#verdicts = new VerdictCache(pool.verdictsMax);
    this.#poison = new PoisonList(pool.poisonScansMax);
    this.#queue = new ScanQueue(pool, (job) => {
      this.#settle(job, notInspected(this.#seats.counts.ready === 0 ? 'rules-missing' : 'queue-full'));
    });
    this.#seats = new ThreadSeats(ruleSet, {
      threads: pool.threads,
      thread: { entry, deadlineMs: pool.deadlineMs, heapMib: pool.threadHeapMib },
      scan,
      onEvent,
      onFree: () => {
        this.#dispatch();
      },
    });
  }

  /** Starts the threads; false when one of them cannot open the rule set. */
  start(): Promise<boolean> {
    return this.#seats.start();
  }

  /**
   * Scans a body. It waits no longer than `queueWaitMs` and scans no longer than `deadlineMs`. Who aborts `signal`
   * before the scan has begun gets `cancelled`.
   */
  scan(body: Uint8Array, context: ScanContext, signal?: AbortSignal): Promise<ScanOutcome> {
    const contentHash = hash('sha256', body, 'base64url');
    const poisonEnd = this.#poison.endOf(contentHash);
    if (poisonEnd !== undefined) return Promise.resolve(notInspected(poisonEnd, true));
    const key = keyOf(contentHash, context);
    const known = this.#verdicts.get(verdictKey(key, this.#seats.ruleSetDigest));
    if (known !== undefined) return Promise.resolve(known);
    const job = this.#jobs.get(key) ?? this.#enqueue({ key, contentHash, body, context });
    if (job === undefined) return Promise.resolve(notInspected('queue-full'));
    const outcome = job.wait(signal, () => {
      this.#queue.remove(job);
      this.#jobs.delete(key);
    });
    this.#dispatch();
    return outcome;
  }

  /**
   * Gives every thread another rule set, without a pause: each is replaced by one that has it. False when no thread can
   * open it; then all stay as they are. Resolves when the last has been replaced.
   */
  async useRules(ruleSet: RuleSet): Promise<boolean> {
    const isUsed = await this.#seats.useRules(ruleSet);
    // Other rules, another chance: it may have been a rule that took too long.
    if (isUsed) this.#poison.clearAll();
    return isUsed;
  }

  /** How the pool stands now. */
  get state(): PoolState {
    return {
      threads: this.#seats.counts,
      queued: this.#queue.length,
      queuedBytes: this.#queue.bytes,
      verdicts: this.#verdicts.size,
      ruleSetDigest: this.#seats.ruleSetDigest,
    };
  }

  /** Ends every thread. What waits or runs, and whatever is asked later, is `not-inspected`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (let job = this.#queue.take(); job !== undefined; job = this.#queue.take()) {
      this.#settle(job, notInspected('queue-full'));
    }
    await this.#seats.close();
  }

  #enqueue(subject: ScanSubject): ScanJob | undefined {
    const job = new ScanJob(subject);
    if (this.#isClosed || !this.#queue.add(job)) return undefined;
    this.#jobs.set(subject.key, job);
    return job;
  }

  #dispatch(): void {
    while (this.#queue.length > 0 && this.#seats.hasFree) {
      const job = this.#queue.take();
      if (job !== undefined) void this.#run(job);
    }
  }

  async #run(job: ScanJob): Promise<void> {
    const { body, context, contentHash, key } = job.subject;
    job.begin();
    const answer = await this.#seats.scan(body, context);
    if (answer.kind !== 'scanned' && !this.#isClosed) this.#poison.note(contentHash, answer.kind);
    const outcome = this.#outcomeOf(answer, contentHash);
    if (outcome.kind === 'inspected') this.#poison.clear(contentHash);
    if (answer.kind === 'scanned' && isSmall(outcome)) {
      this.#verdicts.set(verdictKey(key, answer.ruleSetDigest), outcome);
    }
    this.#settle(job, outcome);
  }

  #outcomeOf(answer: SeatAnswer, contentHash: string): ScanOutcome {
    if (answer.kind === 'scanned') return answer.outcome;
    return notInspected(answer.kind, this.#poison.endOf(contentHash) !== undefined);
  }

  #settle(job: ScanJob, outcome: ScanOutcome): void {
    this.#jobs.delete(job.subject.key);
    job.settle(outcome);
  }
}

/** Findings, matches and deviations of a verdict that is kept: a cache of hostile ones must not fill the memory. */
const KEPT_ITEMS_MAX = 24;

function isSmall(outcome: ScanOutcome): boolean {
  if (outcome.kind !== 'inspected' && outcome.kind !== 'not-inspected') return true;
  const { findings = [], matches = [], anomalies = [] } = outcome.report ?? {};
  return findings.length + matches.length + anomalies.length <= KEPT_ITEMS_MAX;
}

/** One string for the question that a scan answers. The gateway's word on the sender is part of it. */
function keyOf(contentHash: string, context: ScanContext): string {
  const { direction, contentType = '', contentEncodings, authenticatedSender = '', senderClass } = context;
  return JSON.stringify([
    contentHash,
    direction,
    contentType,
    contentEncodings,
    authenticatedSender,
    senderClass,
  ]);
}

function verdictKey(key: string, ruleSetDigest: string): string {
  return `${ruleSetDigest} ${key}`;
}

function notInspected(reason: NotInspectedReason, isPoison = false): ScanOutcome {
  const gap = { reason, code: reason, part: undefined, offset: undefined };
  return { kind: 'not-inspected', gaps: [gap], report: undefined, isPoison };
}
