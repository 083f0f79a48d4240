import { describe, expect, it } from 'vitest';
import { CHAIN_START, chainHash } from '../../src/storage/audit-chain.ts';
import type { AuditAct, AuditEntry, AuditFilter } from '../../src/storage/audit-log.ts';
import {
  APPEND_ATTEMPTS_MAX,
  APPENDS_WAITING_MAX,
  DETAIL_TEXT_MAX,
  SqlAuditLog,
  VERIFY_PAGE,
} from '../../src/storage/sql-audit-log.ts';
import type { SqlDatabase, SqlValue } from '../../src/storage/sql-database.ts';
import { INDEXED_TEXT_MAX } from '../../src/storage/storable-text.ts';
import { DIALECTS, scratchDatabase } from '../support/sql-databases.ts';

const AT_MS = 1_764_028_800_000;

const actOf = (changes: Partial<AuditAct> = {}): AuditAct => ({
  atMs: AT_MS,
  by: 'ana',
  role: 'analyst',
  act: 'quarantine.release',
  target: 'id-1',
  detail: { why: 'asked for', force: false, of: 7 },
  ...changes,
});

async function appended(log: SqlAuditLog, count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) {
    expect(await log.append(actOf({ target: `id-${index}` }))).toEqual({ kind: 'written', number: index });
  }
}

/** The same entries in one transaction. */
async function filled(database: SqlDatabase, count: number): Promise<void> {
  const { atMs, by, role, act, target } = actOf();
  let { hash } = CHAIN_START;
  const statements = Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    hash = chainHash(hash, { number, atMs, by, role, act, target, detail: '{}' });
    const sql = 'INSERT INTO audit_log VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
    return { sql, values: [number, atMs, by, role, act, target, '{}', hash] };
  });
  const result = await database.transaction(statements);
  if (!result.ok) throw new Error(result.detail);
}

async function all(log: SqlAuditLog, filter: AuditFilter = {}): Promise<readonly AuditEntry[]> {
  const page = await log.list(filter, { limit: 1000 });
  if (page.kind !== 'found') throw new Error(page.kind);
  return page.value.items;
}

/** What the owner of a database can do. */
async function tamper(database: SqlDatabase, sql: string, values: readonly SqlValue[] = []): Promise<void> {
  const guards = {
    sqlite: ['audit_log_no_update', 'audit_log_no_delete'],
    postgres: ['audit_log_no_change'],
  };
  const on = database.dialect === 'postgres' ? ' ON audit_log' : '';
  const drops = guards[database.dialect].map((guard) => ({ sql: `DROP TRIGGER ${guard}${on}`, values: [] }));
  const result = await database.transaction([...drops, { sql, values }]);
  if (!result.ok) throw new Error(result.detail);
}

