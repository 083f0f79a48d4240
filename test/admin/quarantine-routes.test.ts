import { describe, expect, it, vi } from 'vitest';
import type { ReleaseResult, RescanResult } from '../../src/storage/quarantine-service.ts';
import type { NewRecord } from '../../src/storage/quarantine-store.ts';
import { NOW_MS, startAdminRig, STORE_FAILURE } from '../support/admin-rig.ts';
import { newRecord } from '../support/held-records.ts';

const NUMBER = '+12025550111';

async function startRig(...changes: readonly Partial<NewRecord>[]) {
  const rig = await startAdminRig();
  const records = (changes.length === 0 ? [{}] : changes).map(newRecord);
  for (const record of records) await rig.storage.quarantine.hold(record);
  const id = records[0]?.id ?? '';
  const stateNow = async (): Promise<string> => {
    const found = await rig.storage.quarantine.get(id);
    return found.kind === 'found' ? found.value.state : found.kind;
  };
  return { ...rig, records, id, path: `/quarantine/${id}`, stateNow };
}

describe('the list', () => {
  it('shows a viewer what is held, without numbers and content', async () => {
    const { api, id, acts } = await startRig();
    const answer = await api('/quarantine', { as: 'viewer' });
    expect(answer).toMatchObject({ status: 200, json: { items: [{ id, state: 'held' }] } });
    expect(await acts()).toEqual([]);
  });

  it('goes on from page to page', async () => {
    const { api, records } = await startRig({}, {}, {});
    const ids: string[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page += 1) {
      const { json } = await api(`/quarantine?limit=1${cursor}`, { as: 'viewer' });
      const { items, next } = json as { items: { id: string }[]; next?: string };
      ids.push(...items.map(({ id }) => id));
      cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
    }
    expect(ids.toSorted()).toEqual(records.map(({ id }) => id).toSorted());
    expect(cursor).toBe('');
  });

  it('is searched for a number only by an analyst, and the audit log does not have the number', async () => {
    const other = { envelope: { sender: '+12025550199', from: undefined, recipients: [] } };
    const { api, id, acts } = await startRig({}, other);
    const path = `/quarantine?number=${encodeURIComponent(NUMBER)}&state=held`;
    expect(await api(path, { as: 'viewer' })).toMatchObject({ status: 403, code: 'role-too-low' });
    const { json } = await api(path, { as: 'analyst' });
    expect((json as { items: { id: string }[] }).items.map((item) => item.id)).toEqual([id]);
    const entries = await acts();
    expect(entries[0]).toMatchObject({
      act: 'quarantine.search',
      detail: { state: 'held', number: 'given' },
    });
    expect(JSON.stringify(entries)).not.toContain(NUMBER.slice(1));
  });

  it('does not go on from a cursor that is none', async () => {
    const { api } = await startRig();
    expect(await api('/quarantine?cursor=zzz', { as: 'viewer' })).toMatchObject({
      status: 400,
      code: 'bad-cursor',
    });
  });

  it('tells when its store fails', async () => {
    const { api, storage } = await startRig();
    storage.quarantine.list = () => Promise.resolve(STORE_FAILURE);
    expect(await api('/quarantine', { as: 'viewer' })).toMatchObject({ status: 503, code: 'unavailable' });
  });
});

