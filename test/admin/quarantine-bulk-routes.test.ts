import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/storage/task-list.ts';
import { NOW_MS, startAdminRig, STORE_FAILURE } from '../support/admin-rig.ts';

const TASK: Task = {
  id: 'task-1',
  kind: 'bulk-release',
  state: 'running',
  by: 'a analyst',
  why: 'w',
  startedAtMs: NOW_MS,
  endedAtMs: undefined,
  total: undefined,
  done: 0,
  result: {},
};
const FILTER = { reason: 'mmsguard:A', from: '2026-11-24T08:00Z', number: '+12025550111' };
const STORED_FILTER = { reason: 'mmsguard:A', fromMs: Date.UTC(2026, 10, 24, 8), number: '+12025550111' };
const ACT = { atMs: NOW_MS, by: 'a analyst', why: 'w' };

const BULK = [
  ['release', 'releaseAll', {}, { ...ACT, force: false }],
  ['delete', 'deleteAll', {}, ACT],
  ['hunt', 'hunt', { rules: 'new-rules' }, { ...ACT, rules: 'new-rules' }],
  ['hunt', 'hunt', {}, ACT],
] as const;

describe('an act on many', () => {
  it.each(BULK)('is a task: %s', async (path, method, more, act) => {
    const { api, service, acts } = await startAdminRig();
    service[method].mockResolvedValue(TASK);
    const body = { filter: FILTER, why: 'w', ...more };
    const answer = await api(`/quarantine/${path}`, { method: 'POST', as: 'analyst', body });
    expect(answer).toMatchObject({ status: 202, json: { id: 'task-1', state: 'running' } });
    expect(service[method]).toHaveBeenCalledExactlyOnceWith(STORED_FILTER, act);
    const entries = await acts();
    expect(entries).toMatchObject([
      { detail: { why: 'w', reason: 'mmsguard:A', number: 'given', ...more } },
      { detail: { of: 1, result: 'done', task: 'task-1' } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('12025550111');
  });

  it.each(BULK)('may be about all, by a filter that says so: %s', async (path, method, more) => {
    const { api, service } = await startAdminRig();
    service[method].mockResolvedValue(TASK);
    const asking = { method: 'POST', as: 'analyst' } as const;
    const askWith = (body: unknown) => api(`/quarantine/${path}`, { ...asking, body });
    expect(await askWith({ why: 'w', filter: {}, ...more })).toMatchObject({ status: 202 });
    expect(await askWith({ why: 'w', ...more })).toMatchObject({ status: 400 });
    expect(await askWith({ why: 'w', filter: { reasons: [] }, ...more })).toMatchObject({ status: 400 });
  });

  it.each(BULK)('is answered when its store fails, and not for a viewer: %s', async (path, method, more) => {
    const { api, service } = await startAdminRig();
    service[method].mockResolvedValue(STORE_FAILURE);
    const asking = { method: 'POST', body: { why: 'w', filter: {}, ...more } };
    expect(await api(`/quarantine/${path}`, { ...asking, as: 'analyst' })).toMatchObject({ status: 503 });
    expect(await api(`/quarantine/${path}`, { ...asking, as: 'viewer' })).toMatchObject({ status: 403 });
  });

  it('is forced only by an admin', async () => {
    const { api, service } = await startAdminRig();
    service.releaseAll.mockResolvedValue(TASK);
    const asking = { method: 'POST', body: { why: 'w', filter: {}, force: true } };
    expect(await api('/quarantine/release', { ...asking, as: 'analyst' })).toMatchObject({ status: 403 });
    expect(await api('/quarantine/release', { ...asking, as: 'admin' })).toMatchObject({ status: 202 });
  });
});
