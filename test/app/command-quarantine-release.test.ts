import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { apiError, shownTask, startAdmin } from '../support/scripted-admin.ts';

describe('mmsguard quarantine release', () => {
  it('releases one message after the other', async () => {
    const admin = await startAdmin([200, { kind: 'released', messageId: 'M', announced: false }]);
    const args = ['quarantine', 'release', 'a', 'b', '--why', 'harmless'];
    const { exitCode, stdout } = await runCommand(args, admin.environment);
    expect([exitCode, stdout]).toEqual([
      0,
      'a: released {"messageId":"M","announced":false}\nb: released {"messageId":"M","announced":false}\n',
    ]);
    expect(admin.asked).toMatchObject([
      { what: 'POST /quarantine/a/release', body: { why: 'harmless', force: false } },
      { what: 'POST /quarantine/b/release', body: { why: 'harmless', force: false } },
    ]);
  });

  it('says why not', async () => {
    const admin = await startAdmin([409, apiError('still-bad', 'no', { reasons: ['r'] })]);
    const args = ['quarantine', 'release', 'a', '--why', 'harmless', '--force'];
    const { exitCode, stderr } = await runCommand(args, admin.environment);
    expect([exitCode, stderr]).toEqual([1, 'still-bad: a: no {"reasons":["r"]}\n']);
    expect(admin.asked[0]?.body).toEqual({ why: 'harmless', force: true });
  });

  it('releases everything that fits as a task', async () => {
    const admin = await startAdmin([202, shownTask()]);
    const args = [
      'quarantine',
      'release',
      '--reason',
      'n:r',
      '--from',
      '2026-11-24T08:00Z',
      '--why',
      'a wrong rule',
    ];
    const { exitCode, stdout } = await runCommand(args, admin.environment);
    expect([exitCode, stdout]).toEqual([0, 'bulk-release task-1: done, 2 of 2\n  released: 2\n']);
    expect(admin.asked).toMatchObject([
      {
        what: 'POST /quarantine/release',
        body: {
          why: 'a wrong rule',
          force: false,
          filter: { reason: 'n:r', from: '2026-11-24T08:00:00.000Z' },
        },
      },
    ]);
  });

  it.each([[[]], [['--why', 'x']], [['a']], [['a', '--all', '--why', 'x']]])('refuses %j', async (args) => {
    const admin = await startAdmin([200, {}]);
    const { exitCode } = await runCommand(['quarantine', 'release', ...args], admin.environment);
    expect([exitCode, admin.asked]).toEqual([2, []]);
  });
});
