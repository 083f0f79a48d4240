import type { StoreFailure } from './quarantine-store.ts';
import type { SqlResult } from './sql-database.ts';

/** What a store answers when its database did not do what it was asked. */
export function storeFailure({ code, detail }: Extract<SqlResult, { ok: false }>): StoreFailure {
  return { kind: 'failed', code, detail };
}
