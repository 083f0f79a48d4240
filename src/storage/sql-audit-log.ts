/** The audit log in a database that several proxies may append to at once. */
import type { AuditAct, AuditEntry, AuditFilter, AuditLog, AuditVerdict } from './audit-log.ts';
import { CHAIN_START, canonicalJson, chainBreak, chainHash, type ChainLink } from './audit-chain.ts';
import type { Page, StoreFailure, StoreResult } from './quarantine-store.ts';
import { conditionsOf } from './sql-conditions.ts';
import type { SqlDatabase, SqlRow } from './sql-database.ts';
import { readPage } from './sql-page.ts';
import { INDEXED_TEXT_MAX, storableText } from './storable-text.ts';
import { storeFailure } from './store-failure.ts';

/** UTF-16 units of one text in `detail`; names and targets are cut at `INDEXED_TEXT_MAX`. */
export const DETAIL_TEXT_MAX = 4096;
/** Acts of this process that wait for their turn; one more is `unavailable`. */
export const APPENDS_WAITING_MAX = 1000;
/** How often an act tries for a number that another process was quicker to take. */
export const APPEND_ATTEMPTS_MAX = 50;
/** Entries that a check holds at a time. */
export const VERIFY_PAGE = 500;

const COLUMNS = 'entry_number, at_ms, done_by, role, act, target, detail, hash';

const FILTER_COLUMNS = {
  fromMs: 'at_ms >= ?',
  toMs: 'at_ms < ?',
  by: 'done_by = ?',
  act: 'act = ?',
  target: 'target = ?',
} as const satisfies Record<keyof AuditFilter, string>;

type Appended = Awaited<ReturnType<AuditLog['append']>>;

/** The audit log of a database. */
export class SqlAuditLog implements AuditLog {
  readonly #database: SqlDatabase;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  /** Acts of this process are written one after the other; of another process they compete for the next number. */
  append(act: AuditAct): Promise<Appended> {
    if (this.#waiting >= APPENDS_WAITING_MAX) {
      return Promise.resolve(unavailable(`${APPENDS_WAITING_MAX} acts wait for the audit log`));
    }
    this.#waiting += 1;
    const appended = this.#last.then(() => this.#appendNext(storableAct(act)));
    const settled = (): void => {
      this.#waiting -= 1;
    };
    this.#last = appended.then(settled, settled);
    return appended;
  }

  list(
    filter: AuditFilter,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<StoreResult<Page<AuditEntry>>> {
    const list = {
      select: `SELECT ${COLUMNS} FROM audit_log`,
      conditions: conditionsOf(filter, FILTER_COLUMNS),
      order: [{ column: 'entry_number', type: 'number' }] as const,
      itemOf: entryOf,
    };
    return readPage(this.#database, list, page);
  }

  async verify(known?: ChainLink): Promise<AuditVerdict> {
    let last = CHAIN_START;
    let number = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const result = await this.#database.transaction([
        {
          sql: `SELECT ${COLUMNS} FROM audit_log WHERE entry_number >= ? ORDER BY entry_number LIMIT ?`,
          values: [number, VERIFY_PAGE],
        },
      ]);
      if (!result.ok) return storeFailure(result);
      const rows = result.rows[0] ?? [];
      for (const row of rows) {
        const detail = chainBreak(last, { ...storedEntry(row), hash: row['hash'] }) ?? unlike(known, row);
        if (detail !== undefined) return { kind: 'broken', number: last.number + 1, detail };
        last = { number: last.number + 1, hash: row['hash'] as string };
      }
      if (rows.length < VERIFY_PAGE) return endOf(last, known);
      number = last.number + 1;
    }
  }

  async #appendNext(act: StorableAct): Promise<Appended> {
    for (let attempt = 0; attempt < APPEND_ATTEMPTS_MAX; attempt += 1) {
      const head = await this.#head();
      if ('kind' in head) return head;
      const number = head.number + 1;
      const { atMs, by, role, act: name, target, detail } = act;
      const result = await this.#database.transaction([
        {
          sql: `INSERT INTO audit_log (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (entry_number) DO NOTHING RETURNING entry_number`,
          values: [number, atMs, by, role, name, target, detail, chainHash(head.hash, { number, ...act })],
        },
      ]);
      if (!result.ok) return storeFailure(result);
      if (result.rows[0]?.length === 1) return { kind: 'written', number };
    }
    return unavailable(`other processes took the next number ${APPEND_ATTEMPTS_MAX} times`);
  }

  async #head(): Promise<ChainLink | StoreFailure> {
    const result = await this.#database.transaction([
      { sql: 'SELECT entry_number, hash FROM audit_log ORDER BY entry_number DESC LIMIT 1', values: [] },
    ]);
    if (!result.ok) return storeFailure(result);
    const row = result.rows[0]?.[0];
    if (row === undefined) return CHAIN_START;
    return { number: row['entry_number'] as number, hash: row['hash'] as string };
  }
}

/** An act with texts that come back as they were written, so that the hash over them holds. */
interface StorableAct extends Omit<AuditAct, 'detail'> {
  readonly detail: string;
}

function storableAct({ atMs, by, role, act, target, detail }: AuditAct): StorableAct {
  const details = Object.entries(detail).map(([key, value]) => [
    storableText(key, INDEXED_TEXT_MAX),
    typeof value === 'string' ? storableText(value, DETAIL_TEXT_MAX) : value,
  ]);
  return {
    atMs,
    by: storableText(by),
    role: storableText(role),
    act: storableText(act),
    target: storableText(target),
    detail: canonicalJson(Object.fromEntries(details)),
  };
}

function unavailable(detail: string): StoreFailure {
  return { kind: 'failed', code: 'unavailable', detail };
}

function storedEntry(row: SqlRow) {
  return {
    number: row['entry_number'],
    atMs: row['at_ms'],
    by: row['done_by'],
    role: row['role'],
    act: row['act'],
    target: row['target'],
    detail: row['detail'],
  };
}

/** What was tampered with is listed too, as well as may be: `verify` says what is wrong with it. */
function entryOf(row: SqlRow): AuditEntry {
  return { ...storedEntry(row), detail: detailOf(row['detail']), hash: row['hash'] } as AuditEntry;
}

function detailOf(stored: SqlRow[string] | undefined): AuditEntry['detail'] {
  try {
    return JSON.parse(String(stored)) as AuditEntry['detail'];
  } catch {
    return { unreadable: true };
  }
}

function unlike(known: ChainLink | undefined, row: SqlRow): string | undefined {
  if (known?.number !== row['entry_number'] || known?.hash === row['hash']) return undefined;
  return 'its hash is not the one that is known: the log was written anew';
}

function endOf(last: ChainLink, known: ChainLink | undefined): AuditVerdict {
  if (known !== undefined && known.number > last.number) {
    const detail = `the log ends before it, but entry ${known.number} is known: the end was cut off`;
    return { kind: 'broken', number: last.number + 1, detail };
  }
  return { kind: 'intact', entries: last.number, lastHash: last.hash };
}
