import type { ByteHold } from './byte-budget.ts';

/** Bytes kept of a body that is given up: enough for the headers that a reply echoes (transaction id, version, From). */
export const HEAD_BYTES = 4096;

/** Chunks kept loose before they are joined: a chunk costs some hundred bytes of memory however small it is. */
const LOOSE_CHUNKS_MAX = 1024;

/** Why a body was given up. */
export type Overflow = 'too-large' | 'overloaded';

/** What bounds one body. */
export interface CollectorLimits {
  readonly bytesMax: number;
  readonly hold: ByteHold;
  /** The first so many bytes are taken whether or not the shared budget has room. */
  readonly freeBytes: number;
}

/** Gathers the chunks of one body within its limits. The bytes are joined once, at the end. */
export class BodyCollector {
  readonly #limits: CollectorLimits;
  readonly #chunks: Buffer[] = [];
  #loose = 0;
  #length = 0;
  #overflow: Overflow | undefined;

  constructor(limits: CollectorLimits) {
    this.#limits = limits;
  }

  /** Bytes received, those of an overflow included. */
  get length(): number {
    return this.#length;
  }

  /** Why the body was given up, if it was. */
  get overflow(): Overflow | undefined {
    return this.#overflow;
  }

  /** Adds a chunk. Once it has answered with an overflow, all it keeps is the head. */
  add(chunk: Buffer): Overflow | undefined {
    this.#length += chunk.length;
    this.#overflow ??= this.#check(chunk.length);
    if (this.#overflow !== undefined && this.#length - chunk.length >= HEAD_BYTES) return this.#overflow;
    this.#chunks.push(chunk);
    this.#loose += 1;
    if (this.#loose === LOOSE_CHUNKS_MAX) {
      this.#chunks.push(Buffer.concat(this.#chunks.splice(-LOOSE_CHUNKS_MAX)));
      this.#loose = 0;
    }
    return this.#overflow;
  }

  /** The whole body. Without a copy when it came in one chunk. */
  bytes(): Buffer {
    const [only] = this.#chunks;
    return this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks);
  }

  /** The first bytes, at most `HEAD_BYTES`, in memory of their own. */
  head(): Buffer {
    const kept = this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    return Buffer.concat(this.#chunks, Math.min(HEAD_BYTES, kept));
  }

  #check(bytes: number): Overflow | undefined {
    if (this.#length > this.#limits.bytesMax) return 'too-large';
    const free = Math.max(0, this.#limits.freeBytes - (this.#length - bytes));
    return bytes <= free || this.#limits.hold.take(bytes - free) ? undefined : 'overloaded';
  }
}
