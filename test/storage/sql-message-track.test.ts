import { describe, expect, it } from 'vitest';
import {
  MESSAGE_ENDS,
  TRACKED_REASONS_MAX,
  type TrackedMessage,
  type TrackFilter,
} from '../../src/storage/message-track.ts';
import type { SqlDatabase, SqlResult } from '../../src/storage/sql-database.ts';
import { PRUNE_STEP, SqlMessageTrack } from '../../src/storage/sql-message-track.ts';
import { TRACK_BUFFER_LIMITS } from '../../src/storage/track-buffer.ts';
import { DIALECTS, postgresServer, scratchDatabase } from '../support/sql-databases.ts';
import { trackedMessageOf } from '../support/tracked-messages.ts';

const AT_MS = 1_764_028_800_000;

const pseudonymOf = (number: string): string => `p(${number.slice(-2)})`;

/** A track whose bugs are those of the test. */
function trackOn(database: SqlDatabase): SqlMessageTrack {
  return new SqlMessageTrack({
    database,
    pseudonymOf,
    onBug: (error) => {
      throw error;
    },
  });
}

async function noted(track: SqlMessageTrack, ...messages: readonly TrackedMessage[]): Promise<void> {
  for (const message of messages) track.note(message);
  await track.flush();
  expect(track.lost).toBe(0);
}

async function idsOf(track: SqlMessageTrack, filter: TrackFilter, limit = 100): Promise<readonly string[]> {
  const page = await track.list(filter, { limit });
  if (page.kind !== 'found') throw new Error(page.kind);
  return page.value.items.map(({ id }) => id);
}

const NARROWED = [
  trackedMessageOf({ id: 'a', atMs: AT_MS, sender: '11', recipients: ['22', '33'], reasons: ['x'] }),
  trackedMessageOf({
    id: 'b',
    atMs: AT_MS + 1,
    direction: 'inbound',
    recipients: ['11'],
    contentHash: 'h2',
  }),
  trackedMessageOf({
    id: 'c',
    atMs: AT_MS + 2,
    end: 'refused',
    action: 'refuse',
    sender: '22',
    reasons: ['x', 'y'],
  }),
  // A pseudonym that reads like a reason is none.
  trackedMessageOf({ id: 'd', atMs: AT_MS + 3, end: 'stripped', action: 'strip', reasons: ['p(11)'] }),
];
const FILTERS: readonly (readonly [TrackFilter, readonly string[]])[] = [
  [{}, ['d', 'c', 'b', 'a']],
  [{ fromMs: AT_MS + 1 }, ['d', 'c', 'b']],
  [{ toMs: AT_MS + 1 }, ['a']],
  [{ fromMs: AT_MS + 1, toMs: AT_MS + 2 }, ['b']],
  [{ direction: 'inbound' }, ['b']],
  [{ end: 'refused' }, ['c']],
  [{ action: 'strip' }, ['d']],
  [{ contentHash: 'h2' }, ['b']],
  [{ number: '11' }, ['b', 'a']],
  [{ pseudonym: 'p(22)' }, ['c', 'a']],
  [{ reason: 'x' }, ['c', 'a']],
  [{ reason: 'p(11)' }, ['d']],
  [{ number: '22', reason: 'x' }, ['c', 'a']],
  [{ number: '11', pseudonym: 'p(33)' }, ['a']],
  [{ number: '22', pseudonym: 'p(33)', reason: 'x', fromMs: AT_MS }, ['a']],
  [{ reason: 'x', end: 'refused' }, ['c']],
  [{ reason: 'x', toMs: AT_MS + 2 }, ['a']],
  [{ reason: 'unheard of' }, []],
];

