import { describe, expect, it } from 'vitest';
import type { SqlDatabase } from '../../src/storage/sql-database.ts';
import { SqlTaskList, TASK_SILENCE_MS } from '../../src/storage/sql-task-list.ts';
import type { Task } from '../../src/storage/task-list.ts';
import { DIALECTS, scratchDatabase } from '../support/sql-databases.ts';

const START_MS = 1_764_028_800_000;

const taskOf = (changes: Partial<Task> = {}): Task => ({
  id: 'task-1',
  kind: 'bulk-release',
  state: 'running',
  by: 'ana',
  why: 'the rule was wrong',
  startedAtMs: START_MS,
  endedAtMs: undefined,
  total: undefined,
  done: 0,
  result: {},
  ...changes,
});

const clock = { ms: START_MS };

function listOn(database: SqlDatabase, owner = 'proxy-1'): SqlTaskList {
  return new SqlTaskList({ database, owner, nowMs: () => clock.ms });
}

describe.each(DIALECTS)('tasks in %s', (dialect) => {
  it('are found as they were added, and as they were last written', async () => {
    const tasks = listOn(await scratchDatabase(dialect));
    expect(await tasks.add(taskOf())).toEqual({ kind: 'done' });
    expect(await tasks.get('task-1')).toStrictEqual({ kind: 'found', value: taskOf() });
    const later = taskOf({
      state: 'done',
      total: 2,
      done: 2,
      endedAtMs: START_MS + 5,
      result: { counts: { released: 2 } },
    });
    expect(await tasks.update(later)).toEqual({ kind: 'done' });
    expect(await tasks.get('task-1')).toStrictEqual({ kind: 'found', value: later });
  });

  it('are unknown when nobody has added them, whatever their id', async () => {
    const tasks = listOn(await scratchDatabase(dialect));
    for (const id of ['task-1', '', '\0', '\ud800', "' OR 1=1 --", 'x'.repeat(100_000)])
      expect(await tasks.get(id)).toEqual({ kind: 'unknown' });
  });

  it('are kept once when they are added again for want of an answer', async () => {
    const tasks = listOn(await scratchDatabase(dialect));
    await tasks.add(taskOf({ done: 1 }));
    expect(await tasks.add(taskOf())).toEqual({ kind: 'done' });
    expect(await tasks.get('task-1')).toMatchObject({ value: { done: 1 } });
  });

  it('keep hostile texts', async () => {
    const tasks = listOn(await scratchDatabase(dialect), 'proxy\0\ud800');
    const hostile = taskOf({
      by: `'";--\0`,
      why: `\ud800${'x'.repeat(1_000_000)}`,
      result: { 'a\0': ['\udfff'] },
    });
    await tasks.add(hostile);
    expect(await tasks.get('task-1')).toStrictEqual({ kind: 'found', value: hostile });
  });

  it('are listed newest first, page by page, each once, while more are added', async () => {
    const tasks = listOn(await scratchDatabase(dialect));
    // Two at each time, so that pages end between equals.
    for (let index = 0; index < 7; index += 1)
      await tasks.add(taskOf({ id: `task-${index}`, startedAtMs: START_MS + Math.floor(index / 2) }));
    const seen: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 3; pages += 1) {
      const page = await tasks.list({ limit: 3, ...(cursor !== undefined && { cursor }) });
      if (page.kind !== 'found') throw new Error(page.kind);
      seen.push(...page.value.items.map(({ id }) => id));
      cursor = page.value.next;
      expect(cursor === undefined).toBe(pages === 2);
      await tasks.add(taskOf({ id: `task-late-${pages}`, startedAtMs: START_MS + 1000 }));
    }
    expect(seen).toEqual(['task-6', 'task-5', 'task-4', 'task-3', 'task-2', 'task-1', 'task-0']);
  });

  it('are not listed for a cursor that is none', async () => {
    const tasks = listOn(await scratchDatabase(dialect));
    expect(await tasks.list({ limit: 3, cursor: 'nonsense' })).toEqual({ kind: 'unknown' });
  });

  it('were interrupted when their process starts anew and they still say running', async () => {
    const database = await scratchDatabase(dialect);
    const tasks = listOn(database);
    await tasks.add(taskOf());
    await tasks.add(taskOf({ id: 'task-2', state: 'done', endedAtMs: START_MS }));
    expect(await tasks.markInterrupted(START_MS + 9)).toEqual({ kind: 'found', value: 1 });
    expect(await tasks.get('task-1')).toMatchObject({
      value: { state: 'interrupted', endedAtMs: START_MS + 9 },
    });
    expect(await tasks.get('task-2')).toMatchObject({ value: { state: 'done', endedAtMs: START_MS } });
    expect(await tasks.markInterrupted(START_MS + 10)).toEqual({ kind: 'found', value: 0 });
  });

  it('of another process were interrupted only when it was silent for too long', async () => {
    const database = await scratchDatabase(dialect);
    await listOn(database, 'proxy-2').add(taskOf());
    const tasks = listOn(database);
    expect(await tasks.markInterrupted(START_MS + TASK_SILENCE_MS)).toEqual({ kind: 'found', value: 0 });
    clock.ms = START_MS + 1000;
    await listOn(database, 'proxy-2').update(taskOf({ done: 1 }));
    clock.ms = START_MS;
    expect(await tasks.markInterrupted(START_MS + 1000 + TASK_SILENCE_MS)).toEqual({
      kind: 'found',
      value: 0,
    });
    expect(await tasks.markInterrupted(START_MS + 1001 + TASK_SILENCE_MS)).toEqual({
      kind: 'found',
      value: 1,
    });
  });
});

describe('tasks in a database that does not answer', () => {
  it('are told as failed, by every act', async () => {
    const tasks = listOn({
      dialect: 'sqlite',
      transaction: () => Promise.resolve({ ok: false, code: 'timeout', detail: 'late' }),
      close: () => Promise.resolve(),
    });
    const acts = [
      tasks.add(taskOf()),
      tasks.update(taskOf()),
      tasks.get('a'),
      tasks.list({ limit: 1 }),
      tasks.markInterrupted(0),
    ];
    for (const act of acts) expect(await act).toEqual({ kind: 'failed', code: 'timeout', detail: 'late' });
  });
});
