import type { SqlResult } from './sql-database.ts';

/** What a database was asked and has not answered yet: it closes when there is nothing left. */
export class RunningTransactions {
  readonly #running = new Set<Promise<SqlResult>>();

  /** How many there are. */
  get size(): number {
    return this.#running.size;
  }

  /** Counts a transaction until it is answered, and gives it back. */
  add(transaction: Promise<SqlResult>): Promise<SqlResult> {
    const settled = (): void => {
      this.#running.delete(transaction);
    };
    this.#running.add(transaction);
    transaction.then(settled, settled);
    return transaction;
  }

  /** Resolves when all that there are now are answered. Never rejects. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }
}
