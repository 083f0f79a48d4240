/** What the quarantine gives back of what was sealed, and what it says where it cannot. */
import { describe, expect, it } from 'vitest';
import type { ScanReport } from '../../src/inspection/scan-outcome.ts';
import type { SqlDatabase } from '../../src/storage/sql-database.ts';
import { HELD_AT_MS, newRecord } from '../support/held-records.ts';
import { DIALECTS, scratchDatabase } from '../support/sql-databases.ts';
import { NEXT_KEY, quarantineIn, statsOf, TEST_KEY } from '../support/sql-quarantine.ts';

const REPORT: ScanReport = {
  pdu: {
    type: 'm-send-req',
    headers: {
      transactionId: 't1',
      from: { kind: 'address', address: { text: '\ufffd', charset: 17, raw: Uint8Array.of(0x81, 0) } },
    },
    recipients: ['+12025550122/TYPE=PLMN'],
  },
  anomalies: [],
  findings: [],
  matches: [],
  parts: [{ family: 'image', declaredType: 'image/jpeg', sniffedType: '', octets: 7 }],
  ruleSetDigest: 'd1',
};

async function change(database: SqlDatabase, sql: string): Promise<void> {
  expect(await database.transaction([{ sql, values: [] }])).toMatchObject({ ok: true });
}

describe.each(DIALECTS)('what is sealed in %s', (dialect) => {
  it('comes back with the octets that a report holds', async () => {
    const store = quarantineIn(await scratchDatabase(dialect));
    const record = newRecord({ report: REPORT });
    await store.hold(record);
    expect(await store.get(record.id)).toMatchObject({ kind: 'found', value: { report: REPORT } });
  });

  it('is sealed again when an equal body comes after its key was taken away', async () => {
    const database = await scratchDatabase(dialect);
    const [before, after] = [newRecord(), newRecord()];
    const { body } = after;
    await quarantineIn(database, { keys: [TEST_KEY] }).hold(before);
    const rotated = quarantineIn(database, { keys: [NEXT_KEY] });
    expect(await rotated.hold(after)).toEqual({ kind: 'held' });
    expect(await rotated.get(after.id)).toMatchObject({ kind: 'found', value: { body: Buffer.from(body) } });
    expect(await rotated.get(before.id)).toEqual({
      kind: 'failed',
      code: 'key-missing',
      detail: 'sealed with the key k1',
    });
    expect((await statsOf(rotated)).bytes).toBe(2 * body.length);
    for (const { id } of [before, after])
      await rotated.end(id, 'deleted', { atMs: HELD_AT_MS, by: 'ann', why: '' });
    expect((await statsOf(rotated)).bytes).toBe(0);
  });

  it.each([
    [
      'the body of another record',
      'UPDATE quarantine_bodies SET body = (SELECT body FROM quarantine_bodies ORDER BY body_key LIMIT 1)',
    ],
    [
      'what is known of another record',
      'UPDATE quarantine SET sealed = (SELECT sealed FROM quarantine ORDER BY id LIMIT 1)',
    ],
    [
      'the body of another record, and its hash',
      `UPDATE quarantine SET content_hash = (SELECT MAX(content_hash) FROM quarantine),
       body_key = (SELECT MAX(body_key) FROM quarantine)`,
    ],
  ])('is broken when somebody puts %s in its place', async (_, sql) => {
    const database = await scratchDatabase(dialect);
    const store = quarantineIn(database);
    const records = [newRecord({ body: Buffer.from('one') }), newRecord({ body: Buffer.from('two') })];
    for (const record of records) await store.hold(record);
    await change(database, sql);
    const found = await Promise.all(records.map(({ id }) => store.get(id)));
    expect(found.map((result) => (result.kind === 'failed' ? result.code : result.kind)).toSorted()).toEqual([
      'found',
      'seal-broken',
    ]);
  });

  it('has no octet of a wiped body left', async () => {
    const database = await scratchDatabase(dialect);
    const store = quarantineIn(database);
    const record = newRecord();
    await store.hold(record);
    await store.end(record.id, 'deleted', { atMs: HELD_AT_MS, by: 'ann', why: '' });
    const left = await database.transaction([{ sql: 'SELECT * FROM quarantine_bodies', values: [] }]);
    expect(left).toEqual({ ok: true, rows: [[]] });
  });

  it.each(['\0', 'a\0b', '\ud800', "'", 'x'.repeat(1_000_000)])(
    'is asked for by hostile ids without a stir (%#)',
    async (id) => {
      const store = quarantineIn(await scratchDatabase(dialect));
      const act = { atMs: HELD_AT_MS, by: id, why: id };
      expect([
        await store.get(id),
        await store.claim(id, act),
        await store.unclaim(id),
        await store.approve(id, act),
        await store.end(id, 'deleted', act),
        await store.releasedAt(id, id),
      ]).toEqual(Array.from({ length: 6 }, () => ({ kind: 'unknown' })));
      expect(await store.hold(newRecord({ id }))).toEqual({ kind: 'held' });
      expect(await store.get(id)).toMatchObject({ kind: 'found' });
      expect(await store.list({ reason: id, number: id, contentHash: id }, { limit: 1, cursor: id })).toEqual(
        {
          kind: 'unknown',
        },
      );
    },
  );
});
