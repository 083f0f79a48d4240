/** The quarantine of processes that are killed, for them and for the test that looks at it after. */
import { hash } from 'node:crypto';
import { Keyring } from '../../src/storage/keyring.ts';
import { pseudonyms } from '../../src/storage/pseudonym.ts';
import { openSqlite, type SqliteDatabase } from '../../src/storage/sqlite-database.ts';
import { SqlQuarantineStore } from '../../src/storage/sql-quarantine-store.ts';

/** Each so many is deleted again once it is held. */
export const DELETED_EVERY = 5;

const TIMEOUT_MS = 20_000;

/** Opens the file with the keys that all of them have. */
export async function openKilledQuarantine(
  file: string,
): Promise<{ readonly database: SqliteDatabase; readonly store: SqlQuarantineStore }> {
  const opened = await openSqlite({ file, timeoutMs: TIMEOUT_MS });
  if (!opened.ok) throw new Error(opened.detail);
  const { database } = opened;
  const store = new SqlQuarantineStore({
    database,
    limits: { recordsMax: Number.MAX_SAFE_INTEGER, bytesMax: Number.MAX_SAFE_INTEGER },
    keyring: new Keyring([{ id: 'test', key: Buffer.alloc(32, 1) }]),
    pseudonymOf: pseudonyms(Buffer.alloc(32, 2)),
  });
  return { database, store };
}

/** The id of a message. */
export function killedId(serial: number): string {
  return `killed-${serial}`;
}

/** The body of a message, by its serial alone: from nothing to 12 KB, and each third one the same as another. */
export function killedBody(serial: number): Buffer {
  const kind = serial % 3 === 0 ? serial % 30 : serial;
  const block = hash('sha256', String(kind), 'buffer');
  return Buffer.alloc(block.readUInt16BE(0) % 12_000, block);
}
