/** Finds the released message that a handset asks for. */
import type { FullRecord, QuarantineStore, StoreResult } from '../storage/quarantine-store.ts';
import { contentEncodings, hasBody, type RecordWithBody } from './rejudge.ts';
import type { ReleasedTokens } from './released-token.ts';

/** What there is at a URL. */
export type ReleasedLookup =
  | {
      readonly kind: 'found';
      /** The octets as the MMSC gave them. */
      readonly body: Uint8Array;
      readonly contentType: string | undefined;
      /** Values for Content-Encoding headers. */
      readonly contentEncodings: readonly string[];
    }
  | { readonly kind: 'none' }
  /** The store does not say: the MMSC may still have it. */
  | { readonly kind: 'failed' };

/** The inbound messages that were released and have not expired. */
export interface ReleasedMessages {
  /** Looks for what a GET asks for, by the URL of its first fetch or by that of its announcement. Never rejects. */
  find(authority: string, path: string): Promise<ReleasedLookup>;
}

/** What is looked into. */
export interface ReleasedParts {
  readonly store: Pick<QuarantineStore, 'get' | 'releasedAt'>;
  readonly tokens: ReleasedTokens;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
}

/** The released messages of a store. */
export function releasedMessages({ store, tokens, nowMs }: ReleasedParts): ReleasedMessages {
  return {
    find: async (authority, path) => {
      const recordId = tokens.recordIdOf(path);
      const found = await (recordId === undefined ? store.releasedAt(authority, path) : store.get(recordId));
      return lookupOf(found, nowMs());
    },
  };
}

function lookupOf(found: StoreResult<FullRecord>, nowMs: number): ReleasedLookup {
  if (found.kind === 'failed') return { kind: 'failed' };
  if (found.kind === 'unknown' || !isServed(found.value, nowMs)) return { kind: 'none' };
  const { body, contentType } = found.value;
  return { kind: 'found', body, contentType, contentEncodings: contentEncodings(found.value) };
}

function isServed(record: FullRecord, nowMs: number): record is RecordWithBody {
  return (
    record.state === 'released' &&
    record.direction === 'inbound' &&
    // What answered a POST to the same URL is no message.
    record.http.method === 'GET' &&
    record.expiresAtMs > nowMs &&
    hasBody(record)
  );
}
