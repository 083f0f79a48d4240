/** A growing output buffer. Content whose length stands before it is made by `collect`. */
export class Writer {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Octets written so far. */
  get length(): number {
    return this.#length;
  }

  /** Writes one octet; only the low eight bits count. */
  octet(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** Writes octets as they are. */
  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** What `write` puts into a writer of its own, to be counted before it is written. */
  static collect(write: (out: Writer) => void): Uint8Array {
    const inner = new Writer(64);
    write(inner);
    return inner.finish();
  }

  /** The octets written, as a view of the buffer. The writer must not be used afterwards. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
