import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Keyring } from '../../src/storage/keyring.ts';
import { pseudonyms } from '../../src/storage/pseudonym.ts';
import type { QuarantineLimits } from '../../src/storage/quarantine-changes.ts';
import {
  CLAIM_MS,
  type NewRecord,
  type QuarantineStore,
  type RecordFilter,
} from '../../src/storage/quarantine-store.ts';
import type { SqlDatabase } from '../../src/storage/sql-database.ts';
import { EXPIRE_STEP, SqlQuarantineStore } from '../../src/storage/sql-quarantine-store.ts';
import { decisionOf } from '../support/decisions.ts';
import { DIALECTS, scratchDatabase } from '../support/sql-databases.ts';

const AT_MS = 1_764_028_800_000;
const ROOMY: QuarantineLimits = { recordsMax: 10_000, bytesMax: 1e9 };
const KEY = { id: 'k1', key: randomBytes(32) };
const ACT = { atMs: AT_MS + 1000, by: 'ann', why: 'harmless' };
const pseudonymOf = pseudonyms(randomBytes(32));

interface Setup {
  readonly limits?: Partial<QuarantineLimits>;
  readonly keyring?: Keyring;
  readonly database?: SqlDatabase;
}

const storeOn = (
  database: SqlDatabase,
  { limits, keyring = new Keyring([KEY]) }: Setup = {},
): QuarantineStore =>
  new SqlQuarantineStore({ database, limits: { ...ROOMY, ...limits }, keyring, pseudonymOf });

function recordOf(changes: Partial<NewRecord> = {}): NewRecord {
  return {
    id: 'r1',
    atMs: AT_MS,
    expiresAtMs: AT_MS + 1e6,
    direction: 'outbound',
    pduType: 'm-send-req',
    body: Buffer.from('octets of a message'),
    contentType: 'application/vnd.wap.mms-message',
    envelope: { sender: '12025550111', from: undefined, recipients: ['+12025550122/TYPE=PLMN'] },
    http: { method: 'POST', authority: 'mmsc', path: '/', headers: ['X-Test', '1'] },
    decision: decisionOf('quarantine', {
      reasons: [
        {
          kind: 'rule',
          code: 'mmsguard:EXPL_X',
          severity: 'critical',
          part: 1,
          entry: 'severity critical',
          action: 'quarantine',
          isShadow: false,
        },
      ],
    }),
    severity: 'critical',
    report: undefined,
    gaps: [],
    ruleSetDigest: 'd1',
    versions: { mmsguard: '1' },
    told: 'refused',
    ...changes,
  };
}

/** Holds records with these ids, a millisecond apart. */
async function holdAll(store: QuarantineStore, records: readonly Partial<NewRecord>[]): Promise<void> {
  for (const [index, record] of records.entries()) {
    const held = await store.hold(recordOf({ atMs: AT_MS + index, ...record }));
    expect(held).toEqual({ kind: 'held' });
  }
}

async function idsOf(store: QuarantineStore, filter: RecordFilter): Promise<readonly string[]> {
  const page = await store.list(filter, { limit: 100 });
  if (page.kind !== 'found') throw new Error(page.kind);
  return page.value.items.map(({ id }) => id);
}

async function statsOf(store: QuarantineStore) {
  const stats = await store.stats();
  if (stats.kind !== 'found') throw new Error(stats.kind);
  return stats.value;
}

