/** Content that ended its scan by force, so that it cannot take down one thread after another. */
import { VerdictCache } from './verdict-cache.ts';

/** How a scan ends that is held against its content. */
export type ForcedEnd = 'timeout' | 'crashed';

/** Contents remembered; the one that was met longest ago is forgotten first. */
export const POISON_ENTRIES_MAX = 10_000;

interface ForcedEnds {
  readonly count: number;
  readonly last: ForcedEnd;
}

/** Counts forced ends by content. */
export class PoisonList {
  readonly #records = new VerdictCache<ForcedEnds>(POISON_ENTRIES_MAX);
  readonly #attemptsMax: number;

  /** Content that was tried `attemptsMax` times, each with a forced end, is poison. */
  constructor(attemptsMax: number) {
    this.#attemptsMax = attemptsMax;
  }

  /** Notes that a scan of this content was ended by force. */
  note(contentHash: string, end: ForcedEnd): void {
    const count = (this.#records.get(contentHash)?.count ?? 0) + 1;
    this.#records.set(contentHash, { count, last: end });
  }

  /** Forgets what was held against content whose scan came to an end of its own: the cause lay elsewhere. */
  clear(contentHash: string): void {
    this.#records.delete(contentHash);
  }

  /** Forgets everything. */
  clearAll(): void {
    this.#records.clear();
  }

  /** How the last scan of poison ended; undefined for what may be tried. */
  endOf(contentHash: string): ForcedEnd | undefined {
    const record = this.#records.get(contentHash);
    return record !== undefined && record.count >= this.#attemptsMax ? record.last : undefined;
  }
}
