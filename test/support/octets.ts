import { DEFAULT_DECODE_LIMITS, type DecodeLimits } from '../../src/codec/decode-limits.ts';
import { DecodeError } from '../../src/codec/decode-error.ts';
import { REAL_WORLD, type Anomaly, type DeviationCode } from '../../src/codec/deviations.ts';
import { Reader } from '../../src/codec/reader.ts';
import type { ValueCodec } from '../../src/codec/value-codec.ts';
import { Writer } from '../../src/codec/writer.ts';

/** The octets of a readable literal: hexadecimal pairs, and texts in single quotes as UTF-8. `#` starts a comment. */
export function octets(literal: string): Uint8Array<ArrayBuffer> {
  const tokens = literal.replace(/#.*$/gm, '').match(/'[^']*'|\S+/g) ?? [];
  const bytes = tokens.map((token) => (token.startsWith("'") ? quoted(token) : hexadecimal(token)));
  return Uint8Array.from(bytes.flatMap((part) => [...part]));
}

function quoted(token: string): Uint8Array {
  return new TextEncoder().encode(token.slice(1, -1));
}

function hexadecimal(token: string): Uint8Array {
  if (!/^([0-9a-f]{2})+$/i.test(token)) throw new Error(`no octets: ${token}`);
  return Uint8Array.from(Buffer.from(token, 'hex'));
}

/** Octets as a literal, for messages and comparisons. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** How a test reads: strictly unless it says otherwise. */
export interface ReadOptions {
  readonly tolerate?: ReadonlySet<DeviationCode>;
  readonly limits?: Partial<DecodeLimits>;
}

/** A reader over a literal or octets. */
export function readerOf(source: string | Uint8Array, options: ReadOptions = {}): Reader {
  const bytes = typeof source === 'string' ? octets(source) : source;
  const { tolerate = new Set<DeviationCode>(), limits = {} } = options;
  return new Reader(bytes, { limits: { ...DEFAULT_DECODE_LIMITS, ...limits }, tolerate, anomalies: [] });
}

/** What a codec makes of octets: the value, the anomalies as `code@offset`, and where it stopped. */
export interface Reading<T> {
  readonly value: T;
  readonly anomalies: readonly string[];
  readonly end: number;
}

/** Reads one value, tolerating everything unless the options say otherwise. */
export function read<T>(
  codec: ValueCodec<T>,
  source: string | Uint8Array,
  options: ReadOptions = {},
): Reading<T> {
  const reader = readerOf(source, { tolerate: REAL_WORLD, ...options });
  const value = codec.read(reader);
  return { value, anomalies: placesOf(reader.context.anomalies), end: reader.offset };
}

/** Writes one value, and gives its octets as hexadecimal. */
export function written<T>(codec: ValueCodec<T>, value: T): string {
  return hex(
    Writer.collect((out) => {
      codec.write(value, out);
    }),
  );
}

/** Anomalies as `code@offset`. */
export function placesOf(anomalies: readonly Anomaly[]): readonly string[] {
  return anomalies.map(({ code, offset }) => `${code}@${offset}`);
}

/** The `code@offset` of the `DecodeError` that `decode` throws; a value or any other error fails the test. */
export function failureOf(decode: () => unknown): string {
  try {
    decode();
  } catch (error) {
    if (error instanceof DecodeError) return `${error.code}@${error.offset}`;
    throw error;
  }
  throw new Error('it decoded');
}
