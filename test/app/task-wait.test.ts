import { describe, expect, it } from 'vitest';
import { AdminClient } from '../../src/app/admin-client.ts';
import { runTask } from '../../src/app/task-wait.ts';
import { TestIo } from '../support/command-run.ts';
import { apiError, shownTask, startAdmin, type ScriptedAnswer } from '../support/scripted-admin.ts';

async function run(
  options: { readonly wait: boolean; readonly json?: true },
  ...answers: readonly ScriptedAnswer[]
) {
  const admin = await startAdmin(...answers);
  const io = new TestIo();
  const client = new AdminClient({ url: admin.url, token: undefined });
  await runTask(client, { path: '/quarantine/release', body: { why: 'x' } }, options, io);
  return {
    exitCode: io.exitCode,
    out: io.outText,
    err: io.errText,
    asked: admin.asked.map(({ what }) => what),
  };
}

const RUNNING: ScriptedAnswer = [202, shownTask({ state: 'running', done: 1, total: undefined })];

describe('a task of the admin side', () => {
  it('is waited for, and told with what came of it', async () => {
    const result = {
      counts: { released: 1, 'still-bad': 1 },
      records: [{ id: 'a', result: 'still-bad' }],
      recordsLeftOut: 3,
    };
    const { exitCode, out, err, asked } = await run({ wait: true }, RUNNING, [200, shownTask({ result })]);
    expect([exitCode, err]).toEqual([0, 'task task-1: 1 of ?\n']);
    expect(out).toBe(
      [
        'bulk-release task-1: done, 2 of 2',
        '  released: 1',
        '  still-bad: 1',
        '  {"id":"a","result":"still-bad"}',
        '  and 3 more',
        '',
      ].join('\n'),
    );
    expect(asked).toEqual(['POST /quarantine/release', 'GET /tasks/task-1']);
  });

  it('is told as it begins when nobody waits', async () => {
    const { exitCode, out, asked } = await run({ wait: false, json: true }, RUNNING);
    expect([exitCode, JSON.parse(out), asked.length]).toMatchObject([0, { state: 'running' }, 1]);
  });

  it.each(['failed', 'cancelled', 'interrupted'])('that ends as %s is a failure', async (state) => {
    const result = { problems: ['no rules'] };
    const { exitCode, out } = await run({ wait: true }, [202, shownTask({ state, result })]);
    expect([exitCode, out]).toEqual([1, `bulk-release task-1: ${state}, 2 of 2\n  no rules\n`]);
  });

  it('that is refused, or lost sight of, is a failure', async () => {
    const refused = await run({ wait: true }, [403, apiError('role-too-low')]);
    expect([refused.exitCode, refused.err]).toEqual([1, 'role-too-low: no\n']);
    const lost = await run({ wait: true }, RUNNING, [503, apiError('unavailable')]);
    expect([lost.exitCode, lost.out]).toEqual([1, '']);
    expect(lost.err).toContain('unavailable: no\n');
  });
});
