import { Agent } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HEAD_BYTES } from '../../src/proxy/body-collector.ts';
import { ByteBudget } from '../../src/proxy/byte-budget.ts';
import type { UpstreamRequest } from '../../src/proxy/forwarder.ts';
import { UpstreamAttempt, type AttemptLimits } from '../../src/proxy/upstream-attempt.ts';
import type { MmscSettings } from '../../src/proxy/settings.ts';
import { startMmsc } from '../support/proxy-rig.ts';
import {
  answering,
  resetting,
  sending,
  silent,
  thenClosing,
  ScriptedMmsc,
  type Script,
} from '../support/scripted-mmsc.ts';

const LIMITS: AttemptLimits = {
  bodyBytesMax: 10_000,
  headerBytesMax: 4096,
  connectMs: 5000,
  responseMs: 5000,
};
const BODY = Buffer.from('hello');

interface Changes {
  readonly request?: Partial<UpstreamRequest>;
  readonly limits?: Partial<AttemptLimits>;
  readonly agent?: Agent;
}

const attemptAt = (mmsc: ScriptedMmsc, changes: Changes = {}): UpstreamAttempt =>
  attemptTo(mmsc.settings(), changes);

function attemptTo(mmsc: MmscSettings, { request = {}, limits = {}, agent }: Changes): UpstreamAttempt {
  const own = agent ?? new Agent({ host: '127.0.0.1', port: mmsc.connect.port, keepAlive: true });
  onTestFinished(() => {
    own.destroy();
  });
  const full: UpstreamRequest = {
    mmsc,
    method: 'POST',
    path: '/',
    headers: ['Host', 'mmsc', 'Content-Length', `${BODY.length}`],
    body: BODY,
    hold: new ByteBudget(1_000_000).open(),
    ...request,
  };
  return new UpstreamAttempt(full, own, { ...LIMITS, ...limits });
}

async function outcomeOf(script: Script, changes: Changes = {}) {
  const mmsc = await startMmsc();
  mmsc.script = script;
  return attemptAt(mmsc, changes).outcome;
}

const OK = 'HTTP/1.1 200 OK\r\n';

