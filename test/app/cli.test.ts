import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

describe('the command line', () => {
  it('prints its version', async () => {
    expect(await runCommand(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints help with every command and the exit codes', async () => {
    const { exitCode, stdout, stderr } = await runCommand(['--help']);
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const part of ['serve', 'config', 'Exit codes: 0']) expect(stdout).toContain(part);
  });

  it.each([
    [['serve', '--help']],
    [['config', '--help']],
    [['config', 'show', '--help']],
    [['help', 'serve']],
  ])('prints help for %j', async (args) => {
    expect(await runCommand(args)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each([
    [[]],
    [['confg']],
    [['config']],
    [['serve', '--no-such-option']],
    [['serve', '--config']],
    [['serve', 'too', 'much']],
    [['config', 'check', 'a', 'b']],
  ])('refuses %j with 2, on standard error', async (args) => {
    const { exitCode, stdout, stderr } = await runCommand(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/error: |Usage: /);
  });

  it('uses no colour where the output is no terminal', async () => {
    const { stdout } = await runCommand(['--help']);
    expect(stdout).not.toContain('\u001b');
  });
});
