/** A scan that is wanted, and everybody who waits for it. */
import type { ScanOutcome } from '../inspection/scan-outcome.ts';
import type { ScanContext } from './scan-context.ts';

/** What is to be scanned. */
export interface ScanSubject {
  /** Content and context: two subjects of one key have the same verdict under one rule set. */
  readonly key: string;
  /** SHA-256 of the body. */
  readonly contentHash: string;
  readonly body: Uint8Array;
  readonly context: ScanContext;
}

/** One scan, shared by all who want it while it waits and runs. */
export class ScanJob {
  readonly subject: ScanSubject;
  readonly #tell = new Set<(outcome: ScanOutcome) => void>();
  #hasBegun = false;

  constructor(subject: ScanSubject) {
    this.subject = subject;
  }

  /** Notes that a thread works on it: from now on nobody can leave. */
  begin(): void {
    this.#hasBegun = true;
  }

  /**
   * The outcome, when there is one. Who aborts `signal` before the scan has begun gets `cancelled`; when the last one
   * has gone, `onAbandoned` is called.
   */
  wait(signal: AbortSignal | undefined, onAbandoned: () => void): Promise<ScanOutcome> {
    return new Promise((resolve) => {
      const leave = (): void => {
        if (this.#hasBegun) return;
        this.#tell.delete(tell);
        resolve({ kind: 'cancelled' });
        if (this.#tell.size === 0) onAbandoned();
      };
      const tell = (outcome: ScanOutcome): void => {
        signal?.removeEventListener('abort', leave);
        resolve(outcome);
      };
      this.#tell.add(tell);
      if (signal?.aborted === true) leave();
      else signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Gives the outcome to all who wait. */
  settle(outcome: ScanOutcome): void {
    for (const tell of this.#tell) tell(outcome);
    this.#tell.clear();
  }
}
