import { describe, expect, it } from 'vitest';
import type { UpstreamRequest } from '../../src/proxy/forwarder.ts';
import { QuarantineActs } from '../../src/proxy/quarantine-acts.ts';
import type { NewRecord } from '../../src/storage/quarantine-store.ts';
import { newRecord } from '../support/held-records.ts';
import { localScanner } from '../support/local-scanner.ts';
import { MemoryQuarantine } from '../support/memory-quarantine.ts';
import { sendConfirmation } from '../support/mms-messages.ts';
import { proxySettings } from '../support/proxy-settings.ts';
import { RecordedAudit, RecordedTasks } from '../support/recorded-tasks.ts';

const MMSC = { host: 'mmsc', port: 80, connect: { protocol: 'http:', host: '127.0.0.1', port: 1 } } as const;
const LATER = Date.UTC(2027, 0, 1);
const ACT = { atMs: LATER, by: 'ada', why: 'harmless' };
const REQUEST = { ...ACT, force: false };

async function startActs(...records: readonly NewRecord[]) {
  const store = await MemoryQuarantine.with(...records);
  const [audit, tasks] = [new RecordedAudit(), new RecordedTasks()];
  const sent: UpstreamRequest[] = [];
  const answer = {
    kind: 'response',
    status: 200,
    statusMessage: 'OK',
    httpVersion: '1.1',
    rawHeaders: [],
    body: sendConfirmation(),
  } as const;
  const forwarder = {
    send: (request: UpstreamRequest) => {
      sent.push(request);
      return Promise.resolve(answer);
    },
    close: () => undefined,
  };
  const errors: unknown[] = [];
  const acts = new QuarantineActs({
    settings: proxySettings(MMSC),
    store,
    audit,
    tasks,
    scanner: localScanner(),
    forwarder,
    announcer: undefined,
    openRules: () => Promise.resolve({ ok: false, problems: ['no such rules'] }),
    twoPersonSeverities: new Set(),
    nowMs: () => LATER,
    onError: (error) => errors.push(error),
  });
  return { acts, store, audit, tasks, sent, errors };
}

describe('the acts on held messages', () => {
  it('release one by the forwarder', async () => {
    const record = newRecord();
    const { acts, sent } = await startActs(record);
    expect(await acts.release(record.id, REQUEST)).toEqual({
      kind: 'released',
      messageId: 'M',
      announced: false,
    });
    expect(sent).toHaveLength(1);
  });

  it('announce nothing without a push gateway', async () => {
    const record = newRecord({ direction: 'inbound' });
    const { acts, sent } = await startActs(record);
    expect(await acts.release(record.id, REQUEST)).toMatchObject({ kind: 'released', announced: false });
    expect(sent).toEqual([]);
  });

  it('scan one again and change nothing', async () => {
    const [record, broken] = [newRecord(), newRecord({ body: Buffer.from('no PDU') })];
    const { acts, store } = await startActs(record, broken);
    expect(await acts.rescan(record.id)).toMatchObject({ kind: 'scanned', action: 'forward', reasons: [] });
    expect(await acts.rescan(broken.id)).toMatchObject({
      kind: 'scanned',
      outcome: { kind: 'not-inspected' },
      action: 'refuse',
    });
    expect(await acts.rescan('none')).toEqual({ kind: 'unknown' });
    expect(store.stateOf(record.id)).toEqual({ state: 'held', isClaimed: false });
    await store.end(record.id, 'deleted', ACT);
    expect(await acts.rescan(record.id)).toEqual({ kind: 'no-content' });
    store.failing.add('get');
    expect(await acts.rescan(record.id)).toMatchObject({ kind: 'failed' });
  });

  it('release everything that fits, and what is bad today not', async () => {
    const records = [newRecord(), newRecord(), newRecord({ body: Buffer.from('no PDU') })];
    const { acts, tasks, sent, audit } = await startActs(...records);
    const task = await tasks.ended(await acts.releaseAll({}, REQUEST));
    expect(task).toMatchObject({
      kind: 'bulk-release',
      state: 'done',
      total: 3,
      done: 3,
      result: {
        counts: { released: 2, 'still-bad': 1 },
        records: [{ id: records[2]?.id, result: 'still-bad' }],
      },
    });
    expect([sent.length, audit.acts.length]).toEqual([2, 6]);
  });

  it('delete everything that fits', async () => {
    const [outbound, inbound] = [newRecord(), newRecord({ direction: 'inbound' })];
    const { acts, store, tasks } = await startActs(outbound, inbound);
    const task = await tasks.ended(await acts.deleteAll({ direction: 'inbound' }, ACT));
    expect(task).toMatchObject({ kind: 'bulk-delete', done: 1, result: { counts: { deleted: 1 } } });
    expect([store.stateOf(outbound.id).state, store.stateOf(inbound.id).state]).toEqual(['held', 'deleted']);
  });

  it('hunt with the rules of now, or with others', async () => {
    const { acts, tasks } = await startActs(newRecord());
    expect(await tasks.ended(await acts.hunt({}, ACT))).toMatchObject({
      kind: 'retro-hunt',
      state: 'done',
      result: { counts: { changed: 1 }, records: [{ was: 'quarantine', now: 'forward' }] },
    });
    expect(await tasks.ended(await acts.hunt({}, { ...ACT, rules: 'new' }))).toMatchObject({
      state: 'failed',
      result: { problems: ['no such rules'] },
    });
  });

  it('end their tasks when they are told to, and when they close', async () => {
    const { acts, tasks, errors } = await startActs(...Array.from({ length: 50 }, () => newRecord()));
    const cancelled = await acts.deleteAll({}, ACT);
    if (cancelled.kind === 'failed') throw new Error(cancelled.detail);
    expect([acts.cancelTask(cancelled.id), acts.cancelTask('none')]).toEqual([true, false]);
    expect(await tasks.ended(cancelled)).toMatchObject({ state: 'cancelled' });
    const interrupted = await acts.hunt({}, ACT);
    await acts.close();
    expect(await tasks.ended(interrupted)).toMatchObject({ state: 'interrupted' });
    expect(errors).toEqual([]);
  });
});

describe('closing', () => {
  it('waits for a release that is under way', async () => {
    const record = newRecord();
    const { acts, store } = await startActs(record);
    const release = acts.release(record.id, REQUEST);
    await acts.close();
    expect(store.stateOf(record.id).state).toBe('released');
    expect(await release).toMatchObject({ kind: 'released' });
  });
});
