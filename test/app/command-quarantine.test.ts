import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';

describe('mmsguard quarantine', () => {
  it('names its commands, and where the token comes from', async () => {
    const { exitCode, stdout } = await runCommand(['quarantine', '--help']);
    expect(exitCode).toBe(0);
    for (const word of ['list', 'show', 'release', 'delete', 'export', 'rescan', 'MMSGUARD_ADMIN_TOKEN'])
      expect(stdout).toContain(word);
  });

  it.each([
    ['list'],
    ['show', 'a'],
    ['release', 'a', '--why', 'x'],
    ['delete', 'a', '--why', 'x'],
    ['export', 'a'],
    ['rescan', 'a'],
    ['rescan', '--all', '--why', 'x'],
    ['release', '--all', '--why', 'x'],
    ['delete', '--all', '--why', 'x'],
  ])('%s %s refuses a wrong address of the admin side', async (...args) => {
    const { exitCode, stderr, stdout } = await runCommand(['quarantine', ...args, '--admin-url', 'nowhere']);
    expect([exitCode, stdout, stderr]).toEqual([2, '', 'nowhere: is no http or https URL\n']);
  });

  it.each([
    ['list'],
    ['show', 'a'],
    ['release', 'a', '--why', 'x'],
    ['delete', '--all', '--why', 'x'],
    ['export', 'a'],
    ['rescan', 'a'],
  ])('%s %s fails when nobody listens there', async (...args) => {
    const { exitCode, stderr } = await runCommand(['quarantine', ...args], {
      MMSGUARD_ADMIN_URL: 'http://127.0.0.1:1',
    });
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^unreachable: /)]);
  });
});