describe.each(DIALECTS)('the audit log in %s', (dialect) => {
  it('numbers acts from 1 and chains them', async () => {
    const log = new SqlAuditLog(await scratchDatabase(dialect));
    await appended(log, 2);
    const [second, first] = await all(log);
    expect(first).toStrictEqual({
      ...actOf(),
      number: 1,
      hash: chainHash(CHAIN_START.hash, {
        ...actOf(),
        number: 1,
        detail: '{"force":false,"of":7,"why":"asked for"}',
      }),
    });
    expect(second).toMatchObject({ number: 2, target: 'id-2' });
    expect(await log.verify()).toEqual({ kind: 'intact', entries: 2, lastHash: second?.hash });
  });

  it('is intact when it is empty', async () => {
    const log = new SqlAuditLog(await scratchDatabase(dialect));
    expect(await log.verify()).toEqual({ kind: 'intact', entries: 0, lastHash: CHAIN_START.hash });
  });

  it('keeps hostile texts such that the chain holds', async () => {
    const log = new SqlAuditLog(await scratchDatabase(dialect));
    const hostile = `'";--\0\ud800\u202e`;
    await log.append(
      actOf({ by: hostile, role: hostile, act: hostile, target: hostile, detail: { [hostile]: hostile } }),
    );
    await log.append(
      actOf({ target: 'x'.repeat(1_000_000), detail: { why: 'y'.repeat(1_000_000), ['__proto__']: 1 } }),
    );
    const [long, odd] = await all(log);
    const stored = `'";--\uFFFD\uFFFD\u202e`;
    expect(odd).toMatchObject({
      by: stored,
      role: stored,
      act: stored,
      target: stored,
      detail: { [stored]: stored },
    });
    expect(long?.target).toHaveLength(INDEXED_TEXT_MAX);
    expect(long?.detail['why']).toHaveLength(DETAIL_TEXT_MAX);
    expect(await log.verify()).toMatchObject({ kind: 'intact', entries: 2 });
    expect(await all(log, { target: hostile })).toHaveLength(1);
    expect(await all(log, { target: 'x'.repeat(1_000_000) })).toHaveLength(1);
  });

  it('has no gap and no fork when two proxies append at once', async () => {
    const database = await scratchDatabase(dialect);
    const logs = [new SqlAuditLog(database), new SqlAuditLog(database)];
    const written = await Promise.all(
      Array.from({ length: 60 }, (_, index) => logs[index % 2]!.append(actOf({ target: `id-${index}` }))),
    );
    const numbers = written.map((result) => (result.kind === 'written' ? result.number : result.detail));
    expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    expect(await logs[0]!.verify()).toMatchObject({ kind: 'intact', entries: 60 });
    const kept = await all(logs[0]!);
    for (const [index, number] of numbers.entries())
      expect(kept.find((entry) => entry.number === number)?.target).toBe(`id-${index}`);
  });

  it.each([
    ['changed', 2, "UPDATE audit_log SET done_by = 'mallory' WHERE entry_number = 2"],
    ['moved in time', 2, 'UPDATE audit_log SET at_ms = at_ms + 1 WHERE entry_number = 2'],
    ['respelled', 2, `UPDATE audit_log SET detail = ' ' || detail WHERE entry_number = 2`],
    ['given another hash', 2, `UPDATE audit_log SET hash = '${'0'.repeat(64)}' WHERE entry_number = 2`],
    ['removed', 2, 'DELETE FROM audit_log WHERE entry_number = 2'],
    ['removed at the beginning', 1, 'DELETE FROM audit_log WHERE entry_number = 1'],
    [
      'removed, and those behind numbered anew',
      2,
      `UPDATE audit_log SET (at_ms, done_by, role, act, target, detail, hash) =
         (SELECT at_ms, done_by, role, act, target, detail, hash FROM audit_log o WHERE o.entry_number = audit_log.entry_number + 1)
       WHERE entry_number IN (2, 3)`,
    ],
    [
      'put before the beginning',
      1,
      `INSERT INTO audit_log SELECT 0, at_ms, done_by, role, act, target, detail, hash FROM audit_log WHERE entry_number = 1`,
    ],
    [
      'put behind the end',
      5,
      `INSERT INTO audit_log SELECT 5, at_ms, done_by, role, act, target, detail, hash FROM audit_log WHERE entry_number = 4`,
    ],
    [
      'put far behind the end',
      5,
      `INSERT INTO audit_log SELECT 9, at_ms, done_by, role, act, target, detail, hash FROM audit_log WHERE entry_number = 4`,
    ],
  ])('shows the first entry that was %s', async (_, number, sql) => {
    const database = await scratchDatabase(dialect);
    const log = new SqlAuditLog(database);
    await appended(log, 4);
    await tamper(database, sql);
    expect(await log.verify()).toMatchObject({ kind: 'broken', number });
  });

  it('shows entries that were exchanged', async () => {
    const database = await scratchDatabase(dialect);
    const log = new SqlAuditLog(database);
    await appended(log, 3);
    await tamper(
      database,
      'UPDATE audit_log SET target = (CASE entry_number WHEN 2 THEN ? ELSE ? END) WHERE entry_number > 1',
      ['id-3', 'id-2'],
    );
    expect(await log.verify()).toMatchObject({ kind: 'broken', number: 2 });
  });

  it('shows an end that was cut off, or written anew, to who knows an entry of it', async () => {
    const database = await scratchDatabase(dialect);
    const log = new SqlAuditLog(database);
    await appended(log, 4);
    const [last, third] = await all(log);
    expect(await log.verify(last)).toMatchObject({ kind: 'intact', entries: 4 });
    expect(await log.verify(third)).toMatchObject({ kind: 'intact', entries: 4 });
    await tamper(database, 'DELETE FROM audit_log WHERE entry_number > 3');
    expect(await log.verify()).toMatchObject({ kind: 'intact', entries: 3 });
    expect(await log.verify(last)).toMatchObject({
      kind: 'broken',
      number: 4,
      detail: expect.stringContaining('cut off') as string,
    });
    await log.append(actOf({ target: 'another' }));
    expect(await log.verify()).toMatchObject({ kind: 'intact', entries: 4 });
    expect(await log.verify(last)).toMatchObject({ kind: 'broken', number: 4 });
  });

  it('goes on after an act that was written although its answer came too late', async () => {
    const database = await scratchDatabase(dialect);
    const late: SqlDatabase = {
      dialect,
      close: () => database.close(),
      transaction: async (statements) => {
        const result = await database.transaction(statements);
        const isWrite = statements[0]?.sql.startsWith('INSERT') === true;
        return isWrite ? { ok: false, code: 'timeout', detail: 'late' } : result;
      },
    };
    expect(await new SqlAuditLog(late).append(actOf())).toMatchObject({ kind: 'failed', code: 'timeout' });
    const log = new SqlAuditLog(database);
    expect(await log.append(actOf())).toEqual({ kind: 'written', number: 2 });
    expect(await log.verify()).toMatchObject({ kind: 'intact', entries: 2 });
  });

  it('is checked page by page, to its last entry', async () => {
    const database = await scratchDatabase(dialect);
    const log = new SqlAuditLog(database);
    await filled(database, VERIFY_PAGE);
    expect(await log.verify()).toMatchObject({ kind: 'intact', entries: VERIFY_PAGE });
    await log.append(actOf());
    expect(await log.verify()).toMatchObject({ kind: 'intact', entries: VERIFY_PAGE + 1 });
    await tamper(database, 'UPDATE audit_log SET at_ms = 0 WHERE entry_number = ?', [VERIFY_PAGE + 1]);
    expect(await log.verify()).toMatchObject({ kind: 'broken', number: VERIFY_PAGE + 1 });
  });

  it('lists what fits, newest first, in pages', async () => {
    const log = new SqlAuditLog(await scratchDatabase(dialect));
    const acts = [
      actOf(),
      actOf({ by: 'bob', atMs: AT_MS + 1 }),
      actOf({ act: 'rules.reload', target: '', atMs: AT_MS + 2 }),
      actOf({ target: 'id-2', atMs: AT_MS + 3 }),
    ];
    for (const act of acts) await log.append(act);
    const numbersOf = async (filter: AuditFilter) => (await all(log, filter)).map(({ number }) => number);
    expect(await numbersOf({})).toEqual([4, 3, 2, 1]);
    expect(await numbersOf({ by: 'bob' })).toEqual([2]);
    expect(await numbersOf({ act: 'rules.reload' })).toEqual([3]);
    expect(await numbersOf({ target: 'id-1' })).toEqual([2, 1]);
    expect(await numbersOf({ fromMs: AT_MS + 1, toMs: AT_MS + 3 })).toEqual([3, 2]);
    expect(await numbersOf({ by: 'ana', target: 'id-1' })).toEqual([1]);
    const first = await log.list({ by: 'ana' }, { limit: 2 });
    const next = first.kind === 'found' ? first.value.next : undefined;
    expect(await log.list({ by: 'ana' }, { limit: 2, cursor: next! })).toMatchObject({
      value: { items: [{ number: 1 }], next: undefined },
    });
    expect(await log.list({}, { limit: 2, cursor: 'nonsense' })).toEqual({ kind: 'unknown' });
  });

  it('lists what was tampered with, too', async () => {
    const database = await scratchDatabase(dialect);
    const log = new SqlAuditLog(database);
    await appended(log, 1);
    await tamper(database, "UPDATE audit_log SET detail = '{'");
    expect(await all(log)).toMatchObject([{ number: 1, detail: { unreadable: true } }]);
  });
});