describe.each(DIALECTS)('the track in %s', (dialect) => {
  it('keeps a message as it was noted, with pseudonyms for its numbers', async () => {
    const track = trackOn(await scratchDatabase(dialect));
    const message = trackedMessageOf({
      id: 'a',
      pduType: 'm-send-req',
      end: 'refused',
      code: 'content',
      reasons: ['ours:rule', 'html-script'],
      sender: '+12025550111',
      recipients: ['+12025550122', 'ana@example.com'],
      ruleSetDigest: 'd1',
      durationsMs: { scan: 1.5 },
    });
    const bare = trackedMessageOf({ id: 'b' });
    await noted(track, message, bare);
    const kept = { ...message, sender: 'p(11)', recipients: ['p(22)', 'p(om)'] };
    expect(await track.get('a')).toStrictEqual({ kind: 'found', value: [kept] });
    expect(await track.get('b')).toStrictEqual({ kind: 'found', value: [bare] });
  });

  it('puts no plain number into the database', async () => {
    const database = await scratchDatabase(dialect);
    await noted(
      trackOn(database),
      trackedMessageOf({ sender: '+12025550111', recipients: ['+12025550122'] }),
    );
    const read = await database.transaction([
      { sql: 'SELECT * FROM message_track', values: [] },
      { sql: 'SELECT * FROM message_track_terms', values: [] },
    ]);
    expect(JSON.stringify(read)).toContain('p(22)');
    expect(JSON.stringify(read)).not.toContain('2025550');
  });

  it('keeps so many reasons, and not one more', async () => {
    const track = trackOn(await scratchDatabase(dialect));
    const reasons = Array.from({ length: TRACKED_REASONS_MAX + 1 }, (_, index) => `r${index}`);
    await noted(track, trackedMessageOf({ id: 'a', reasons }));
    expect(await track.get('a')).toMatchObject({
      value: [{ reasons: reasons.slice(0, TRACKED_REASONS_MAX) }],
    });
    expect(await idsOf(track, { reason: `r${TRACKED_REASONS_MAX - 1}` })).toEqual(['a']);
    expect(await idsOf(track, { reason: `r${TRACKED_REASONS_MAX}` })).toEqual([]);
  });

  it('keeps both messages of one exchange, and each of them once', async () => {
    const track = trackOn(await scratchDatabase(dialect));
    const outbound = trackedMessageOf({ id: 'a', direction: 'outbound', reasons: ['x'] });
    const inbound = trackedMessageOf({ id: 'a', direction: 'inbound', reasons: ['x'] });
    await noted(track, outbound, inbound);
    await noted(track, outbound, inbound, outbound);
    expect(await track.get('a')).toStrictEqual({ kind: 'found', value: [outbound, inbound] });
    expect(await idsOf(track, {})).toEqual(['a', 'a']);
    expect(await idsOf(track, { reason: 'x' })).toEqual(['a', 'a']);
    expect(await track.counts({})).toMatchObject({ value: { forwarded: 2 } });
  });

  it('keeps one of each when a batch is written again after a timeout that was none', async () => {
    const database = await scratchDatabase(dialect);
    let isLate = true;
    const late: SqlDatabase = {
      dialect,
      close: () => database.close(),
      transaction: async (statements) => {
        const result: SqlResult = await database.transaction(statements);
        const said: SqlResult = isLate ? { ok: false, code: 'timeout', detail: '' } : result;
        isLate = false;
        return said;
      },
    };
    const limits = { ...TRACK_BUFFER_LIMITS, retryAfterMs: 1 };
    const track = new SqlMessageTrack({ database: late, pseudonymOf, onBug: () => undefined, limits });
    await noted(track, ...['a', 'b'].map((id) => trackedMessageOf({ id, reasons: ['x'], sender: '11' })));
    expect((await idsOf(track, { reason: 'x', number: '11' })).toSorted()).toEqual(['a', 'b']);
    expect(await track.counts({})).toMatchObject({ value: { forwarded: 2 } });
  });

  it('writes more messages and terms than a statement has room for', async () => {
    const track = trackOn(await scratchDatabase(dialect));
    const recipients = Array.from({ length: 512 }, (_, index) => `${index}-${index % 100}`);
    await noted(track, ...Array.from({ length: 1111 }, (_, index) => trackedMessageOf({ id: `m${index}` })));
    await noted(track, trackedMessageOf({ id: 'many', recipients }));
    expect(await track.counts({})).toMatchObject({ value: { forwarded: 1112 } });
    expect(await track.get('many')).toMatchObject({ value: [{ recipients: { length: 512 } }] });
  });

  it('keeps hostile texts, and finds them', async () => {
    const track = trackOn(await scratchDatabase(dialect));
    const hostile = `'";--\0\ud800\u202e${'x'.repeat(10_000)}`;
    const message = trackedMessageOf({
      ...{ id: 'a', code: hostile, profile: hostile, reasons: [hostile], ruleSetDigest: hostile },
      ...{ sender: hostile, recipients: [hostile], durationsMs: { [hostile]: 1 } },
    });
    await noted(track, message);
    expect(await track.get('a')).toMatchObject({
      value: [{ code: hostile, profile: hostile, reasons: [hostile] }],
    });
    expect(await idsOf(track, { reason: hostile })).toEqual(['a']);
    expect(await track.get(hostile)).toEqual({ kind: 'unknown' });
    for (const filter of [{ number: hostile }, { pseudonym: hostile }, { contentHash: hostile }])
      expect((await track.list(filter, { limit: 1 })).kind).toBe('found');
  });

  it('lists and counts what fits a filter', async () => {
    const track = trackOn(await scratchDatabase(dialect));
    await noted(track, ...NARROWED);
    for (const [filter, ids] of FILTERS) {
      const fitting = NARROWED.filter(({ id }) => ids.includes(id));
      const counts = MESSAGE_ENDS.map((end) => [
        end,
        fitting.filter((message) => message.end === end).length,
      ]);
      expect([filter, await idsOf(track, filter)]).toEqual([filter, ids]);
      expect([filter, await track.counts(filter)]).toEqual([
        filter,
        { kind: 'found', value: Object.fromEntries(counts) as unknown },
      ]);
    }
  });

  it.each([{}, { reason: 'x' }])('lists %j page by page, each once, while more come', async (filter) => {
    const track = trackOn(await scratchDatabase(dialect));
    const at = (index: number) => AT_MS + Math.floor(index / 4);
    const ids = Array.from({ length: 10 }, (_, index) => `m${index}`);
    await noted(track, ...ids.map((id, index) => trackedMessageOf({ id, atMs: at(index), reasons: ['x'] })));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await track.list(filter, { limit: 3, ...(cursor !== undefined && { cursor }) });
      if (page.kind !== 'found') throw new Error(page.kind);
      seen.push(...page.value.items.map(({ id }) => id));
      cursor = page.value.next;
      await noted(track, trackedMessageOf({ id: `late${seen.length}`, atMs: AT_MS + 1000, reasons: ['x'] }));
    } while (cursor !== undefined);
    expect(seen).toEqual(ids.toReversed());
  });

  it('lists nothing for a cursor that is none', async () => {
    const track = trackOn(await scratchDatabase(dialect));
    expect(await track.list({}, { limit: 1, cursor: 'nonsense' })).toEqual({ kind: 'unknown' });
  });

  it('forgets what is older, in steps, with its terms', async () => {
    const database = await scratchDatabase(dialect);
    const track = trackOn(database);
    const old = Array.from({ length: PRUNE_STEP + 5 }, (_, index) => {
      return trackedMessageOf({ id: `old${index}`, atMs: AT_MS + Math.floor(index / 3), reasons: ['x'] });
    });
    const cutMs = AT_MS + PRUNE_STEP;
    await noted(track, ...old, trackedMessageOf({ id: 'kept', atMs: cutMs, reasons: ['x'] }));
    expect(await track.prune(cutMs)).toEqual({ kind: 'found', value: old.length });
    expect(await track.prune(cutMs)).toEqual({ kind: 'found', value: 0 });
    expect(await idsOf(track, {})).toEqual(['kept']);
    const terms = await database.transaction([{ sql: 'SELECT id FROM message_track_terms', values: [] }]);
    expect(terms).toEqual({ ok: true, rows: [[{ id: 'kept' }]] });
  });

  it('forgets many messages of one moment', async () => {
    const track = trackOn(await scratchDatabase(dialect));
    const messages = Array.from({ length: PRUNE_STEP + 1 }, (_, index) =>
      trackedMessageOf({ id: `m${index}`, atMs: AT_MS }),
    );
    await noted(track, ...messages);
    expect(await track.prune(AT_MS + 1)).toEqual({ kind: 'found', value: messages.length });
  });
});