describe('one record', () => {
  it('is a summary for a viewer, which nobody needs to know', async () => {
    const { api, path, id, acts } = await startRig();
    const answer = await api(path, { as: 'viewer' });
    expect(answer).toMatchObject({ status: 200, json: { id, severity: 'high' } });
    expect(answer.json).not.toHaveProperty('envelope');
    expect(answer.bytes.toString()).not.toContain(NUMBER);
    expect(await acts()).toEqual([]);
  });

  it('is whole for an analyst but for its octets, which is audited', async () => {
    const { api, path, id, records, acts } = await startRig();
    const answer = await api(path, { as: 'analyst' });
    const { envelope, http } = records[0]!;
    const { sender, recipients } = envelope;
    expect(answer).toMatchObject({
      status: 200,
      json: { id, envelope: { sender, recipients }, http, hasContent: true },
    });
    expect(answer.json).not.toHaveProperty('body');
    expect(await acts()).toMatchObject([
      { act: 'quarantine.view', target: id, by: 'a analyst' },
      { detail: { of: 1, result: 'done' } },
    ]);
  });

  it('that is not there is unknown', async () => {
    const { api } = await startRig();
    expect(await api('/quarantine/none', { as: 'viewer' })).toMatchObject({ status: 404, code: 'unknown' });
  });

  it.each([
    ['key-missing', 503],
    ['seal-broken', 500],
  ] as const)('that cannot be opened is told as such: %s', async (code, status) => {
    const { api, path, storage } = await startRig();
    storage.quarantine.get = () => Promise.resolve({ kind: 'failed', code, detail: 'd' });
    for (const what of ['', '/body', '/export']) {
      expect(await api(`${path}${what}`, { as: 'analyst' })).toMatchObject({ status, code });
    }
  });

  it('is not shown when the act cannot be audited', async () => {
    const { api, path, storage } = await startRig();
    const get = vi.spyOn(storage.quarantine, 'get');
    storage.audit.append = () => Promise.resolve(STORE_FAILURE);
    expect(await api(path, { as: 'analyst' })).toMatchObject({ status: 503, code: 'audit-unavailable' });
    expect(get).not.toHaveBeenCalled();
  });
});

