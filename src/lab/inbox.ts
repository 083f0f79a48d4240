import { once, EventEmitter } from 'node:events';

/** Items that nobody has taken yet; over it the oldest goes. */
export const INBOX_MAX = 1000;

/** A queue of what arrives, for whoever waits for it. */
export class Inbox<T> {
  readonly #items: T[] = [];
  readonly #arrivals = new EventEmitter<{ arrival: [] }>();

  /** Adds an item. */
  add(item: T): void {
    this.#items.push(item);
    if (this.#items.length > INBOX_MAX) this.#items.shift();
    this.#arrivals.emit('arrival');
  }

  /** Takes the oldest item, waiting for one if need be; undefined when none came before the signal. One waiter at a time. */
  async next(signal: AbortSignal): Promise<T | undefined> {
    if (this.#items.length === 0) {
      await once(this.#arrivals, 'arrival', { signal }).catch(() => undefined);
    }
    return this.#items.shift();
  }
}
