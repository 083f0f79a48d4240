import { promisify } from 'node:util';
import { gunzip, inflate, inflateRaw } from 'node:zlib';

/** A body without its Content-Encoding, or why it could not be had. */
export type DecodedContent =
  | { readonly kind: 'decoded'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: 'encoding' | 'over-limit' };

type Inflate = (bytes: Uint8Array, bytesMax: number) => Promise<Buffer>;

const inflateZlib = promisify(inflate);
const inflateBare = promisify(inflateRaw);
const inflateGzip = promisify(gunzip);

const gzip: Inflate = (bytes, maxOutputLength) => inflateGzip(bytes, { maxOutputLength });

/** RFC 9110, 8.4.1.2: zlib format, but some servers send bare DEFLATE under this name and clients take both. */
const deflate: Inflate = async (bytes, maxOutputLength) => {
  try {
    return await inflateZlib(bytes, { maxOutputLength });
  } catch (error) {
    if (isOverLimit(error)) throw error;
    return inflateBare(bytes, { maxOutputLength });
  }
};

/** The codings that are undone; handsets offer `gzip, deflate`. */
const CODINGS: ReadonlyMap<string, Inflate> = new Map([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', deflate],
]);

/**
 * Undoes the Content-Encoding of a body for inspection, off the main thread. `values` are the values of all
 * Content-Encoding headers. The output never exceeds `bytesMax` (decompression bombs). More than one coding, or one that
 * is not in the table, is `encoding`. Never rejects.
 */
export async function decodeContent(
  bytes: Uint8Array,
  values: readonly string[],
  bytesMax: number,
): Promise<DecodedContent> {
  const codings = values
    .flatMap((value) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const [coding] = codings;
  if (coding === undefined || bytes.length === 0) return { kind: 'decoded', bytes };
  const undo = CODINGS.get(coding);
  if (undo === undefined || codings.length > 1) return { kind: 'failed', reason: 'encoding' };
  try {
    return { kind: 'decoded', bytes: await undo(bytes, bytesMax) };
  } catch (error) {
    return { kind: 'failed', reason: isOverLimit(error) ? 'over-limit' : 'encoding' };
  }
}

function isOverLimit(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
