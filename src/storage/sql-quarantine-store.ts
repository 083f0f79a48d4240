/** The quarantine in a database. */
import type { Keyring } from './keyring.ts';
import {
  approveStatement,
  claimStatement,
  endStatements,
  holdStatements,
  pseudonymTerm,
  reasonTerm,
  standingStatement,
  statement,
  unclaimStatement,
  wipeStatements,
  type QuarantineLimits,
} from './quarantine-changes.ts';
import { fullRecordOf, SUMMARY_COLUMNS, summaryOf, urlKeyOf } from './quarantine-rows.ts';
import {
  CLAIM_MS,
  HELD_STATES,
  type ChangeResult,
  type FullRecord,
  type HeldState,
  type HoldResult,
  type NewRecord,
  type Page,
  type QuarantineStats,
  type QuarantineStore,
  type RecordAct,
  type RecordFilter,
  type RecordSummary,
  type StoreFailure,
  type StoreResult,
} from './quarantine-store.ts';
import { conditionsOf } from './sql-conditions.ts';
import type { SqlDatabase, SqlRow, SqlStatement } from './sql-database.ts';
import { readPage } from './sql-page.ts';
import { storableText } from './storable-text.ts';
import { storeFailure } from './store-failure.ts';

/** What the quarantine needs. */
export interface QuarantineParts {
  readonly database: SqlDatabase;
  readonly limits: QuarantineLimits;
  readonly keyring: Keyring;
  readonly pseudonymOf: (number: string) => string;
}

/** Records that end in one transaction. */
export const EXPIRE_STEP = 50;

const FILTER_COLUMNS = {
  state: 'q.state = ?',
  direction: 'q.direction = ?',
  severity: 'q.severity = ?',
  contentHash: 'q.content_hash = ?',
} as const satisfies Partial<Record<keyof RecordFilter, string>>;

const FULL = `SELECT ${SUMMARY_COLUMNS}, q.sealed, b.body FROM quarantine q
  LEFT JOIN quarantine_bodies b ON b.body_key = q.body_key AND q.has_body = 1`;

/** The quarantine of a database. */
export class SqlQuarantineStore implements QuarantineStore {
  readonly #parts: QuarantineParts;
  readonly #database: SqlDatabase;

  constructor(parts: QuarantineParts) {
    this.#parts = parts;
    this.#database = parts.database;
  }

  async hold(record: NewRecord): Promise<HoldResult> {
    const { limits } = this.#parts;
    const parts = { ...this.#parts, dialect: this.#database.dialect };
    const stored = { ...record, id: storableText(record.id) };
    const result = await this.#database.transaction(holdStatements(stored, parts));
    if (!result.ok) return storeFailure(result);
    const standing = result.rows.at(-1)?.[0];
    if ((result.rows[1] ?? []).length > 0 || standing?.['known'] === 1) return { kind: 'held' };
    const isAtRecords = Number(standing?.['held']) >= limits.recordsMax;
    return { kind: 'full', limit: isAtRecords ? 'records' : 'bytes' };
  }

  async list(
    filter: RecordFilter,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<StoreResult<Page<RecordSummary>>> {
    const terms = this.#termsOf(filter);
    const joins = terms.map((_, index) => `JOIN quarantine_terms w${index} ON w${index}.id = q.id`);
    const first = terms.length > 0 ? 'w0' : 'q';
    const found = await readPage(
      this.#database,
      {
        select: `SELECT ${SUMMARY_COLUMNS} FROM quarantine q ${joins.join(' ')}`,
        conditions: [
          ...terms.map((term, index) => ({ sql: `w${index}.term = ?`, values: [term] })),
          // Of the table that leads, so that its index ends where the time does.
          ...conditionsOf(filter, {
            fromMs: `${first}.at_ms >= ?`,
            toMs: `${first}.at_ms < ?`,
            ...FILTER_COLUMNS,
          }),
        ],
        order: [
          { column: `${first}.at_ms`, type: 'number' },
          { column: `${first}.id`, type: 'string' },
        ],
        itemOf: summaryOf,
      },
      page,
    );
    return found.kind === 'found' ? this.#withApprovals(found.value) : found;
  }

  async get(id: string): Promise<StoreResult<FullRecord>> {
    return this.#full(statement(`${FULL} WHERE q.id = ?`, storableText(id)));
  }

  async approve(asked: string, act: RecordAct): Promise<StoreResult<readonly string[]>> {
    const id = storableText(asked);
    const result = await this.#database.transaction([
      approveStatement(id, act),
      standingStatement(id),
      approvalsStatement([id]),
    ]);
    if (!result.ok) return storeFailure(result);
    if (result.rows[1]?.[0] === undefined) return { kind: 'unknown' };
    return { kind: 'found', value: (result.rows[2] ?? []).map((row) => row['name'] as string) };
  }

  claim(id: string, { atMs }: RecordAct): Promise<ChangeResult> {
    return this.#change(id, (stored) => [claimStatement(stored, atMs)]);
  }

  unclaim(id: string): Promise<ChangeResult> {
    return this.#change(id, (stored) => [unclaimStatement(stored)]);
  }

  end(id: string, state: Exclude<HeldState, 'held'>, act: RecordAct): Promise<ChangeResult> {
    return this.#change(id, (stored) => endStatements(stored, state, act));
  }