describe('UpstreamAttempt', () => {
  it('writes request line, headers and body exactly as they are', async () => {
    const mmsc = await startMmsc();
    const headers = ['hOsT', 'MMSC', 'X-b', '1', 'x-B', '2', 'X-Latin', 'gr\xfc\xdfe', 'Content-Length', '5'];
    const path = '/a"<>\\^`{|}%zz?x=../;&';
    await attemptAt(mmsc, { request: { headers, path } }).outcome;
    const [received] = mmsc.requests;
    expect(received?.requestLine).toBe(`POST ${path} HTTP/1.1`);
    expect(received?.rawHeaders).toEqual([...headers, 'Connection', 'keep-alive']);
    expect(received?.body.equals(BODY)).toBe(true);
  });

  it('gives an answer as it is', async () => {
    const head = 'HTTP/1.1 299 Fine, "gr\xfc\xdfe"\r\nX-b: 1\r\nx-B: 2\r\nX-Latin: gr\xfc\xdfe\r\n';
    const { result } = await outcomeOf(answering(Buffer.from('body'), head));
    expect(result).toEqual({
      kind: 'response',
      status: 299,
      statusMessage: 'Fine, "grüße"',
      httpVersion: '1.1',
      rawHeaders: ['X-b', '1', 'x-B', '2', 'X-Latin', 'grüße', 'Content-Length', '4'],
      body: Buffer.from('body'),
    });
  });

  it.each([
    ['no reason phrase', `HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi`, 'hi'],
    ['a chunked body', `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1\r\ni\r\n0\r\n\r\n`, 'hi'],
    [
      'interim answers',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nX: y\r\n\r\n${OK}Content-Length: 2\r\n\r\nhi`,
      'hi',
    ],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
    [
      '304 with the length of another answer',
      'HTTP/1.1 304 Not Modified\r\nContent-Length: 99999\r\n\r\n',
      '',
    ],
    [
      'octets after the answer',
      `${OK}Content-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison`,
      'hi',
    ],
    ['junk after the answer', `${OK}Content-Length: 2\r\n\r\nhi-junk`, 'hi'],
  ])('takes an answer with %s', async (_, octets, body) => {
    const { result } = await outcomeOf(sending(octets));
    expect(result.kind === 'response' && result.body.toString()).toBe(body);
  });

  it.each([
    ['HTTP/1.1', `${OK}\r\nhi`],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nhi'],
  ])('takes a body that ends with the connection, in %s', async (_, octets) => {
    const { result } = await outcomeOf(thenClosing(sending(octets)));
    expect(result).toMatchObject({ kind: 'response', body: Buffer.from('hi') });
  });

  it('takes the length in an answer to HEAD for what it is', async () => {
    const request = { method: 'HEAD', headers: ['Host', 'mmsc'], body: undefined };
    const { result } = await outcomeOf(sending(`${OK}Content-Length: 99999999\r\n\r\n`), { request });
    expect(result).toMatchObject({
      kind: 'response',
      rawHeaders: ['Content-Length', '99999999'],
      body: Buffer.alloc(0),
    });
  });

  it.each([
    ['cut by Content-Length', `${OK}Content-Length: 5\r\n\r\nhi`],
    ['cut inside a chunk', `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhi`],
    ['cut before the last chunk', `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n`],
  ])('never gives a body that is %s', async (_, octets) => {
    const { result } = await outcomeOf(thenClosing(sending(octets)));
    expect(result).toEqual({ kind: 'failure', code: 'response-truncated' });
  });

  it.each([
    ['that is not HTTP', 'hello\r\n\r\n'],
    ['of HTTP/2', 'HTTP/2.0 200 OK\r\n\r\n'],
    [
      'with length and chunks',
      `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`,
    ],
    ['with two lengths', `${OK}Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi`],
    ['with another transfer coding', `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`],
    ['with a folded header', `${OK}X: a\r\n b\r\nContent-Length: 2\r\n\r\nhi`],
    ['with bare LF', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nhi'],
    ['with a status under 100', 'HTTP/1.1 099 No\r\nContent-Length: 2\r\n\r\nhi'],
    ['with a control character in the reason', 'HTTP/1.1 200 O\x01K\r\nContent-Length: 2\r\n\r\nhi'],
    ['that switches protocols', 'HTTP/1.1 101 Switch\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nraw'],
    ['that switches protocols without saying to which', 'HTTP/1.1 101 Switch\r\n\r\nraw'],
    ['with headers over the limit', `${OK}X: ${'a'.repeat(5000)}\r\n\r\n`],
  ])('refuses an answer %s', async (_, octets) => {
    const { result } = await outcomeOf(sending(octets));
    expect(result).toEqual({ kind: 'failure', code: 'response-malformed' });
  });

  it('takes more headers than node would without being told', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => `a${index}:\r\n`).join('');
    const limits = { headerBytesMax: 100_000 };
    const { result } = await outcomeOf(answering(BODY, `${OK}${many}`), { limits });
    expect(result.kind === 'response' && result.rawHeaders.length).toBe(2 * 2501);
  });

  it.each([
    ['declared', (size: number) => answering(Buffer.alloc(size, 'x'))],
    [
      'chunked',
      (size: number) =>
        sending(
          `${OK}Transfer-Encoding: chunked\r\n\r\n${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`,
        ),
    ],
    ['ended by closing', (size: number) => thenClosing(sending(`${OK}\r\n${'x'.repeat(size)}`))],
  ])('takes a %s body of the limit, and gives the head of one that is an octet longer', async (_, script) => {
    const limits = { bodyBytesMax: HEAD_BYTES * 2 };
    const taken = await outcomeOf(script(HEAD_BYTES * 2), { limits });
    expect(taken.result.kind === 'response' && taken.result.body.length).toBe(HEAD_BYTES * 2);
    const refused = await outcomeOf(script(HEAD_BYTES * 2 + 1), { limits });
    expect(refused.result).toEqual({
      kind: 'failure',
      code: 'response-too-large',
      head: Buffer.alloc(HEAD_BYTES, 'x'),
    });
  });

  it('does not wait for a declared body over the limit to come', async () => {
    const octets = `${OK}Content-Length: 10001\r\n\r\n${'x'.repeat(HEAD_BYTES)}`;
    expect((await outcomeOf(sending(octets))).result).toMatchObject({ code: 'response-too-large' });
  });

  it('takes a small answer from a full budget, and gives up a large one', async () => {
    const request = { hold: new ByteBudget(0).open() };
    const small = await outcomeOf(answering(Buffer.alloc(HEAD_BYTES)), { request });
    expect(small.result.kind).toBe('response');
    const large = await outcomeOf(answering(Buffer.alloc(HEAD_BYTES + 1)), { request });
    expect(large.result).toMatchObject({ kind: 'failure', code: 'response-overloaded' });
  });

  it('takes an answer that comes before the request was read, and keeps that connection for nobody', async () => {
    const mmsc = await startMmsc();
    mmsc.onConnection = (socket) => {
      socket.pause();
      socket.write(`${OK}Content-Length: 2\r\n\r\nhi`);
    };
    const body = Buffer.alloc(50_000_000);
    const headers = ['Host', 'mmsc', 'Content-Length', `${body.length}`];
    const agent = new Agent({ host: '127.0.0.1', port: mmsc.port, keepAlive: true });
    const { result } = await attemptAt(mmsc, { agent, request: { headers, body } }).outcome;
    expect(result).toMatchObject({ kind: 'response', body: Buffer.from('hi') });
    await expect.poll(() => Object.keys({ ...agent.sockets, ...agent.freeSockets })).toEqual([]);
  });

  it('says reset for a connection that breaks before an answer', async () => {
    expect(await outcomeOf(resetting)).toEqual({
      result: { kind: 'failure', code: 'reset' },
      isStale: false,
    });
  });

  it('says reset for a connection that ends inside the header of an answer', async () => {
    expect((await outcomeOf(thenClosing(sending(`${OK}Content-Le`)))).result).toMatchObject({
      code: 'reset',
    });
  });

  it('says connect-failed when nobody listens', async () => {
    const mmsc = await ScriptedMmsc.start();
    const settings = mmsc.settings();
    await mmsc.close();
    const agent = new Agent({ host: '127.0.0.1', port: settings.connect.port });
    const attempt = attemptTo(settings, { agent });
    expect((await attempt.outcome).result).toEqual({ kind: 'failure', code: 'connect-failed' });
  });

  it('says response-timeout when no answer comes', async () => {
    const { result } = await outcomeOf(silent, { limits: { responseMs: 50 } });
    expect(result).toEqual({ kind: 'failure', code: 'response-timeout' });
  });

  it('says response-timeout when an answer drips', async () => {
    const dripping: Script = (socket) => {
      socket.write(`${OK}Content-Length: 100000\r\n\r\n`);
      const timer = setInterval(() => socket.write('x'), 5);
      socket.on('close', () => {
        clearInterval(timer);
      });
    };
    const { result } = await outcomeOf(dripping, { limits: { responseMs: 100, bodyBytesMax: 200_000 } });
    expect(result).toEqual({ kind: 'failure', code: 'response-timeout' });
  });

  it('says connect-timeout when no connection gets free', async () => {
    const mmsc = await startMmsc();
    mmsc.script = silent;
    const agent = new Agent({ host: '127.0.0.1', port: mmsc.port, keepAlive: true, maxSockets: 1 });
    const blocking = attemptAt(mmsc, { agent });
    await mmsc.received(1);
    const waiting = attemptAt(mmsc, { agent, limits: { connectMs: 50 } });
    expect((await waiting.outcome).result).toEqual({ kind: 'failure', code: 'connect-timeout' });
    blocking.fail('aborted');
    await blocking.outcome;
    expect(mmsc.requests.length).toBe(1);
  });

  it('ends when it is told to, once', async () => {
    const mmsc = await startMmsc();
    mmsc.script = silent;
    const attempt = attemptAt(mmsc);
    await mmsc.received(1);
    attempt.fail('aborted');
    attempt.fail('reset');
    expect(await attempt.outcome).toEqual({ result: { kind: 'failure', code: 'aborted' }, isStale: false });
  });

  it('knows that a kept-alive connection broke before any answer', async () => {
    const mmsc = await startMmsc();
    const agent = new Agent({ host: '127.0.0.1', port: mmsc.port, keepAlive: true });
    await attemptAt(mmsc, { agent }).outcome;
    await new Promise(setImmediate);
    mmsc.script = resetting;
    const second = await attemptAt(mmsc, { agent }).outcome;
    expect(mmsc.requests.map(({ connection }) => connection)).toEqual([1, 1]);
    expect(second).toEqual({ result: { kind: 'failure', code: 'reset' }, isStale: true });
  });
});
