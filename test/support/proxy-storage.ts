/** The storage of a proxy for tests: the real stores on a scratch database. */
import { randomBytes } from 'node:crypto';
import type { ProxyStorage } from '../../src/proxy/exchange-context.ts';
import { releasedMessages } from '../../src/proxy/released-messages.ts';
import { ReleasedTokens } from '../../src/proxy/released-token.ts';
import { Keyring } from '../../src/storage/keyring.ts';
import { pseudonyms } from '../../src/storage/pseudonym.ts';
import type { HoldResult, QuarantineStore } from '../../src/storage/quarantine-store.ts';
import { SqlMessageTrack } from '../../src/storage/sql-message-track.ts';
import { SqlQuarantineStore } from '../../src/storage/sql-quarantine-store.ts';
import { scratchDatabase } from './sql-databases.ts';

/** Stores that are closed when the test has ended. With `holding` the quarantine gives that answer, and keeps nothing. */
export async function proxyStorage(holding?: HoldResult): Promise<ProxyStorage> {
  const database = await scratchDatabase('sqlite');
  const pseudonymOf = pseudonyms(randomBytes(32));
  const store: QuarantineStore = new SqlQuarantineStore({
    database,
    limits: { recordsMax: 1000, bytesMax: 1e9 },
    keyring: new Keyring([{ id: 'test', key: randomBytes(32) }]),
    pseudonymOf,
  });
  if (holding !== undefined) store.hold = () => Promise.resolve(holding);
  const onBug = (error: unknown): never => {
    throw error;
  };
  return {
    quarantine: store,
    track: new SqlMessageTrack({ database, pseudonymOf, onBug }),
    released: releasedMessages({
      store,
      tokens: new ReleasedTokens(randomBytes(32)),
      nowMs: Date.now,
    }),
  };
}