  releasedAt(authority: string, path: string): Promise<StoreResult<FullRecord>> {
    return this.#full(
      statement(
        `${FULL} WHERE q.url_key = ? AND q.state = 'released' AND q.direction = 'inbound' AND q.has_body = 1
         ORDER BY q.at_ms DESC LIMIT 1`,
        urlKeyOf(authority, path),
      ),
    );
  }

  async expire(nowMs: number): Promise<StoreResult<number>> {
    let count = 0;
    for (;;) {
      const due = await this.#database.transaction([
        statement(
          `SELECT id FROM quarantine WHERE has_body = 1 AND expires_at_ms <= ?
           AND (claimed_at_ms IS NULL OR claimed_at_ms < ?) LIMIT ?`,
          ...[nowMs, nowMs - CLAIM_MS, EXPIRE_STEP],
        ),
      ]);
      if (!due.ok) return storeFailure(due);
      const ids = (due.rows[0] ?? []).map((row) => row['id'] as string);
      if (ids.length === 0) return { kind: 'found', value: count };
      const ended = await this.#database.transaction(ids.flatMap((id) => expireStatements(id, nowMs)));
      if (!ended.ok) return storeFailure(ended);
      count += ids.length;
    }
  }

  async stats(): Promise<StoreResult<QuarantineStats>> {
    const result = await this.#database.transaction([
      statement('SELECT state, COUNT(*) AS records FROM quarantine GROUP BY state'),
      statement('SELECT bytes FROM quarantine_totals'),
      statement("SELECT MIN(at_ms) AS oldest FROM quarantine WHERE state = 'held'"),
    ]);
    if (!result.ok) return storeFailure(result);
    const [states = [], totals, oldest] = result.rows;
    const counts = new Map(states.map((row) => [row['state'], row['records'] as number]));
    const records = Object.fromEntries(HELD_STATES.map((state) => [state, counts.get(state) ?? 0]));
    return {
      kind: 'found',
      value: {
        records: records as QuarantineStats['records'],
        bytes: Number(totals?.[0]?.['bytes'] ?? 0),
        oldestMs: (oldest?.[0]?.['oldest'] as number | null | undefined) ?? undefined,
      },
    };
  }

  async #change(id: string, statementsOf: (id: string) => readonly SqlStatement[]): Promise<ChangeResult> {
    const stored = storableText(id);
    const result = await this.#database.transaction([...statementsOf(stored), standingStatement(stored)]);
    if (!result.ok) return storeFailure(result);
    if ((result.rows[0] ?? []).length > 0) return { kind: 'done' };
    const standing = result.rows.at(-1)?.[0];
    if (standing === undefined) return { kind: 'unknown' };
    return {
      kind: 'not-held',
      state: standing['state'] as HeldState,
      isClaimed: standing['is_claimed'] === 1,
    };
  }

  async #full(query: SqlStatement): Promise<StoreResult<FullRecord>> {
    const result = await this.#database.transaction([query]);
    if (!result.ok) return storeFailure(result);
    const row = result.rows[0]?.[0];
    if (row === undefined) return { kind: 'unknown' };
    const record = fullRecordOf(row, this.#parts.keyring);
    if (isFailure(record)) return record;
    const listed = await this.#withApprovals({ items: [record], next: undefined });
    if (listed.kind !== 'found') return listed;
    return { kind: 'found', value: { ...record, approvals: listed.value.items[0]?.approvals ?? [] } };
  }

  async #withApprovals(page: Page<RecordSummary>): Promise<StoreResult<Page<RecordSummary>>> {
    if (page.items.length === 0) return { kind: 'found', value: page };
    const result = await this.#database.transaction([approvalsStatement(page.items.map(({ id }) => id))]);
    if (!result.ok) return storeFailure(result);
    const byId = Map.groupBy(result.rows[0] ?? [], (row: SqlRow) => row['id']);
    const items = page.items.map((item) => {
      return { ...item, approvals: (byId.get(item.id) ?? []).map((row) => row['name'] as string) };
    });
    return { kind: 'found', value: { ...page, items } };
  }

  #termsOf({ number, pseudonym, reason }: RecordFilter): readonly string[] {
    return [
      ...(number === undefined ? [] : [pseudonymTerm(this.#parts.pseudonymOf(number))]),
      ...(pseudonym === undefined ? [] : [pseudonymTerm(pseudonym)]),
      ...(reason === undefined ? [] : [reasonTerm(reason)]),
    ];
  }
}

function isFailure(record: FullRecord | StoreFailure): record is StoreFailure {
  return 'kind' in record;
}

function approvalsStatement(ids: readonly string[]): SqlStatement {
  const places = ids.map(() => '?').join(', ');
  return statement(
    `SELECT id, name FROM quarantine_approvals WHERE id IN (${places}) ORDER BY at_ms, name`,
    ...ids,
  );
}

/** What is held ends; what was released only loses its body. */
function expireStatements(id: string, atMs: number): readonly SqlStatement[] {
  const act = { atMs, by: 'mmsguard', why: 'kept for as long as the settings say' };
  return [...endStatements(id, 'expired', act), ...wipeStatements(id, ['released'])];
}
