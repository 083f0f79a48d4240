/** The hash chain of the audit log: each entry is hashed with the hash before it. Pure. */
import { hash } from 'node:crypto';

/** An entry as it is hashed: what is stored of it, to the letter. */
export interface ChainedEntry {
  readonly number: unknown;
  readonly atMs: unknown;
  readonly by: unknown;
  readonly role: unknown;
  readonly act: unknown;
  readonly target: unknown;
  /** Canonical JSON. */
  readonly detail: unknown;
}

/** One end of the chain. */
export interface ChainLink {
  readonly number: number;
  readonly hash: string;
}

/** What the first entry follows. */
export const CHAIN_START: ChainLink = { number: 0, hash: '0'.repeat(64) };

/** JSON with sorted keys and no spaces, so that equal values give equal text. Of plain JSON values only. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** SHA-256, in hexadecimal, of the hash before and every value of the entry. JSON keeps them and their types apart. */
export function chainHash(previousHash: string, entry: ChainedEntry): string {
  const { number, atMs, by, role, act, target, detail } = entry;
  return hash('sha256', canonicalJson([previousHash, number, atMs, by, role, act, target, detail]), 'hex');
}

/** Why an entry does not follow from the one before; undefined when it does. */
export function chainBreak(
  previous: ChainLink,
  entry: ChainedEntry & { readonly hash: unknown },
): string | undefined {
  if (entry.number !== previous.number + 1)
    return `it is missing: ${String(entry.number)} comes after ${previous.number}`;
  if (entry.hash !== chainHash(previous.hash, entry))
    return 'its hash is not that of its content and the entries before';
  return undefined;
}