const GONE = { ok: false, code: 'unavailable', detail: 'gone' } as const;

const databaseOf = (transaction: SqlDatabase['transaction']): SqlDatabase => ({
  dialect: 'sqlite',
  transaction,
  close: () => Promise.resolve(),
});

describe('the audit log of a database that does not do its part', () => {
  it('says so, in every act, and works again after', async () => {
    let isGone = true;
    const log = new SqlAuditLog(
      databaseOf(([statement]) =>
        Promise.resolve(
          isGone ? GONE : { ok: true, rows: [statement?.sql.startsWith('INSERT') ? [{}] : []] },
        ),
      ),
    );
    const failure = { kind: 'failed', code: 'unavailable', detail: 'gone' };
    expect(await log.append(actOf())).toEqual(failure);
    expect(await log.list({}, { limit: 1 })).toEqual(failure);
    expect(await log.verify()).toEqual(failure);
    isGone = false;
    expect(await log.append(actOf())).toEqual({ kind: 'written', number: 1 });
  });

  it('gives an act up when others were quicker too often', async () => {
    let inserts = 0;
    const log = new SqlAuditLog(
      databaseOf(([statement]) => {
        if (statement?.sql.startsWith('INSERT')) inserts += 1;
        return Promise.resolve({ ok: true, rows: [[]] });
      }),
    );
    expect(await log.append(actOf())).toMatchObject({ kind: 'failed', code: 'unavailable' });
    expect(inserts).toBe(APPEND_ATTEMPTS_MAX);
  });

  it('lets so many acts wait, and not one more', async () => {
    let free: () => void = () => undefined;
    const freed = new Promise<void>((resolve) => {
      free = resolve;
    });
    const log = new SqlAuditLog(databaseOf(() => freed.then(() => GONE)));
    const waiting = Array.from({ length: APPENDS_WAITING_MAX }, () => log.append(actOf()));
    expect(await log.append(actOf())).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('1000 acts wait') as string,
    });
    free();
    await Promise.all(waiting);
    expect(await log.append(actOf())).toMatchObject({ detail: 'gone' });
  });
});