describe('the octets of a record', () => {
  it('are given as a file that no browser opens', async () => {
    const { api, path, id, records, acts } = await startRig();
    const { status, headers, bytes } = await api(`${path}/body`, { as: 'analyst' });
    expect([status, bytes]).toEqual([200, records[0]?.body]);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toBe(`attachment; filename=${id}.mms`);
    expect((await acts())[0]).toMatchObject({ act: 'quarantine.body', target: id });
  });

  it('are not given to a viewer', async () => {
    const { api, path } = await startRig();
    expect(await api(`${path}/body`, { as: 'viewer' })).toMatchObject({ status: 403 });
    expect(await api(`${path}/export`, { as: 'viewer' })).toMatchObject({ status: 403 });
  });

  it.each(['body', 'export'])('are gone when it was deleted: %s', async (what) => {
    const { api, path, id, storage } = await startRig();
    await storage.quarantine.end(id, 'deleted', { atMs: NOW_MS, by: 'x', why: 'w' });
    expect(await api(`${path}/${what}`, { as: 'analyst' })).toMatchObject({
      status: 410,
      code: 'no-content',
    });
  });

  it.each(['body', 'export'])('are nowhere for an id that is not there: %s', async (what) => {
    const { api } = await startRig();
    expect(await api(`/quarantine/none/${what}`, { as: 'analyst' })).toMatchObject({ status: 404 });
  });

  it('are exported as an archive', async () => {
    const { api, path, id, acts } = await startRig();
    const { status, headers, bytes } = await api(`${path}/export`, { as: 'analyst' });
    expect([status, bytes.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    expect(headers.get('content-type')).toBe('application/zip');
    expect(headers.get('content-disposition')).toBe(`attachment; filename=${id}.zip`);
    expect((await acts())[0]).toMatchObject({ act: 'quarantine.export', target: id });
  });
});

describe('a deletion', () => {
  it('wipes the record, once', async () => {
    const { api, path, id, stateNow, acts } = await startRig();
    const asking = { method: 'POST', as: 'analyst', body: { why: 'spam' } } as const;
    expect(await api(`${path}/delete`, asking)).toMatchObject({ status: 200, json: { kind: 'done' } });
    expect(await stateNow()).toBe('deleted');
    expect(await api(`${path}/delete`, asking)).toMatchObject({
      status: 409,
      code: 'not-held',
      json: { error: { details: { state: 'deleted' } } },
    });
    expect(await acts()).toMatchObject([
      { act: 'quarantine.delete', target: id, detail: { why: 'spam' } },
      { detail: { of: 1, result: 'done' } },
      { act: 'quarantine.delete', target: id },
      { detail: { of: 3, result: 'not-held' } },
    ]);
  });

  it('says who did it and why', async () => {
    const { api, path, id } = await startRig();
    await api(`${path}/delete`, { method: 'POST', as: 'analyst', body: { why: 'spam' } });
    expect((await api(`/quarantine/${id}`, { as: 'viewer' })).json).toMatchObject({
      ended: { by: 'a analyst', why: 'spam', atMs: NOW_MS },
    });
  });

  it('is not for a viewer', async () => {
    const { api, path, stateNow } = await startRig();
    expect(await api(`${path}/delete`, { method: 'POST', as: 'viewer', body: { why: 'w' } })).toMatchObject({
      status: 403,
    });
    expect(await stateNow()).toBe('held');
  });
});

const RELEASES: readonly (readonly [ReleaseResult, number, string | undefined])[] = [
  [{ kind: 'released', messageId: 'M', announced: false }, 200, undefined],
  [{ kind: 'approval-noted', approvals: ['ann'] }, 202, undefined],
  [{ kind: 'still-bad', reasons: ['a:b'] }, 409, 'still-bad'],
  [{ kind: 'mmsc-failed', detail: 'reset' }, 502, 'mmsc-failed'],
  [{ kind: 'mmsc-refused', status: 'error' }, 502, 'mmsc-refused'],
  [{ kind: 'not-held', state: 'released' }, 409, 'not-held'],
  [{ kind: 'unknown' }, 404, 'unknown'],
  [STORE_FAILURE, 503, 'unavailable'],
];

describe('a release', () => {
  it.each(RELEASES)('is answered: %j', async (result, status, code) => {
    const { api, path, service, acts } = await startRig();
    service.release.mockResolvedValue(result);
    const answer = await api(`${path}/release`, { method: 'POST', as: 'analyst', body: { why: 'w' } });
    expect([answer.status, answer.code]).toEqual([status, code]);
    if (code === undefined) expect(answer.json).toEqual(result);
    expect((await acts())[1]?.detail).toMatchObject({ result: code ?? 'done' });
  });

  it('is asked for under the name of the token', async () => {
    const { api, path, id, service } = await startRig();
    service.release.mockResolvedValue({ kind: 'unknown' });
    await api(`${path}/release`, { method: 'POST', as: 'analyst', body: { why: ' w ' } });
    expect(service.release).toHaveBeenCalledExactlyOnceWith(id, {
      atMs: NOW_MS,
      by: 'a analyst',
      why: 'w',
      force: false,
    });
  });

  it('is forced only by an admin', async () => {
    const { api, path, service } = await startRig();
    service.release.mockResolvedValue({ kind: 'unknown' });
    const asking = { method: 'POST', body: { why: 'w', force: true } };
    expect(await api(`${path}/release`, { ...asking, as: 'analyst' })).toMatchObject({
      status: 403,
      code: 'role-too-low',
    });
    expect(service.release).not.toHaveBeenCalled();
    expect(await api(`${path}/release`, { ...asking, as: 'admin' })).toMatchObject({ code: 'unknown' });
  });

  it.each([{}, { why: '' }, { why: 'w', force: 'yes' }, { why: 'w', reason: 'r' }])(
    'is not asked for by %j',
    async (body) => {
      const { api, path } = await startRig();
      expect(await api(`${path}/release`, { method: 'POST', as: 'analyst', body })).toMatchObject({
        status: 400,
        code: 'bad-request',
      });
    },
  );
});

const RESCANS: readonly (readonly [RescanResult, number, string | undefined])[] = [
  [{ kind: 'scanned', outcome: { kind: 'not-a-pdu' }, action: 'forward', reasons: [] }, 200, undefined],
  [{ kind: 'unknown' }, 404, 'unknown'],
  [{ kind: 'no-content' }, 410, 'no-content'],
  [STORE_FAILURE, 503, 'unavailable'],
];

describe('another scan', () => {
  it.each(RESCANS)('is answered: %j', async (result, status, code) => {
    const { api, path, service } = await startRig();
    service.rescan.mockResolvedValue(result);
    const answer = await api(`${path}/rescan`, { method: 'POST', as: 'analyst' });
    expect([answer.status, answer.code]).toEqual([status, code]);
  });
});
