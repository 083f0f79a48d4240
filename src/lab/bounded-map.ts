/** What bounds a `BoundedMap`. */
export interface MapLimits {
  readonly countMax: number;
  readonly bytesMax: number;
}

interface Entry<V> {
  readonly value: V;
  readonly bytes: number;
}

/** A map that forgets its oldest entries: a lab that runs for weeks must neither fill the memory nor stop working. */
export class BoundedMap<K, V> {
  readonly #limits: MapLimits;
  readonly #entries = new Map<K, Entry<V>>();
  #bytes = 0;

  constructor(limits: MapLimits) {
    this.#limits = limits;
  }

  /** Puts a value that takes `bytes`, in place of an earlier one, and makes room for it. One over the limit is not kept. */
  set(key: K, value: V, bytes: number): void {
    this.delete(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limits.countMax && this.#bytes <= this.#limits.bytesMax) return;
      this.delete(oldest);
    }
  }

  /** The value of a key. */
  get(key: K): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Forgets a key; true when it was there. */
  delete(key: K): boolean {
    const entry = this.#entries.get(key);
    this.#bytes -= entry?.bytes ?? 0;
    return this.#entries.delete(key);
  }

  /** The values, oldest first. */
  values(): readonly V[] {
    return [...this.#entries.values()].map(({ value }) => value);
  }
}
