import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand, TestIo } from '../support/command-run.ts';
import { runCli } from '../../src/app/cli.ts';
import { sendConfirmation, sendRequest } from '../support/mms-messages.ts';
import { connectRaw, post } from '../support/raw-http.ts';
import { answering, ScriptedMmsc, silent } from '../support/scripted-mmsc.ts';
import { scratchFile } from '../support/scratch-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** `mmsguard serve` as a process of its own. */
class ServeProcess {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #exit: Promise<unknown[]>;
  readonly #lines: AsyncIterator<string>;
  readonly stderr: Promise<string>;

  constructor(args: readonly string[], environment: Record<string, string>) {
    this.#child = spawn(process.execPath, ['src/main.ts', 'serve', ...args], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#exit = once(this.#child, 'exit');
    const reader: Interface = createInterface(this.#child.stdout);
    this.#lines = reader[Symbol.asyncIterator]();
    this.stderr = text(this.#child.stderr);
    onTestFinished(() => {
      this.#child.kill('SIGKILL');
    });
  }

  /** The next log line with this message; lines before it are dropped. */
  async logged(message: string): Promise<Record<string, unknown>> {
    for (;;) {
      const next = await this.#lines.next();
      if (next.done === true) throw new Error(`ended without "${message}": ${await this.stderr}`);
      const line = JSON.parse(next.value) as Record<string, unknown>;
      if (line['msg'] === message) return line;
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Exit code, or the signal that killed it. */
  async exited(): Promise<unknown> {
    const [code, signal] = await this.#exit;
    return code ?? signal;
  }
}

async function startMmsc(): Promise<ScriptedMmsc> {
  const mmsc = await ScriptedMmsc.start();
  onTestFinished(() => mmsc.close());
  return mmsc;
}

function serving(mmsc: ScriptedMmsc, environment: Record<string, string> = {}): ServeProcess {
  return new ServeProcess([], {
    MMSGUARD_LISTEN_PORT: '0',
    MMSGUARD_ADMIN_PORT: '0',
    MMSGUARD_SCANNING_THREADS: '1',
    MMSGUARD_MMSC_URL: `http://127.0.0.1:${mmsc.port}/`,
    ...environment,
  });
}

describe('mmsguard serve, as a process', () => {
  it('at SIGTERM takes no more connections, finishes the request in flight, and exits 0', async () => {
    const mmsc = await startMmsc();
    const answer = Promise.withResolvers<undefined>();
    mmsc.script = (socket, received) => {
      void answer.promise.then(() => {
        answering(sendConfirmation())(socket, received);
      });
    };
    const proxy = serving(mmsc);
    const port = Number((await proxy.logged('listening'))['port']);
    const handset = await connectRaw(port);
    handset.send(post(sendRequest()));
    await mmsc.received(1);

    proxy.kill('SIGTERM');
    expect(await proxy.logged('stopping')).toMatchObject({ signal: 'SIGTERM', drainMs: 10_000 });
    await expect(connectRaw(port)).rejects.toThrow('ECONNREFUSED');
    answer.resolve(undefined);

    const response = await handset.response();
    expect([response.status, response.body]).toEqual([200, sendConfirmation()]);
    expect(await proxy.logged('exchange')).toMatchObject({ outcome: 'forwarded' });
    await proxy.logged('stopped');
    expect([await proxy.exited(), await proxy.stderr]).toEqual([0, '']);
  });

  it('ends what is in flight once drainMs is over, and exits 0 all the same', async () => {
    const mmsc = await startMmsc();
    mmsc.script = silent;
    const proxy = serving(mmsc, { MMSGUARD_TIMEOUTS_DRAIN_MS: '100' });
    const handset = await connectRaw(Number((await proxy.logged('listening'))['port']));
    handset.send(post(sendRequest()));
    await mmsc.received(1);
    proxy.kill('SIGTERM');
    await handset.closed();
    expect(await proxy.exited()).toBe(0);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('at a second signal (%s) exits at once with %d', async (signal, code) => {
    const mmsc = await startMmsc();
    mmsc.script = silent;
    const proxy = serving(mmsc, { MMSGUARD_TIMEOUTS_DRAIN_MS: '3600000' });
    const handset = await connectRaw(Number((await proxy.logged('listening'))['port']));
    onTestFinished(() => {
      handset.destroy();
    });
    handset.send(post(sendRequest()));
    await mmsc.received(1);
    proxy.kill('SIGTERM');
    await proxy.logged('stopping');
    proxy.kill(signal);
    expect(await proxy.exited()).toBe(code);
  });

  it('with an idle kept-alive connection exits at SIGINT without waiting for it', async () => {
    const mmsc = await startMmsc();
    mmsc.script = answering(sendConfirmation());
    const proxy = serving(mmsc, { MMSGUARD_TIMEOUTS_DRAIN_MS: '3600000' });
    const handset = await connectRaw(Number((await proxy.logged('listening'))['port']));
    await handset.send(post(sendRequest())).response();
    proxy.kill('SIGINT');
    expect(await handset.closed()).toBe('');
    expect(await proxy.exited()).toBe(0);
  });

  it('that cannot start says why in one line, without a stack trace, and exits 1', async () => {
    const mmsc = await startMmsc();
    const proxy = serving(mmsc, { MMSGUARD_LISTEN_PORT: String(mmsc.port) });
    expect([await proxy.exited(), await proxy.stderr]).toEqual([
      1,
      `mmsguard: address-in-use: listen.port: 127.0.0.1 port ${mmsc.port}: another program listens there\n`,
    ]);
  });
});

describe('mmsguard serve', () => {
  it('runs on the file that it is given, until a signal', async () => {
    const file = scratchFile('a.yaml', 'listen: {port: 0}\nadmin: {port: 0}\nmmsc: {url: http://mmsc/}');
    const io = new TestIo();
    const run = runCli(['serve', '--config', file], io);
    const line = await io.line(/"msg":"listening"/);
    expect(JSON.parse(line)).toMatchObject({ address: '127.0.0.1', mmsc: 'http://mmsc/', tls: false });
    io.kill('SIGTERM');
    expect(await run).toBe(0);
  });

  it('refuses a wrong configuration with 2, before it starts anything', async () => {
    const file = scratchFile('a.yaml', 'listen: {prt: 0}');
    expect(await runCommand(['serve', '--config', file])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `${file}:1: listen.prt: unknown key; did you mean port?\n`,
    });
  });

  it('says of a missing certificate which key names it, and exits 1', async () => {
    const file = scratchFile('a.yaml', 'listen: {port: 0, tls: {certFile: /none.pem, keyFile: /none.pem}}');
    const { exitCode, stdout, stderr } = await runCommand(['serve', '--config', file]);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      'mmsguard: pem-unreadable: listen.tls.certFile: /none.pem: there is no such file\n',
    );
  });
});
