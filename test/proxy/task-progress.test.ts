import { describe, expect, it } from 'vitest';
import { TASK_NOTES_MAX, TaskProgress } from '../../src/proxy/task-progress.ts';

const START = { id: 't', kind: 'bulk-release', by: 'ada', why: 'harmless', startedAtMs: 5 } as const;

describe('the progress of a task', () => {
  it('is that of its beginning before anything is done', () => {
    expect(new TaskProgress(START).task('running')).toEqual({
      ...START,
      state: 'running',
      endedAtMs: undefined,
      total: undefined,
      done: 0,
      result: { counts: {}, records: [], recordsLeftOut: 0 },
    });
  });

  it('counts by result, and keeps the notes', () => {
    const progress = new TaskProgress(START);
    progress.counted(3);
    progress.add({ result: 'released' });
    progress.add({ result: 'still-bad', note: { id: 'a' } });
    progress.add({ result: 'released' });
    expect(progress.task('done', 9)).toMatchObject({
      state: 'done',
      endedAtMs: 9,
      total: 3,
      done: 3,
      result: { counts: { released: 2, 'still-bad': 1 }, records: [{ id: 'a' }], recordsLeftOut: 0 },
    });
  });

  it.each([
    [TASK_NOTES_MAX, 0],
    [TASK_NOTES_MAX + 1, 1],
  ])('keeps of %i notes all but %i', (count, leftOut) => {
    const progress = new TaskProgress(START);
    for (let id = 0; id < count; id += 1) progress.add({ result: 'changed', note: { id } });
    const { result, done } = progress.task('done');
    expect([done, result['recordsLeftOut']]).toEqual([count, leftOut]);
    expect(result['records']).toHaveLength(TASK_NOTES_MAX);
  });

  it('is a picture that later results do not change', () => {
    const progress = new TaskProgress(START);
    const before = progress.task('running');
    progress.add({ result: 'changed', note: { id: 'a' } });
    expect(before.result).toEqual({ counts: {}, records: [], recordsLeftOut: 0 });
  });

  it('says why a task has failed', () => {
    expect(new TaskProgress(START).task('failed', 9, ['no rules']).result).toMatchObject({
      problems: ['no rules'],
    });
  });
});
