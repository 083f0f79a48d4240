/** Ends what has been kept for long enough. */
import type { Logger } from 'pino';
import type { MessageTrack } from '../storage/message-track.ts';
import type { QuarantineStore } from '../storage/quarantine-store.ts';

/** Milliseconds between two looks. */
export const UPKEEP_EVERY_MS = 60_000;

/** What is kept up. */
export interface UpkeepParts {
  readonly quarantine: Pick<QuarantineStore, 'expire'>;
  readonly track: Pick<MessageTrack, 'prune'>;
  /** For how long the track is kept. */
  readonly trackMs: number;
  readonly log: Logger;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
}

/** Ends expired records and forgets old lines of the track, now and every minute, one look after the other. */
export class StorageUpkeep {
  readonly #parts: UpkeepParts;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void>;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
    this.#running = this.#look();
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#look());
    }, UPKEEP_EVERY_MS);
  }

  /** Resolves when the look that is under way has ended; there will be no other one. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    const { quarantine, track, trackMs, log, nowMs } = this.#parts;
    try {
      const expired = await quarantine.expire(nowMs());
      if (expired.kind === 'failed')
        log.error({ code: expired.code, detail: expired.detail }, 'upkeep failed');
      if (expired.kind === 'found' && expired.value > 0)
        log.info({ records: expired.value }, 'records expired');
      const pruned = await track.prune(nowMs() - trackMs);
      if (pruned.kind === 'failed') log.error({ code: pruned.code, detail: pruned.detail }, 'upkeep failed');
    } catch (error) {
      log.error({ err: error }, 'unexpected error');
    }
  }
}
