/** Quarantines in real databases, for tests. */
import { Keyring, type SealKey } from '../../src/storage/keyring.ts';
import { pseudonyms } from '../../src/storage/pseudonym.ts';
import type { QuarantineLimits } from '../../src/storage/quarantine-changes.ts';
import type { QuarantineStats } from '../../src/storage/quarantine-store.ts';
import type { SqlDatabase } from '../../src/storage/sql-database.ts';
import { SqlQuarantineStore } from '../../src/storage/sql-quarantine-store.ts';

/** The key that they seal with unless a test says otherwise, and one that takes its place. */
export const TEST_KEY: SealKey = { id: 'k1', key: Buffer.alloc(32, 1) };
export const NEXT_KEY: SealKey = { id: 'k2', key: Buffer.alloc(32, 2) };

/** The pseudonyms of all of them. */
export const testPseudonymOf = pseudonyms(Buffer.alloc(32, 3));

const ROOMY: QuarantineLimits = { recordsMax: 10_000, bytesMax: 1e9 };

/** A quarantine in a database, with what a test changes. */
export function quarantineIn(
  database: SqlDatabase,
  {
    limits,
    keys = [TEST_KEY],
  }: { readonly limits?: Partial<QuarantineLimits>; readonly keys?: readonly [SealKey, ...SealKey[]] } = {},
): SqlQuarantineStore {
  const keyring = new Keyring(keys);
  return new SqlQuarantineStore({
    database,
    limits: { ...ROOMY, ...limits },
    keyring,
    pseudonymOf: testPseudonymOf,
  });
}

/** What a quarantine says of itself. Throws when it does not. */
export async function statsOf(store: SqlQuarantineStore): Promise<QuarantineStats> {
  const stats = await store.stats();
  if (stats.kind !== 'found') throw new Error(stats.kind);
  return stats.value;
}
