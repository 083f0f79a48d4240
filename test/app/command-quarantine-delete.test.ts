import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { apiError, shownTask, startAdmin } from '../support/scripted-admin.ts';

describe('mmsguard quarantine delete', () => {
  it('deletes one message after the other', async () => {
    const admin = await startAdmin([200, { kind: 'done' }], [409, apiError('not-held')]);
    const { exitCode, stdout, stderr } = await runCommand(
      ['quarantine', 'delete', 'a', 'b', '--why', 'spam'],
      admin.environment,
    );
    expect([exitCode, stdout, stderr]).toEqual([1, 'a: done\n', 'not-held: b: no\n']);
    expect(admin.asked[0]).toMatchObject({ what: 'POST /quarantine/a/delete', body: { why: 'spam' } });
  });

  it('deletes everything that fits as a task', async () => {
    const admin = await startAdmin([202, shownTask({ kind: 'bulk-delete', state: 'running' })]);
    const args = ['quarantine', 'delete', '--all', '--why', 'spam', '--no-wait'];
    const { exitCode, stdout } = await runCommand(args, admin.environment);
    expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'bulk-delete task-1: running, 2 of 2']);
    expect(admin.asked).toMatchObject([
      { what: 'POST /quarantine/delete', body: { why: 'spam', filter: {} } },
    ]);
  });

  it.each([[[]], [['--why', 'x']], [['a']]])('refuses %j', async (args) => {
    const admin = await startAdmin([200, {}]);
    const { exitCode } = await runCommand(['quarantine', 'delete', ...args], admin.environment);
    expect([exitCode, admin.asked]).toEqual([2, []]);
  });
});