describe.runIf(DIALECTS.includes('postgres'))('the track of a PostgreSQL that goes away', () => {
  it('writes what was noted meanwhile once it is back', async () => {
    const database = await scratchDatabase('postgres');
    const limits = { ...TRACK_BUFFER_LIMITS, writeAfterMs: 1, retryAfterMs: 50 };
    const track = new SqlMessageTrack({ database, pseudonymOf, onBug: () => undefined, limits });
    await noted(track, trackedMessageOf({ id: 'before' }));
    postgresServer().stop();
    track.note(trackedMessageOf({ id: 'meanwhile' }));
    expect((await track.list({}, { limit: 1 })).kind).toBe('failed');
    postgresServer().start();
    await track.flush();
    expect([track.lost, (await idsOf(track, {})).toSorted()]).toEqual([0, ['before', 'meanwhile']]);
    await track.close();
  });
});

describe('the track of a database that does not answer', () => {
  it('says so, and loses only what waits when it is closed', async () => {
    const track = new SqlMessageTrack({
      pseudonymOf,
      onBug: () => undefined,
      database: {
        dialect: 'sqlite',
        transaction: () => Promise.resolve({ ok: false, code: 'unavailable', detail: 'gone' }),
        close: () => Promise.resolve(),
      },
    });
    const acts = [track.list({}, { limit: 1 }), track.get('a'), track.counts({}), track.prune(0)];
    for (const act of acts)
      expect(await act).toEqual({ kind: 'failed', code: 'unavailable', detail: 'gone' });
    track.note(trackedMessageOf());
    expect(track.lost).toBe(0);
    await track.close();
    expect(track.lost).toBe(1);
  });
});
