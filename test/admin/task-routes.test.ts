import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/storage/task-list.ts';
import { NOW_MS, startAdminRig } from '../support/admin-rig.ts';

function taskOf(id: string, startedAtMs = NOW_MS): Task {
  return {
    ...{ id, kind: 'retro-hunt', state: 'running', by: 'ann', why: 'w', startedAtMs },
    ...{ endedAtMs: undefined, total: 7, done: 3, result: { counts: { same: 3 } } },
  };
}

async function startRig() {
  const rig = await startAdminRig();
  await rig.storage.tasks.add(taskOf('task-1', NOW_MS));
  await rig.storage.tasks.add(taskOf('task-2', NOW_MS + 1));
  return rig;
}

describe('tasks', () => {
  it('are listed, the newest first, page by page', async () => {
    const { api } = await startRig();
    const first = await api('/tasks?limit=1', { as: 'viewer' });
    expect(first).toMatchObject({ status: 200, json: { items: [{ id: 'task-2' }] } });
    const { next = '' } = first.json as { next?: string };
    const second = await api(`/tasks?cursor=${encodeURIComponent(next)}`, { as: 'viewer' });
    expect(second.json).toMatchObject({ items: [{ id: 'task-1' }] });
  });

  it('are not listed from a cursor that is none', async () => {
    const { api } = await startRig();
    expect(await api('/tasks?cursor=zzz', { as: 'viewer' })).toMatchObject({
      status: 400,
      code: 'bad-cursor',
    });
  });

  it('are shown one by one', async () => {
    const { api } = await startRig();
    expect(await api('/tasks/task-1', { as: 'viewer' })).toMatchObject({
      status: 200,
      json: { done: 3, total: 7 },
    });
    expect(await api('/tasks/none', { as: 'viewer' })).toMatchObject({ status: 404, code: 'unknown' });
  });

  it('are cancelled where they run', async () => {
    const { api, service, acts } = await startRig();
    const asking = { method: 'POST', as: 'analyst' } as const;
    expect(await api('/tasks/task-1/cancel', asking)).toMatchObject({
      status: 409,
      code: 'task-not-running',
    });
    service.cancelTask.mockReturnValue(true);
    expect(await api('/tasks/task-1/cancel', asking)).toMatchObject({ status: 202, json: { id: 'task-1' } });
    expect(await api('/tasks/none/cancel', asking)).toMatchObject({ status: 404 });
    expect(await api('/tasks/task-1/cancel', { ...asking, as: 'viewer' })).toMatchObject({ status: 403 });
    expect((await acts())[0]).toMatchObject({ act: 'task.cancel', target: 'task-1' });
  });
});
