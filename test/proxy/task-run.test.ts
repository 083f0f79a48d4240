import { describe, expect, it } from 'vitest';
import { TaskProgress, type RecordResult } from '../../src/proxy/task-progress.ts';
import {
  PROGRESS_MS,
  runTask,
  TASK_PAGE,
  type RecordWork,
  type WorkStart,
} from '../../src/proxy/task-run.ts';
import type { Task } from '../../src/storage/task-list.ts';
import { HELD_AT_MS, newRecord } from '../support/held-records.ts';
import { MemoryQuarantine } from '../support/memory-quarantine.ts';
import { RecordedTasks } from '../support/recorded-tasks.ts';

const LATER = HELD_AT_MS + 1e9;
const ACT = { atMs: LATER, by: 'ada', why: 'harmless' };

type Each = (id: string) => Promise<RecordResult> | RecordResult;

interface Changes {
  readonly work?: Partial<RecordWork>;
  readonly each?: Each;
  readonly nowMs?: () => number;
  readonly signal?: AbortSignal;
  readonly tasks?: RecordedTasks;
}

async function run(store: MemoryQuarantine, changes: Changes = {}) {
  const { each = () => ({ result: 'seen' }), nowMs = () => LATER, tasks = new RecordedTasks() } = changes;
  const seen: string[] = [];
  const errors: unknown[] = [];
  let closed = 0;
  const steps: WorkStart = {
    ok: true,
    steps: {
      each: async ({ id }) => {
        seen.push(id);
        return each(id);
      },
      close: () => {
        closed += 1;
        return Promise.resolve();
      },
    },
  };
  const begin = (): Promise<WorkStart> => Promise.resolve(steps);
  const work: RecordWork = { kind: 'bulk-delete', filter: {}, act: ACT, atOnce: 2, begin, ...changes.work };
  const progress = new TaskProgress({ id: 't', kind: work.kind, by: 'ada', why: '', startedAtMs: LATER });
  const onError = (error: unknown): void => {
    errors.push(error);
  };
  const signal = changes.signal ?? new AbortController().signal;
  await runTask(work, progress, { store, tasks, nowMs, onError }, signal);
  const end = tasks.writings.at(-1) as Task;
  return { end, seen, errors, closed, writings: tasks.writings };
}

async function storeOf(count: number) {
  const records = Array.from({ length: count }, () => newRecord());
  return { store: await MemoryQuarantine.with(...records), ids: records.map(({ id }) => id) };
}

