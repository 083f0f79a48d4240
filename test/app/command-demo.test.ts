import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/app/cli.ts';
import { runCommand, TestIo } from '../support/command-run.ts';

describe('mmsguard demo', () => {
  it('with --once shows every exchange, that all went well, and ends', async () => {
    const { exitCode, stdout, stderr } = await runCommand(['demo', '--once']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Everything went as it should.');
    expect(stdout).not.toContain('FAILED');
    for (const type of ['m-send-conf', 'm-retrieve-conf', 'm-forward-conf']) expect(stdout).toContain(type);
  });

  it('stays up, and says how to try more, until it is told to stop', async () => {
    const io = new TestIo();
    const running = runCli(['demo'], io);
    const line = await io.line(/curl --proxy .*another\.example/);
    const [proxy = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    const answer = await fetch(`${proxy}/no-such-message`);
    expect(answer.headers.get('via')).toContain('mmsguard');
    io.kill('SIGTERM');
    expect(await running).toBe(0);
    await expect(fetch(proxy)).rejects.toThrow();
  });
});
