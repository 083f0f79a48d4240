import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { apiError, shownTask, startAdmin } from '../support/scripted-admin.ts';

describe('mmsguard quarantine rescan', () => {
  it('says what the rules in use make of each message', async () => {
    const admin = await startAdmin(
      [200, { kind: 'scanned', action: 'refuse', reasons: ['n:r', 'b'], outcome: {} }],
      [200, { kind: 'scanned', action: 'forward', reasons: [], outcome: {} }],
      [410, apiError('no-content')],
    );
    const { exitCode, stdout, stderr } = await runCommand(
      ['quarantine', 'rescan', 'a', 'b', 'c'],
      admin.environment,
    );
    expect([exitCode, stdout, stderr]).toEqual([
      1,
      'a: refuse because of n:r, b\nb: forward\n',
      'no-content: c: no\n',
    ]);
    expect(admin.asked[0]).toMatchObject({ what: 'POST /quarantine/a/rescan', body: undefined });
  });

  it('gives objects when asked', async () => {
    const answer = { kind: 'scanned', action: 'forward', reasons: [], outcome: { kind: 'not-a-pdu' } };
    const admin = await startAdmin([200, answer]);
    const { stdout } = await runCommand(['quarantine', 'rescan', 'a', '--json'], admin.environment);
    expect(JSON.parse(stdout)).toEqual({ id: 'a', ...answer });
  });

  it('hunts through everything that fits, with the rules of a folder', async () => {
    const admin = await startAdmin([202, shownTask({ kind: 'retro-hunt' })]);
    const args = ['quarantine', 'rescan', '--direction', 'inbound', '--rules', 'new', '--why', 'a new rule'];
    expect((await runCommand(args, admin.environment)).exitCode).toBe(0);
    expect(admin.asked).toMatchObject([
      {
        what: 'POST /quarantine/hunt',
        body: { why: 'a new rule', rules: 'new', filter: { direction: 'inbound' } },
      },
    ]);
  });

  it.each([[[]], [['--all']], [['--all', '--why', ' ']], [['a', '--rules', 'new']]])(
    'refuses %j',
    async (args) => {
      const admin = await startAdmin([200, {}]);
      const { exitCode } = await runCommand(['quarantine', 'rescan', ...args], admin.environment);
      expect([exitCode, admin.asked]).toEqual([2, []]);
    },
  );
});
