import { describe, expect, it } from 'vitest';
import { RecordTasks } from '../../src/proxy/record-tasks.ts';
import type { RecordWork, WorkStart } from '../../src/proxy/task-run.ts';
import type { TaskKind } from '../../src/storage/task-list.ts';
import { HELD_AT_MS, newRecord } from '../support/held-records.ts';
import { MemoryQuarantine } from '../support/memory-quarantine.ts';
import { RecordedTasks } from '../support/recorded-tasks.ts';

const ACT = { atMs: HELD_AT_MS + 1e9, by: 'ada', why: 'harmless' };

async function startTasks(records = 3) {
  const store = await MemoryQuarantine.with(...Array.from({ length: records }, () => newRecord()));
  const list = new RecordedTasks();
  const errors: unknown[] = [];
  const tasks = new RecordTasks({
    store,
    tasks: list,
    nowMs: () => ACT.atMs,
    onError: (error) => errors.push(error),
  });
  return { tasks, list, errors };
}

/** Work that waits at its first record until it is let go. */
function gatedWork(kind: TaskKind = 'bulk-delete') {
  const gate = Promise.withResolvers<undefined>();
  const begun = Promise.withResolvers<undefined>();
  let ids = 0;
  const each = async (): Promise<{ result: string }> => {
    ids += 1;
    begun.resolve(undefined);
    await gate.promise;
    return { result: 'seen' };
  };
  const start: WorkStart = { ok: true, steps: { each, close: () => Promise.resolve() } };
  const work: RecordWork = { kind, filter: {}, act: ACT, atOnce: 1, begin: () => Promise.resolve(start) };
  return { work, begun: begun.promise, letGo: gate.resolve, seen: () => ids };
}

describe('tasks', () => {
  it('are written down before they begin, and when they have ended', async () => {
    const { tasks, list, errors } = await startTasks();
    const { work, letGo } = gatedWork();
    const started = await tasks.start(work);
    expect(started).toMatchObject({
      kind: 'bulk-delete',
      state: 'running',
      by: 'ada',
      startedAtMs: ACT.atMs,
      done: 0,
    });
    expect(list.writings).toEqual([started]);
    letGo(undefined);
    expect(await list.ended(started)).toMatchObject({ state: 'done', done: 3 });
    expect(errors).toEqual([]);
  });

  it('do not begin when they cannot be written down', async () => {
    const { tasks, list } = await startTasks();
    const { work, seen } = gatedWork();
    list.isFailing = true;
    expect(await tasks.start(work)).toMatchObject({ kind: 'failed', code: 'unavailable' });
    await tasks.close();
    expect(seen()).toBe(0);
  });

  it('are cancelled by their id, while they run', async () => {
    const { tasks, list } = await startTasks();
    const { work, begun, letGo } = gatedWork();
    const started = await tasks.start(work);
    await begun;
    if (started.kind === 'failed') throw new Error(started.detail);
    expect([tasks.cancel('another'), tasks.cancel(started.id)]).toEqual([false, true]);
    letGo(undefined);
    expect(await list.ended(started)).toMatchObject({ state: 'cancelled', done: 1 });
    await tasks.close();
    expect(tasks.cancel(started.id)).toBe(false);
  });

  it('of one kind wait for each other, those of another do not', async () => {
    const { tasks, list } = await startTasks();
    const [first, second, other] = [gatedWork(), gatedWork(), gatedWork('retro-hunt')];
    const started = [
      await tasks.start(first.work),
      await tasks.start(second.work),
      await tasks.start(other.work),
    ];
    await first.begun;
    await other.begun;
    expect(second.seen()).toBe(0);
    for (const { letGo } of [first, second, other]) letGo(undefined);
    for (const task of started) expect(await list.ended(task)).toMatchObject({ state: 'done', done: 3 });
  });

  it('that wait are cancelled, too', async () => {
    const { tasks, list } = await startTasks();
    const [first, second] = [gatedWork(), gatedWork()];
    await tasks.start(first.work);
    const waiting = await tasks.start(second.work);
    if (waiting.kind === 'failed') throw new Error(waiting.detail);
    expect(tasks.cancel(waiting.id)).toBe(true);
    first.letGo(undefined);
    expect(await list.ended(waiting)).toMatchObject({ state: 'cancelled', done: 0 });
    expect(second.seen()).toBe(0);
  });

  it('are interrupted when they close, which waits for the record that they are at', async () => {
    const { tasks, list } = await startTasks();
    const { work, begun, letGo } = gatedWork();
    const started = await tasks.start(work);
    await begun;
    const closing = tasks.close();
    letGo(undefined);
    await closing;
    expect(list.writings.at(-1)).toMatchObject({ state: 'interrupted', done: 1 });
    expect(started).toMatchObject({ state: 'running' });
    expect(await tasks.start(gatedWork().work)).toMatchObject({ kind: 'failed', code: 'closed' });
  });
});
