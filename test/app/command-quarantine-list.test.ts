import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { apiError, shownRecord, startAdmin } from '../support/scripted-admin.ts';

describe('mmsguard quarantine list', () => {
  it('prints a table of what fits', async () => {
    const items = [
      shownRecord(),
      shownRecord({ id: 'rec-2\u001b', sender: undefined, direction: 'inbound' }),
    ];
    const admin = await startAdmin([200, { items }]);
    const args = ['quarantine', 'list', '--severity', 'high', '--number', '+1', '--limit', '2'];
    const { exitCode, stdout, stderr } = await runCommand(args, admin.environment);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      'time                      id           state  direction  severity  action      sender       octets  because of',
      '2026-11-24T08:00:00.000Z  rec-1        held   outbound   high      quarantine  pseudonym-1  1234    mmsguard:RULE',
      '2026-11-24T08:00:00.000Z  rec-2\\u{1b}  held   inbound    high      quarantine               1234    mmsguard:RULE',
      '',
    ]);
    expect(admin.asked[0]?.what).toBe('GET /quarantine?severity=high&number=%2B1&limit=2');
  });

  it('prints objects when asked, and how to go on', async () => {
    const admin = await startAdmin([200, { items: [shownRecord({ news: 1 })], next: 'c-1' }]);
    const { stdout, stderr } = await runCommand(['quarantine', 'list', '--json'], admin.environment);
    expect(JSON.parse(stdout)).toEqual(shownRecord({ news: 1 }));
    expect(stderr).toBe('there are more: --cursor "c-1"\n');
    await runCommand(['quarantine', 'list', '--cursor', 'c-1'], admin.environment);
    expect(admin.asked[1]?.what).toBe('GET /quarantine?limit=50&cursor=c-1');
  });

  it.each([
    [['--limit', '501'], 2],
    [['--limit', '500'], 0],
  ])('with %j exits with %i', async (args, code) => {
    const admin = await startAdmin([200, { items: [] }]);
    expect((await runCommand(['quarantine', 'list', ...args], admin.environment)).exitCode).toBe(code);
  });

  it('fails with what the API says', async () => {
    const admin = await startAdmin([401, apiError('token-missing', 'a token is needed')]);
    const { exitCode, stderr } = await runCommand(['quarantine', 'list'], admin.environment);
    expect([exitCode, stderr]).toEqual([1, 'token-missing: a token is needed\n']);
  });
});
