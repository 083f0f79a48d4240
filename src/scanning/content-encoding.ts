import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { InflateRaw } from '../inspection/part-view.ts';

/** A body without its Content-Encoding, or why it could not be had. */
export type DecodedContent =
  | { readonly kind: 'decoded'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: 'undecodable' | 'over-limit' };

type Inflate = (bytes: Uint8Array, bytesMax: number) => Uint8Array;

const gzip: Inflate = (bytes, maxOutputLength) => gunzipSync(bytes, { maxOutputLength });

/** RFC 9110, 8.4.1.2: zlib format, but some servers send bare DEFLATE under this name and clients take both. */
const deflate: Inflate = (bytes, maxOutputLength) => {
  try {
    return inflateSync(bytes, { maxOutputLength });
  } catch (error) {
    if (isOverLimit(error)) throw error;
    return inflateRawSync(bytes, { maxOutputLength });
  }
};

/** The codings that are undone; handsets offer `gzip, deflate`. */
const CODINGS: ReadonlyMap<string, Inflate> = new Map([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', deflate],
]);

/**
 * Undoes the Content-Encoding of a body for inspection. `values` are the values of all Content-Encoding headers. The
 * output never exceeds `bytesMax` (decompression bombs). More than one coding, or one that is not in the table, is
 * `undecodable`. It blocks: call it in a thread that can be ended. Never throws.
 */
export function decodeContent(
  bytes: Uint8Array,
  values: readonly string[],
  bytesMax: number,
): DecodedContent {
  const codings = values
    .flatMap((value) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const [coding] = codings;
  if (coding === undefined || bytes.length === 0) return { kind: 'decoded', bytes };
  const undo = CODINGS.get(coding);
  if (undo === undefined || codings.length > 1) return { kind: 'failed', reason: 'undecodable' };
  try {
    return { kind: 'decoded', bytes: undo(bytes, bytesMax) };
  } catch (error) {
    return { kind: 'failed', reason: isOverLimit(error) ? 'over-limit' : 'undecodable' };
  }
}

/** What `inflateRawSync` gives with `info`: @types/node describes the plain result only. */
interface InflateInfo {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

/** Raw deflate for the detectors, which may not import Node. */
export const inflateRaw: InflateRaw = (compressed, bytesMax) => {
  try {
    const result: unknown = inflateRawSync(compressed, { maxOutputLength: bytesMax, info: true });
    const { buffer, engine } = result as InflateInfo;
    return { kind: 'inflated', bytes: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    return { kind: isOverLimit(error) ? 'over-limit' : 'broken' };
  }
};

function isOverLimit(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
