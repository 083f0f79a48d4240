/** How often one address may be wrong. */

/** Named limits of failed access. */
export interface AccessLimits {
  /** Wrong tokens of one address in one window; the next request is refused unseen. */
  readonly failuresMax: number;
  /** Milliseconds from the first failure until an address is forgiven. */
  readonly windowMs: number;
  /** Addresses that are remembered; of more the oldest is forgotten. */
  readonly addressesMax: number;
}

/** Limits that a person who mistypes does not meet. A token has 256 random bits: they spare the database, not the token. */
export const ACCESS_LIMITS: AccessLimits = { failuresMax: 10, windowMs: 60_000, addressesMax: 10_000 };

/** Counts failures by address, in bounded memory. */
export class AccessFailures {
  readonly #limits: AccessLimits;
  /** In the order of their windows, so that the first is the oldest. */
  readonly #windows = new Map<string, { readonly startMs: number; count: number }>();

  constructor(limits: AccessLimits) {
    this.#limits = limits;
  }

  /** Milliseconds for which the address is refused; 0 when it is not. */
  blockedMs(address: string, nowMs: number): number {
    const window = this.#windowOf(address, nowMs);
    if (window === undefined || window.count < this.#limits.failuresMax) return 0;
    return window.startMs + this.#limits.windowMs - nowMs;
  }

  /** Counts one failure. */
  add(address: string, nowMs: number): void {
    const window = this.#windowOf(address, nowMs);
    if (window !== undefined) {
      window.count += 1;
      return;
    }
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size < this.#limits.addressesMax) break;
      this.#windows.delete(oldest);
    }
    this.#windows.set(address, { startMs: nowMs, count: 1 });
  }

  #windowOf(address: string, nowMs: number): { readonly startMs: number; count: number } | undefined {
    const window = this.#windows.get(address);
    if (window === undefined) return undefined;
    const isPast = nowMs < window.startMs || nowMs >= window.startMs + this.#limits.windowMs;
    if (isPast) this.#windows.delete(address);
    return isPast ? undefined : window;
  }
}
