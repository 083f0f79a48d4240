/** Opens the configured storage. */
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { AccessTokens } from '../storage/access-tokens.ts';
import type { AuditLog } from '../storage/audit-log.ts';
import { Keyring } from '../storage/keyring.ts';
import { openPostgres } from '../storage/postgres-database.ts';
import { pseudonyms } from '../storage/pseudonym.ts';
import type { QuarantineStore } from '../storage/quarantine-store.ts';
import { SqlAccessTokens } from '../storage/sql-access-tokens.ts';
import { SqlAuditLog } from '../storage/sql-audit-log.ts';
import type { SqlDatabase } from '../storage/sql-database.ts';
import { openSqlite } from '../storage/sqlite-database.ts';
import { SqlMessageTrack } from '../storage/sql-message-track.ts';
import { SqlQuarantineStore } from '../storage/sql-quarantine-store.ts';
import { SqlTaskList } from '../storage/sql-task-list.ts';
import type { TaskList } from '../storage/task-list.ts';
import type { Environment } from './config-environment.ts';
import type { Config } from './config-schema.ts';
import type { StartError } from './start-error.ts';
import { readStorageKeys, type StorageKeys } from './storage-keys.ts';

/** All stores of one database. */
export interface OpenStorage {
  readonly database: SqlDatabase;
  readonly keys: StorageKeys;
  readonly quarantine: QuarantineStore;
  readonly track: SqlMessageTrack;
  readonly audit: AuditLog;
  readonly tokens: AccessTokens;
  readonly tasks: TaskList;
  /** Resolves when what was asked has ended; what the track has not written yet is written before. */
  close(): Promise<void>;
}

/** A storage, or why there is none. */
export type StorageOpening =
  | { readonly ok: true; readonly storage: OpenStorage }
  | { readonly ok: false; readonly errors: readonly StartError[] };

/** Opens the storage, which must be configured, and makes its tables where there are none. Rejects only for bugs. */
export async function openStorage(
  config: Config,
  environment: Environment,
  log?: Pick<Logger, 'error'>,
): Promise<StorageOpening> {
  const { keyFile } = config.storage;
  const reading = await readStorageKeys(keyFile, environment);
  if (!reading.ok)
    return failed('keys-invalid', 'storage.keyFile', `${keyFile ?? 'MMSGUARD_KEYS'}: ${reading.message}`);
  const opened = await openDatabase(config.storage);
  if (!opened.ok) return opened;
  const { keys } = reading;
  const { database } = opened;
  const { recordsMax, bytesMax } = config.quarantine;
  const pseudonymOf = pseudonyms(keys.pseudonym);
  const limits = { recordsMax, bytesMax };
  const onBug = (error: unknown): void => {
    log?.error({ err: error }, 'unexpected error');
  };
  const track = new SqlMessageTrack({ database, pseudonymOf, onBug });
  return {
    ok: true,
    storage: {
      database,
      keys,
      quarantine: new SqlQuarantineStore({ database, limits, keyring: new Keyring(keys.seal), pseudonymOf }),
      track,
      audit: new SqlAuditLog(database),
      tokens: new SqlAccessTokens(database),
      tasks: new SqlTaskList({ database, owner: `${hostname()}:${config.listen.port}`, nowMs: Date.now }),
      close: async () => {
        await track.close();
        await database.close();
      },
    },
  };
}

type DatabaseOpening =
  | { readonly ok: true; readonly database: SqlDatabase }
  | { readonly ok: false; readonly errors: readonly StartError[] };

async function openDatabase({
  sqliteFile,
  postgresUrl,
  timeoutMs,
}: Config['storage']): Promise<DatabaseOpening> {
  if (sqliteFile !== null) {
    const opened = await openSqlite({ file: sqliteFile, timeoutMs });
    return opened.ok
      ? opened
      : failed('storage-unavailable', 'storage.sqliteFile', `${sqliteFile}: ${opened.detail}`);
  }
  if (postgresUrl === null) throw new RangeError('no storage is configured');
  const opened = await openPostgres({ url: postgresUrl, timeoutMs });
  // The URL may hold a password.
  return opened.ok ? opened : failed('storage-unavailable', 'storage.postgresUrl', opened.detail);
}

function failed(
  code: StartError['code'],
  path: string,
  message: string,
): { ok: false; errors: readonly StartError[] } {
  return { ok: false, errors: [{ code, path, message }] };
}
