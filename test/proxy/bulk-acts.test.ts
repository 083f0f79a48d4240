import { describe, expect, it } from 'vitest';
import { bulkDelete, bulkRelease } from '../../src/proxy/bulk-acts.ts';
import type { RecordWork } from '../../src/proxy/task-run.ts';
import type { ReleaseRequest, ReleaseResult } from '../../src/storage/quarantine-service.ts';
import { newRecord } from '../support/held-records.ts';
import { MemoryQuarantine } from '../support/memory-quarantine.ts';
import { RecordedAudit } from '../support/recorded-tasks.ts';

const REQUEST = { atMs: 1, by: 'ada', why: 'rule was wrong', force: true };
const RECORD = newRecord();

async function setUp(result: ReleaseResult = { kind: 'unknown' }) {
  const store = await MemoryQuarantine.with(RECORD);
  const audit = new RecordedAudit();
  const requests: ReleaseRequest[] = [];
  const release = (_id: string, request: ReleaseRequest): Promise<ReleaseResult> => {
    requests.push(request);
    return Promise.resolve(result);
  };
  return { store, audit, requests, parts: { store, audit, release, nowMs: () => 77 } };
}

async function workOn(work: RecordWork, store: MemoryQuarantine) {
  const start = await work.begin('task-1', new AbortController().signal);
  const page = await store.list({}, { limit: 1 });
  if (!start.ok || page.kind !== 'found') throw new Error('not begun');
  return start.steps.each(page.value.items[0]!);
}

const ENTRY = { atMs: 77, by: 'ada', role: 'task', target: RECORD.id };

describe('a bulk release', () => {
  it('releases each record as it was asked, and has it in the audit log before and after', async () => {
    const { store, audit, requests, parts } = await setUp({
      kind: 'released',
      messageId: 'M',
      announced: false,
    });
    expect(await workOn(bulkRelease({}, REQUEST, parts), store)).toEqual({ result: 'released' });
    expect(requests).toEqual([{ ...REQUEST, atMs: 77 }]);
    const act = 'quarantine.release';
    expect(audit.acts).toEqual([
      { ...ENTRY, act, detail: { task: 'task-1', why: 'rule was wrong' } },
      { ...ENTRY, act, detail: { task: 'task-1', of: 1, result: 'released' } },
    ]);
  });

  it.each([
    [{ kind: 'approval-noted', approvals: ['ada'] }, 'agreed: ada'],
    [{ kind: 'still-bad', reasons: ['a', 'b'] }, 'a, b'],
    [{ kind: 'mmsc-failed', detail: 'HTTP 503' }, 'HTTP 503'],
    [{ kind: 'mmsc-refused', status: 'error-permanent-failure' }, 'error-permanent-failure'],
    [{ kind: 'not-held', state: 'deleted' }, 'deleted'],
    [{ kind: 'unknown' }, ''],
    [{ kind: 'failed', code: 'unavailable', detail: 'disk full' }, 'disk full'],
  ] as const)('tells of %j by the id, and why', async (result, why) => {
    const { store, audit, parts } = await setUp(result);
    const note = { id: RECORD.id, result: result.kind, why };
    expect(await workOn(bulkRelease({}, REQUEST, parts), store)).toEqual({ result: result.kind, note });
    expect(audit.acts[1]?.detail).toEqual({ task: 'task-1', of: 1, result: result.kind, why });
  });

  it('releases nothing that the audit log cannot have', async () => {
    const { store, audit, requests, parts } = await setUp();
    audit.isFailing = true;
    expect(await workOn(bulkRelease({}, REQUEST, parts), store)).toMatchObject({
      result: 'not-audited',
      note: { id: RECORD.id, why: 'told to fail' },
    });
    expect(requests).toEqual([]);
  });
});

describe('a bulk deletion', () => {
  it('deletes each record, and has it in the audit log before and after', async () => {
    const { store, audit, parts } = await setUp();
    expect(await workOn(bulkDelete({}, REQUEST, parts), store)).toEqual({ result: 'deleted' });
    expect(await store.get(RECORD.id)).toMatchObject({
      value: { state: 'deleted', body: undefined, ended: { atMs: 77, by: 'ada', why: 'rule was wrong' } },
    });
    expect(audit.acts.map(({ act, detail }) => [act, detail['result']])).toEqual([
      ['quarantine.delete', undefined],
      ['quarantine.delete', 'deleted'],
    ]);
  });

  it('tells of what is being released, and of a store that fails', async () => {
    const { store, parts } = await setUp();
    const work = bulkDelete({}, REQUEST, parts);
    await store.claim(RECORD.id);
    expect(await workOn(work, store)).toMatchObject({ result: 'not-held', note: { why: 'being released' } });
    store.failing.add('end');
    expect(await workOn(work, store)).toMatchObject({ result: 'failed', note: { why: 'told to fail' } });
  });
});
