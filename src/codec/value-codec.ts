import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Reads and writes one kind of value. `write` gives the canonical form, and `read` of it gives an equal value. */
export interface ValueCodec<T> {
  /** Throws only `DecodeError`. */
  read(reader: Reader): T;
  /** Throws `RangeError` for a value that the wire form cannot hold: the caller's bug, never the sender's. */
  write(value: T, out: Writer): void;
}
