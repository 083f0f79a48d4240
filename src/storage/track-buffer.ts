/** Holds what waits to be written, so that nobody waits for the database. */
import type { SqlResult } from './sql-database.ts';

/** How much waits, and for how long. */
export interface TrackBufferLimits {
  /** Records that wait at most, those being written included; what comes then is lost. */
  readonly recordsMax: number;
  /** Records written in one transaction. As many waiting are written at once. */
  readonly batchMax: number;
  /** Milliseconds that the first of a batch waits for more: what a crash loses. */
  readonly writeAfterMs: number;
  /** Milliseconds until a batch that could not be written is tried again. */
  readonly retryAfterMs: number;
}

/**
 * Limits for real traffic: at 1,000 messages a second the database may be away for 20 s. A record has about 1 KiB. A
 * batch takes SQLite some 10 ms, in which a message that is to be held must wait.
 */
export const TRACK_BUFFER_LIMITS: TrackBufferLimits = {
  recordsMax: 20_000,
  batchMax: 100,
  writeAfterMs: 250,
  retryAfterMs: 1000,
};

/** What a buffer needs. */
export interface TrackBufferParts<T> {
  /** Writes a batch, which may have been written before: a `timeout` leaves that open. */
  readonly write: (batch: readonly T[]) => Promise<SqlResult>;
  /** Is told of a batch that was lost because `write` rejected. It must not throw. */
  readonly onBug: (error: unknown) => void;
  readonly limits?: TrackBufferLimits;
}

/** A buffer; its owner closes it. */
export class TrackBuffer<T> {
  readonly #parts: TrackBufferParts<T>;
  readonly #limits: TrackBufferLimits;
  readonly #waiting: T[] = [];
  readonly #flushes: { readonly upTo: number; readonly resolve: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #isDown = false;
  #isClosed = false;
  /** All that ever waited, and those of them that are written or lost. */
  #added = 0;
  #settled = 0;
  #lost = 0;

  constructor(parts: TrackBufferParts<T>) {
    this.#parts = parts;
    this.#limits = parts.limits ?? TRACK_BUFFER_LIMITS;
  }

  /** Records that found no room, or could not be written. */
  get lost(): number {
    return this.#lost;
  }

  /** Adds a record. Never waits, never throws. */
  add(record: T): void {
    const { recordsMax, batchMax, writeAfterMs } = this.#limits;
    if (this.#isClosed || this.#waiting.length >= recordsMax) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(record);
    this.#added += 1;
    if (this.#waiting.length >= batchMax && !this.#isDown) this.#writeNow();
    else this.#writeAfter(writeAfterMs);
  }

  /** Resolves when all that was added before is written, or lost. While the database is away, that waits for it. */
  flush(): Promise<void> {
    if (!this.#isDown) this.#writeNow();
    const upTo = this.#added;
    if (this.#settled >= upTo) return Promise.resolve();
    return new Promise((resolve) => {
      this.#flushes.push({ upTo, resolve });
    });
  }

  /** Writes what waits, once: what then fails is lost, and so is what is added after. May be called again. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    this.#writeNow();
    await this.#writing;
  }

  #writeAfter(delayMs: number): void {
    if (this.#writing !== undefined) return;
    this.#timer ??= setTimeout(() => {
      this.#writeNow();
    }, delayMs);
  }

  #writeNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
      if (this.#isDown) this.#writeAfter(this.#limits.retryAfterMs);
      else if (this.#waiting.length > 0) this.#writeNow();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#limits.batchMax);
      const written = await this.#write(batch);
      this.#isDown = written === 'later' && !this.#isClosed;
      if (this.#isDown) return;
      // Once it is closed nobody waits for a database that is away.
      const settled = written === 'later' ? this.#waiting.length : batch.length;
      if (written !== 'written') this.#lost += settled;
      this.#waiting.splice(0, settled);
      this.#settle(settled);
    }
  }

  async #write(batch: readonly T[]): Promise<'written' | 'later' | 'never'> {
    try {
      const result = await this.#parts.write(batch);
      if (result.ok) return 'written';
      return result.code === 'closed' ? 'never' : 'later';
    } catch (error) {
      this.#parts.onBug(error);
      return 'never';
    }
  }

  #settle(count: number): void {
    this.#settled += count;
    while (this.#flushes[0] !== undefined && this.#flushes[0].upTo <= this.#settled)
      this.#flushes.shift()?.resolve();
  }
}
