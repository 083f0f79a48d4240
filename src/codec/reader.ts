import { DecodeError } from './decode-error.ts';
import type { DecodeLimits } from './decode-limits.ts';
import type { Anomaly, DeviationCode } from './deviations.ts';

/** What one decode shares between all its readers. */
export interface DecodeContext {
  readonly limits: DecodeLimits;
  readonly tolerate: ReadonlySet<DeviationCode>;
  readonly anomalies: Anomaly[];
}

/**
 * A bounded cursor, and the only code that indexes untrusted bytes. A nested length makes a `child`, so no length can
 * reach past its container. Offsets are absolute, so that errors and anomalies point into the input.
 */
export class Reader {
  readonly context: DecodeContext;
  offset: number;
  readonly end: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, context: DecodeContext, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.context = context;
    this.offset = start;
    this.end = end;
  }

  /** Octets that are left. */
  get remaining(): number {
    return this.end - this.offset;
  }

  /** The next octet, without taking it. Throws `truncated` at the end. */
  peek(): number {
    const octet = this.offset < this.end ? this.#bytes[this.offset] : undefined;
    if (octet === undefined) throw this.error('truncated', 'an octet is missing');
    return octet;
  }

  /** Takes the next octet. Throws `truncated` at the end. */
  octet(): number {
    const octet = this.peek();
    this.offset += 1;
    return octet;
  }

  /** Takes `length` octets as a view of the input, never a copy. Throws `truncated` when there are fewer. */
  view(length: number): Uint8Array {
    this.#require(length);
    const view = this.#bytes.subarray(this.offset, this.offset + length);
    this.offset += length;
    return view;
  }

  /** The octets between two absolute offsets of this reader's range, as a view. */
  viewBetween(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, Math.min(end, this.end));
  }

  /** Takes `length` octets as a reader of their own. Throws `truncated` when there are fewer. */
  child(length: number): Reader {
    this.#require(length);
    const child = new Reader(this.#bytes, this.context, this.offset, this.offset + length);
    this.offset += length;
    return child;
  }

  /** A reader of its own over octets that this one has passed, between two absolute offsets. */
  between(start: number, end: number): Reader {
    return new Reader(this.#bytes, this.context, start, Math.min(end, this.end));
  }

  /** A second cursor over the same range, to try a reading without taking it. */
  fork(): Reader {
    return new Reader(this.#bytes, this.context, this.offset, this.end);
  }

  /**
   * Takes octets up to and with the next NUL, and gives them without it, as a view. Throws `text-unterminated`, or
   * `limit-text-bytes`; it looks no further than that limit, which keeps hostile input linear.
   */
  untilNul(): Uint8Array {
    const { textBytesMax } = this.context.limits;
    const searchEnd = Math.min(this.end, this.offset + textBytesMax + 1);
    const window = this.#bytes.subarray(this.offset, searchEnd);
    const length = window.indexOf(0);
    if (length >= 0) {
      this.offset += length + 1;
      return window.subarray(0, length);
    }
    if (window.length > textBytesMax)
      throw this.error('limit-text-bytes', `text of over ${textBytesMax} octets`);
    throw this.error('text-unterminated', 'text without its NUL');
  }

  /** Records a tolerated deviation, or throws it as a `DecodeError`. `limit-anomalies` when there are too many. */
  deviation(code: DeviationCode, offset: number, detail: string): void {
    const { anomalies, limits, tolerate } = this.context;
    if (!tolerate.has(code)) throw new DecodeError(code, offset, detail);
    if (anomalies.length >= limits.anomaliesMax) {
      throw new DecodeError('limit-anomalies', offset, `over ${limits.anomaliesMax} deviations`);
    }
    anomalies.push({ code, offset, detail });
  }

  /** A `DecodeError` at this place (or at `offset`), to be thrown by the caller. */
  error(
    code: ConstructorParameters<typeof DecodeError>[0],
    detail: string,
    offset = this.offset,
  ): DecodeError {
    return new DecodeError(code, offset, detail);
  }

  #require(length: number): void {
    if (length > this.remaining) {
      throw this.error('truncated', `${length} octets are declared, ${this.remaining} are left`);
    }
  }
}