describe('a task', () => {
  it.each([0, 1, TASK_PAGE, TASK_PAGE + 1])(
    'sees each of %i records once, and counts them first',
    async (count) => {
      const { store, ids } = await storeOf(count);
      const { end, seen, closed } = await run(store);
      expect(seen.toSorted()).toEqual(ids);
      expect(end).toMatchObject({ state: 'done', total: count, done: count, endedAtMs: LATER });
      expect(closed).toBe(1);
    },
  );

  it('sees all of them when they leave the list as it goes', async () => {
    const { store, ids } = await storeOf(TASK_PAGE * 2 + 1);
    const each: Each = async (id) => ({ result: (await store.end(id, 'deleted', ACT)).kind });
    const { end, seen } = await run(store, { each });
    expect([seen.length, end.result['counts']]).toEqual([ids.length, { done: ids.length }]);
  });

  it('is about what is held and fits, and was held when it began', async () => {
    const [fits, inbound, later, deleted] = [
      newRecord(),
      newRecord({ direction: 'inbound' }),
      newRecord({ atMs: LATER + 1 }),
      newRecord(),
    ];
    const store = await MemoryQuarantine.with(fits, inbound, later, deleted);
    await store.end(deleted.id, 'deleted', ACT);
    const { seen } = await run(store, { work: { filter: { direction: 'outbound', state: 'deleted' } } });
    expect(seen).toEqual([fits.id]);
    expect((await run(store, { work: { filter: { toMs: fits.atMs } } })).seen).toEqual([fits.id]);
  });

  it('works on so many records at once, and no more', async () => {
    const { store } = await storeOf(9);
    let now = 0;
    let most = 0;
    const each: Each = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
      return { result: 'seen' };
    };
    await run(store, { each, work: { atOnce: 3 } });
    expect(most).toBe(3);
  });

  it('writes its progress down once a second at most', async () => {
    const { store } = await storeOf(10);
    let clock = LATER;
    const nowMs = (): number => clock;
    const each: Each = () => {
      clock += PROGRESS_MS / 2;
      return { result: 'seen' };
    };
    const { writings } = await run(store, { each, nowMs, work: { atOnce: 1 } });
    expect(writings.map(({ state, done }) => [state, done])).toEqual([
      ...[0, 2, 4, 6, 8, 10].map((done) => ['running', done]),
      ['done', 10],
    ]);
  });

  it.each(['cancelled', 'interrupted'] as const)('ends at its next record as %s', async (reason) => {
    const { store } = await storeOf(10);
    const stop = new AbortController();
    const each: Each = () => {
      stop.abort(reason);
      return { result: 'seen' };
    };
    const { end, seen, closed } = await run(store, { each, signal: stop.signal, work: { atOnce: 1 } });
    expect([end.state, end.done, seen.length, closed]).toEqual([reason, 1, 1, 1]);
  });

  it('does not begin when it is cancelled before', async () => {
    const { store } = await storeOf(1);
    const stop = new AbortController();
    stop.abort('cancelled');
    const { end, seen, closed } = await run(store, { signal: stop.signal });
    expect([end.state, seen, closed]).toEqual(['cancelled', [], 0]);
  });

  it('says what kept it from beginning', async () => {
    const { store } = await storeOf(1);
    const begin = (): Promise<WorkStart> => Promise.resolve({ ok: false, problems: ['no rules'] });
    const { end, seen } = await run(store, { work: { begin } });
    expect([end.state, end.result['problems'], seen]).toEqual(['failed', ['no rules'], []]);
  });

  it('fails when the records cannot be listed, at its beginning or later', async () => {
    const { store } = await storeOf(TASK_PAGE + 1);
    const each: Each = () => {
      store.failing.add('list');
      return { result: 'seen' };
    };
    const { end, closed } = await run(store, { each });
    expect(end).toMatchObject({
      state: 'failed',
      done: TASK_PAGE,
      result: { problems: ['unavailable: told to fail'] },
    });
    expect(closed).toBe(1);
    expect((await run(store)).end).toMatchObject({ state: 'failed', done: 0 });
  });

  it('fails, and tells, when there is a bug in its work, and does no more', async () => {
    const { store, ids } = await storeOf(10);
    const bug = new Error('a bug');
    const each: Each = (id) => (id === ids[1] ? Promise.reject(bug) : { result: 'seen' });
    const { end, errors, closed, seen } = await run(store, { each });
    expect([end.state, errors, closed]).toEqual(['failed', [bug], 1]);
    expect(seen.length).toBeLessThan(ids.length);
  });

  it('tells of a bug in the list of tasks, and ends all the same', async () => {
    const { store } = await storeOf(2);
    const tasks = new RecordedTasks();
    const bug = new Error('a bug');
    tasks.update = () => Promise.reject(bug);
    let clock = LATER;
    const nowMs = (): number => (clock += PROGRESS_MS);
    const { errors, seen } = await run(store, { tasks, nowMs });
    expect([seen.length, errors]).toEqual([2, [bug, bug, bug, bug]]);
  });

  it('goes on when its progress cannot be written', async () => {
    const { store, ids } = await storeOf(3);
    const tasks = new RecordedTasks();
    let clock = LATER;
    const nowMs = (): number => (clock += PROGRESS_MS);
    const each: Each = (id) => {
      tasks.isFailing = id !== ids.at(-1);
      return { result: 'seen' };
    };
    const { end } = await run(store, { each, nowMs, tasks, work: { atOnce: 1 } });
    expect(end).toMatchObject({ state: 'done', done: 3 });
  });
});