describe.each(DIALECTS)('the quarantine in %s', (dialect) => {
  it('gives back what it was given', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    const record = recordOf();
    await holdAll(store, [record]);
    const { body, ...rest } = record;
    const found = await store.get('r1');
    expect(found).toMatchObject({ kind: 'found', value: { ...rest, state: 'held', approvals: [] } });
    if (found.kind !== 'found') return;
    expect(Buffer.from(found.value.body ?? []).equals(body)).toBe(true);
    expect([found.value.sender, found.value.recipients]).toEqual([
      pseudonymOf('+1 202 555 0111'),
      [pseudonymOf('12025550122')],
    ]);
    expect(await store.get('r2')).toEqual({ kind: 'unknown' });
  });

  it('stores no octet of the message, and no plain number', async () => {
    const database = await scratchDatabase(dialect);
    await holdAll(storeOn(database), [recordOf()]);
    const dump = await database.transaction(
      ['quarantine', 'quarantine_bodies', 'quarantine_terms'].map((table) => ({
        sql: `SELECT * FROM ${table}`,
        values: [],
      })),
    );
    const octets = dump.ok ? dump.rows.flat().flatMap((row) => Object.values(row)) : [];
    const text = octets.map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(text.join(' ')).not.toMatch(/octets of a message|2025550111|2025550122/);
  });

  it('holds a record once, however often it is asked', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    await holdAll(store, [recordOf(), recordOf()]);
    expect(await statsOf(store)).toMatchObject({ records: { held: 1 }, bytes: 19 });
  });

  it('holds an inbound message once while its handset asks again, and an outbound one each time', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    const inbound = { direction: 'inbound', http: { ...recordOf().http, path: '/m1' } } as const;
    await holdAll(store, [
      { id: 'a', ...inbound },
      { id: 'b', ...inbound },
      { id: 'c' },
      { id: 'd' },
      { id: 'e', ...inbound, http: { ...inbound.http, path: '/m2' } },
    ]);
    expect((await idsOf(store, {})).toSorted()).toEqual(['a', 'c', 'd', 'e']);
  });

  it('keeps equal bodies once, and wipes them with the last record', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    await holdAll(store, [{ id: 'a' }, { id: 'b' }, { id: 'c', body: Buffer.from('other') }]);
    expect((await statsOf(store)).bytes).toBe(19 + 5);
    expect(await store.end('a', 'deleted', ACT)).toEqual({ kind: 'done' });
    expect((await statsOf(store)).bytes).toBe(19 + 5);
    expect(await store.get('b')).toMatchObject({ value: { body: Buffer.from('octets of a message') } });
    await store.end('b', 'deleted', ACT);
    expect(await statsOf(store)).toMatchObject({ bytes: 5, records: { held: 1, deleted: 2 } });
    expect(await store.get('b')).toMatchObject({
      value: { body: undefined, state: 'deleted', ended: ACT },
    });
  });

  it('holds as many records as the limit says, and not one more', async () => {
    const store = storeOn(await scratchDatabase(dialect), { limits: { recordsMax: 2 } });
    await holdAll(store, [{ id: 'a' }, { id: 'b' }]);
    expect(await store.hold(recordOf({ id: 'c' }))).toEqual({ kind: 'full', limit: 'records' });
    expect(await store.get('c')).toEqual({ kind: 'unknown' });
    await store.end('a', 'deleted', ACT);
    expect(await store.hold(recordOf({ id: 'c' }))).toEqual({ kind: 'held' });
  });

  it('holds as many octets as the limit says, and not one more', async () => {
    const store = storeOn(await scratchDatabase(dialect), { limits: { bytesMax: 10 } });
    const of = (id: string, length: number, fill: string) =>
      recordOf({ id, body: Buffer.alloc(length, fill) });
    await holdAll(store, [of('a', 5, 'a'), of('b', 5, 'b'), of('again', 5, 'a')]);
    expect(await store.hold(of('c', 1, 'c'))).toEqual({ kind: 'full', limit: 'bytes' });
    expect(await statsOf(store)).toMatchObject({ bytes: 10, records: { held: 3 } });
  });

  it('does not pass its limit when many are held at once', async () => {
    const store = storeOn(await scratchDatabase(dialect), { limits: { recordsMax: 5 } });
    const ids = Array.from({ length: 20 }, (_, index) => `r${index}`);
    const results = await Promise.all(ids.map((id) => store.hold(recordOf({ id }))));
    expect(results.filter(({ kind }) => kind === 'held')).toHaveLength(5);
    expect((await statsOf(store)).records.held).toBe(5);
  });

  it('lets one of two releases have a record', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    await holdAll(store, [{}]);
    const claims = await Promise.all([store.claim('r1', ACT), store.claim('r1', ACT)]);
    expect(claims.map(({ kind }) => kind).toSorted()).toEqual(['done', 'not-held']);
    expect(await store.end('r1', 'deleted', ACT)).toEqual({
      kind: 'not-held',
      state: 'held',
      isClaimed: true,
    });
    expect(await store.end('r1', 'released', ACT)).toEqual({ kind: 'done' });
    expect(await store.claim('r1', ACT)).toEqual({ kind: 'not-held', state: 'released', isClaimed: false });
  });

  it('releases nothing that was not claimed, and lets a claim be given up', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    await holdAll(store, [{}]);
    expect(await store.end('r1', 'released', ACT)).toMatchObject({ kind: 'not-held', state: 'held' });
    await store.claim('r1', ACT);
    expect(await store.unclaim('r1')).toEqual({ kind: 'done' });
    expect(await store.end('r1', 'deleted', ACT)).toEqual({ kind: 'done' });
    expect(await store.unclaim('r1')).toMatchObject({ kind: 'not-held' });
    expect(await store.claim('r2', ACT)).toEqual({ kind: 'unknown' });
  });

  it('forgets the claim of a process that died, after a while and not before', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    await holdAll(store, [{}]);
    await store.claim('r1', ACT);
    const after = (ms: number) => ({ ...ACT, atMs: ACT.atMs + ms });
    expect(await store.claim('r1', after(CLAIM_MS))).toMatchObject({ kind: 'not-held', isClaimed: true });
    expect(await store.claim('r1', after(CLAIM_MS + 1))).toEqual({ kind: 'done' });
  });

  it('counts each person once who agrees to a release', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    await holdAll(store, [{}]);
    await store.approve('r1', ACT);
    expect(await store.approve('r1', ACT)).toEqual({ kind: 'found', value: ['ann'] });
    expect(await store.approve('r1', { ...ACT, atMs: ACT.atMs + 1, by: 'bob' })).toEqual({
      kind: 'found',
      value: ['ann', 'bob'],
    });
    expect(await store.get('r1')).toMatchObject({ value: { approvals: ['ann', 'bob'] } });
    expect(await store.approve('r2', ACT)).toEqual({ kind: 'unknown' });
  });

  it.each<[string, RecordFilter, readonly string[]]>([
    ['time', { fromMs: AT_MS + 1, toMs: AT_MS + 3 }, ['c', 'b']],
    ['state', { state: 'deleted' }, ['b']],
    ['direction', { direction: 'inbound' }, ['c']],
    ['severity', { severity: 'low' }, ['d']],
    ['a number of a sender', { number: '+1 (202) 555-0199' }, ['d']],
    ['a number of a recipient', { number: '12025550122' }, ['d', 'c', 'b', 'a']],
    ['a pseudonym', { pseudonym: pseudonymOf('12025550199') }, ['d']],
    ['a rule', { reason: 'mmsguard:EXPL_X' }, ['d', 'c', 'b', 'a']],
    ['a gap', { reason: 'truncated' }, ['a']],
    ['two things', { reason: 'mmsguard:EXPL_X', number: '12025550199' }, ['d']],
    ['nothing that is there', { reason: 'none' }, []],
  ])('finds by %s, the newest first', async (_, filter, ids) => {
    const store = storeOn(await scratchDatabase(dialect));
    await holdAll(store, [
      { id: 'a', gaps: [{ reason: 'undecodable', code: 'truncated', part: undefined, offset: 1 }] },
      { id: 'b' },
      { id: 'c', direction: 'inbound' },
      { id: 'd', severity: 'low', envelope: { ...recordOf().envelope, sender: '12025550199' } },
    ]);
    await store.end('b', 'deleted', ACT);
    expect(await idsOf(store, filter)).toEqual(ids);
  });

  it('goes on behind a page, whatever comes in the meantime', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    await holdAll(store, [{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    const first = await store.list({}, { limit: 2 });
    if (first.kind !== 'found') throw new Error(first.kind);
    expect(first.value.items.map(({ id }) => id)).toEqual(['c', 'b']);
    await store.hold(recordOf({ id: 'z', atMs: AT_MS + 9 }));
    const { next = '' } = first.value;
    const second = await store.list({}, { limit: 2, cursor: next });
    expect(second).toMatchObject({ value: { items: [{ id: 'a' }], next: undefined } });
    expect(await store.list({}, { limit: 2, cursor: 'no cursor' })).toEqual({ kind: 'unknown' });
  });

  it('ends what has been held for long enough, in steps', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    const ids = Array.from({ length: EXPIRE_STEP + 1 }, (_, index) => `r${index}`);
    await holdAll(store, [...ids.map((id) => ({ id })), { id: 'later', expiresAtMs: AT_MS + 2e6 }]);
    expect(await store.expire(AT_MS + 1e6 - 1)).toEqual({ kind: 'found', value: 0 });
    expect(await store.expire(AT_MS + 1e6)).toEqual({ kind: 'found', value: EXPIRE_STEP + 1 });
    expect((await statsOf(store)).records).toEqual({
      held: 1,
      released: 0,
      deleted: 0,
      expired: EXPIRE_STEP + 1,
    });
  });

  it('serves what was released until it expires', async () => {
    const store = storeOn(await scratchDatabase(dialect));
    await holdAll(store, [{ direction: 'inbound', http: { ...recordOf().http, path: '/m1' } }]);
    expect(await store.releasedAt('mmsc', '/m1')).toEqual({ kind: 'unknown' });
    await store.claim('r1', ACT);
    await store.end('r1', 'released', ACT);
    expect(await store.releasedAt('MMSC', '/m1')).toMatchObject({ kind: 'found', value: { id: 'r1' } });
    expect(await store.expire(AT_MS + 1e6)).toEqual({ kind: 'found', value: 1 });
    expect(await store.releasedAt('mmsc', '/m1')).toEqual({ kind: 'unknown' });
    expect(await statsOf(store)).toMatchObject({ bytes: 0, records: { released: 1 } });
  });

  it('opens records of older keys, and says which key is missing', async () => {
    const database = await scratchDatabase(dialect);
    await holdAll(storeOn(database), [{}]);
    const newKey = { id: 'k2', key: randomBytes(32) };
    const both = storeOn(database, { keyring: new Keyring([newKey, KEY]) });
    expect(await both.get('r1')).toMatchObject({ kind: 'found' });
    const onlyNew = storeOn(database, { keyring: new Keyring([newKey]) });
    expect(await onlyNew.get('r1')).toMatchObject({ kind: 'failed', code: 'key-missing' });
    expect(await onlyNew.list({}, { limit: 1 })).toMatchObject({ kind: 'found' });
  });

  it('shows a record that was changed behind its back', async () => {
    const database = await scratchDatabase(dialect);
    const store = storeOn(database);
    await holdAll(store, [{ id: 'a' }, { id: 'b', body: Buffer.from('other') }]);
    await database.transaction([
      {
        sql: `UPDATE quarantine_bodies SET body = (SELECT body FROM quarantine_bodies WHERE bytes = 5) WHERE bytes = 19`,
        values: [],
      },
    ]);
    expect(await store.get('a')).toMatchObject({ kind: 'failed', code: 'seal-broken' });
  });

  it.each(['\0', '\ud800', `'; DROP TABLE quarantine; --`, 'x'.repeat(1_000_000)])(
    'takes hostile text wherever there is text (%#)',
    async (text) => {
      const store = storeOn(await scratchDatabase(dialect));
      const [reason] = recordOf().decision.reasons;
      const hostile = recordOf({
        contentType: text,
        ruleSetDigest: text,
        envelope: { sender: text, from: text, recipients: [text] },
        http: { method: text, authority: text, path: text, headers: [text, text] },
        decision: decisionOf('quarantine', {
          profile: text,
          reasons: [{ ...reason!, code: text, entry: text }],
        }),
        versions: { [text.slice(0, 9)]: text },
      });
      expect(await store.hold(hostile)).toEqual({ kind: 'held' });
      expect(await store.get('r1')).toMatchObject({ kind: 'found', value: { state: 'held' } });
      expect(await idsOf(store, { number: text })).toEqual(['r1']);
      expect(await idsOf(store, { reason: text })).toEqual(['r1']);
      expect(await store.end('r1', 'deleted', { atMs: AT_MS, by: text, why: text })).toEqual({
        kind: 'done',
      });
    },
  );
});
