import type { ConnectionRefusalCode, ExchangeObserver, ExchangeRecord } from '../../src/proxy/observer.ts';

/** Keeps what it is told, and lets a test wait for it. */
export class RecordingObserver implements ExchangeObserver {
  readonly records: ExchangeRecord[] = [];
  readonly refusals: ConnectionRefusalCode[] = [];
  readonly errors: unknown[] = [];
  #wake: () => void = () => undefined;

  exchangeDone(record: ExchangeRecord): void {
    this.records.push(record);
    this.#wake();
  }

  connectionRefused(code: ConnectionRefusalCode): void {
    this.refusals.push(code);
    this.#wake();
  }

  unexpectedError(error: unknown): void {
    this.errors.push(error);
  }

  /** Resolves with the records when there are `count` of them. */
  async recorded(count: number): Promise<readonly ExchangeRecord[]> {
    await this.#until(() => this.records.length >= count);
    return this.records;
  }

  /** Resolves with the refusals when there are `count` of them. */
  async refused(count: number): Promise<readonly ConnectionRefusalCode[]> {
    await this.#until(() => this.refusals.length >= count);
    return this.refusals;
  }

  async #until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
