import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/app/cli.ts';
import { sendRequest } from '../bench/messages.ts';
import { runCommand, TestIo } from '../support/command-run.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const PDU = Buffer.from(sendRequest(100));

describe('mmsguard lab mmsc', () => {
  it('runs an MMSC until it is told to stop, tells of each request, and writes pushes', async () => {
    const folder = scratchFolder();
    const io = new TestIo();
    const running = runCli(['lab', 'mmsc', '--port', '0', '--push-dir', folder], io);
    const [, url = ''] = /(http:\S+)/.exec(await io.line(/listening on/)) ?? [];
    const answer = await fetch(url, { method: 'POST', body: PDU });
    expect(answer.headers.get('content-type')).toBe('application/vnd.wap.mms-message');
    expect(await io.line(/m-send-req/)).toMatch(/^POST \/ m-send-req \d+ octets -> 200 m-send-conf ok$/);
    await io.line(/^push m-notification-ind/);
    expect(await readdir(folder)).toHaveLength(1);
    expect(io.outText).not.toContain('12025550122');
    io.kill('SIGTERM');
    expect(await running).toBe(0);
  });

  it('misbehaves on demand', async () => {
    const io = new TestIo();
    const running = runCli(['lab', 'mmsc', '--port', '0', '--fault', 'status-500'], io);
    const [, url = ''] = /(http:\S+)/.exec(await io.line(/listening on/)) ?? [];
    expect((await fetch(url, { method: 'POST', body: PDU })).status).toBe(500);
    io.kill('SIGTERM');
    expect(await running).toBe(0);
  });

  it.each([
    [['--fault', 'no-such-fault']],
    [['--port', '65536']],
    [['--subscriber', 'nobody']],
    [['--base', 'ftp://mmsc/']],
  ])('refuses %j with exit code 2', async (options) => {
    expect((await runCommand(['lab', 'mmsc', ...options])).exitCode).toBe(2);
  });
});
