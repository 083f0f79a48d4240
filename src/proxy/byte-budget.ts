/** The body bytes that one exchange holds of the budget that all share. Its owner releases it exactly once. */
export interface ByteHold {
  /** Takes `bytes` more; false, and nothing taken, when the budget would be exceeded. */
  take(bytes: number): boolean;
  /** Gives back everything that was taken. May be called again. */
  release(): void;
}

/** Counts the body bytes that all exchanges hold together, so that many large messages cannot exhaust the memory. */
export class ByteBudget {
  readonly #bytesMax: number;
  #held = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Body bytes held now. */
  get held(): number {
    return this.#held;
  }

  /** Opens an account for one exchange. */
  open(): ByteHold {
    let taken = 0;
    return {
      take: (bytes) => {
        if (this.#held + bytes > this.#bytesMax) return false;
        this.#held += bytes;
        taken += bytes;
        return true;
      },
      release: () => {
        this.#held -= taken;
        taken = 0;
      },
    };
  }
}
