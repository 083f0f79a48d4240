import { once } from 'node:events';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ByteBudget } from '../../src/proxy/byte-budget.ts';
import type { UpstreamRequest } from '../../src/proxy/forwarder.ts';
import { MISTRUST_MS, NodeForwarder } from '../../src/proxy/node-forwarder.ts';
import type { MmscSettings } from '../../src/proxy/settings.ts';
import { CA, CLIENT, SERVER, STRANGER } from '../support/certificates.ts';
import { startMmsc } from '../support/proxy-rig.ts';
import { proxySettings, type SettingsChanges } from '../support/proxy-settings.ts';
import { answering, resetting, silent } from '../support/scripted-mmsc.ts';

function forwarderTo(mmsc: MmscSettings, changes: SettingsChanges = {}, now?: () => number) {
  const settings = proxySettings(mmsc, changes);
  const forwarder = new NodeForwarder(settings, now);
  onTestFinished(() => {
    forwarder.close();
  });
  const request = (method: string): UpstreamRequest => {
    const body = method === 'POST' ? Buffer.from('hello') : undefined;
    const headers = ['Host', 'mmsc', ...(body ? ['Content-Length', '5'] : [])];
    return { mmsc: settings.mmsc, method, path: '/', headers, body, hold: new ByteBudget(1e6).open() };
  };
  return {
    forwarder,
    post: (signal?: AbortSignal) => forwarder.send(request('POST'), signal),
    get: (signal?: AbortSignal) => forwarder.send(request('GET'), signal),
    request,
  };
}

const OK = answering(Buffer.from('ok'));

describe('NodeForwarder', () => {
  it('uses a connection again', async () => {
    const mmsc = await startMmsc();
    const { post } = forwarderTo(mmsc.settings());
    for (let count = 0; count < 3; count += 1) {
      await post();
      await new Promise(setImmediate);
    }
    expect(mmsc.requests.map(({ connection }) => connection)).toEqual([1, 1, 1]);
  });

  it('opens no more connections than the limit, and lets the others wait', async () => {
    const mmsc = await startMmsc();
    const { post } = forwarderTo(mmsc.settings(), { limits: { mmscConnectionsMax: 2 } });
    const results = await Promise.all(Array.from({ length: 9 }, () => post()));
    expect(results.map(({ kind }) => kind)).toEqual(Array.from({ length: 9 }, () => 'response'));
    expect(mmsc.connections).toBe(2);
  });

  it('never sends a POST twice when a kept-alive connection breaks under it', async () => {
    const mmsc = await startMmsc();
    const { post } = forwarderTo(mmsc.settings());
    await post();
    await new Promise(setImmediate);
    mmsc.script = resetting;
    expect(await post()).toEqual({ kind: 'failure', code: 'reset' });
    expect(mmsc.requests.length).toBe(2);
  });

  it('gives POSTs connections of their own after that, until the MMSC is trusted again', async () => {
    const mmsc = await startMmsc();
    let nowMs = 0;
    const { post } = forwarderTo(mmsc.settings(), {}, () => nowMs);
    const settled = async (): Promise<void> => {
      await post();
      await new Promise(setImmediate);
    };
    await settled();
    mmsc.script = resetting;
    await settled();
    mmsc.script = OK;
    nowMs = MISTRUST_MS - 1;
    for (let count = 0; count < 2; count += 1) await settled();
    nowMs = MISTRUST_MS;
    for (let count = 0; count < 2; count += 1) await settled();
    expect(mmsc.requests.map(({ connection }) => connection)).toEqual([1, 1, 2, 3, 4, 4]);
  });

  it('fails no POST when the MMSC closes a connection before the next message', async () => {
    const mmsc = await startMmsc();
    const { post } = forwarderTo(mmsc.settings());
    for (let count = 0; count < 3; count += 1) {
      expect((await post()).kind).toBe('response');
      await new Promise(setImmediate);
      await mmsc.closeConnections();
    }
    expect(mmsc.connections).toBe(3);
  });

  it('honours Connection: close', async () => {
    const mmsc = await startMmsc();
    mmsc.script = answering(Buffer.from('ok'), 'HTTP/1.1 200 OK\r\nConnection: close\r\n');
    const { post } = forwarderTo(mmsc.settings());
    await post();
    await post();
    expect(mmsc.requests.map(({ connection }) => connection)).toEqual([1, 2]);
  });

  it('does not keep a connection that the MMSC keeps for a second only', async () => {
    const mmsc = await startMmsc();
    mmsc.script = answering(Buffer.from('ok'), 'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\n');
    const { post } = forwarderTo(mmsc.settings());
    await post();
    await new Promise(setImmediate);
    await post();
    expect(mmsc.requests.map(({ connection }) => connection)).toEqual([1, 2]);
  });

  it('sends a GET once more, on a new connection, when a kept-alive one broke', async () => {
    const mmsc = await startMmsc();
    const { get } = forwarderTo(mmsc.settings());
    await get();
    await new Promise(setImmediate);
    mmsc.script = (socket, request) => {
      if (request.connection === 1) resetting(socket, request);
      else OK(socket, request);
    };
    expect(await get()).toMatchObject({ kind: 'response' });
    expect(mmsc.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  });

  it('sends a GET twice at most', async () => {
    const mmsc = await startMmsc();
    const { get } = forwarderTo(mmsc.settings());
    await get();
    await new Promise(setImmediate);
    mmsc.script = resetting;
    expect(await get()).toEqual({ kind: 'failure', code: 'reset' });
    expect(mmsc.requests.length).toBe(3);
  });

  it('gives an answer that the MMSC sent without being asked to nobody', async () => {
    const mmsc = await startMmsc();
    const { get } = forwarderTo(mmsc.settings());
    const poison = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison';
    const served = Promise.withResolvers<Socket>();
    mmsc.script = (socket, request) => {
      OK(socket, request);
      served.resolve(socket);
    };
    await get();
    await new Promise(setImmediate);
    const socket = await served.promise;
    socket.write(poison);
    await once(socket, 'close');
    expect(await get()).toMatchObject({ kind: 'response', body: Buffer.from('ok') });
  });

  it('ends when the signal says so, before or during the request', async () => {
    const mmsc = await startMmsc();
    mmsc.script = silent;
    const { get } = forwarderTo(mmsc.settings());
    const controller = new AbortController();
    const during = get(controller.signal);
    await mmsc.received(1);
    controller.abort();
    expect(await during).toEqual({ kind: 'failure', code: 'aborted' });
    expect(await get(controller.signal)).toEqual({ kind: 'failure', code: 'aborted' });
  });

  it('ends what is in flight, and what waits, when it is closed', async () => {
    const mmsc = await startMmsc();
    mmsc.script = silent;
    const { post, forwarder } = forwarderTo(mmsc.settings(), { limits: { mmscConnectionsMax: 1 } });
    const results = [post(), post()];
    await mmsc.received(1);
    forwarder.close();
    expect(await Promise.all(results)).toEqual([
      { kind: 'failure', code: 'aborted' },
      { kind: 'failure', code: 'aborted' },
    ]);
    expect(mmsc.requests.length).toBe(1);
  });

  it('rejects an MMSC that is not configured, because that is a bug', async () => {
    const { forwarder, request } = forwarderTo({
      host: 'a',
      port: 1,
      connect: { protocol: 'http:', host: 'a', port: 1 },
    });
    const stranger = { host: 'b', port: 1, connect: { protocol: 'http:', host: 'b', port: 1 } } as const;
    await expect(forwarder.send({ ...request('GET'), mmsc: stranger })).rejects.toThrow(RangeError);
  });
});

describe('NodeForwarder over TLS', () => {
  async function secureMmsc(options: ServerOptions = {}): Promise<MmscSettings['connect']> {
    const server = createHttpsServer({ ...SERVER, ...options }, (request, response) => {
      request.resume();
      response.end('secure');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { protocol: 'https:', host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  }

  const over = (connect: MmscSettings['connect'], tls?: MmscSettings['tls']) =>
    forwarderTo({ host: 'mmsc', port: 443, connect, ...(tls && { tls }) }).post();

  it('trusts an MMSC whose certificate the given authority signed', async () => {
    const connect = await secureMmsc();
    expect(await over(connect, { ca: CA })).toMatchObject({ kind: 'response', body: Buffer.from('secure') });
  });

  it('checks the certificate against the given server name', async () => {
    const connect = await secureMmsc();
    expect(await over(connect, { ca: CA, serverName: 'server.test' })).toMatchObject({ kind: 'response' });
    expect(await over(connect, { ca: CA, serverName: 'other.test' })).toEqual({
      kind: 'failure',
      code: 'connect-failed',
    });
  });

  it.each([
    ['the platform does not know', undefined],
    ['the given authority did not sign', { ca: STRANGER.cert }],
  ])('refuses a certificate that %s', async (_, tls) => {
    expect(await over(await secureMmsc(), tls)).toEqual({ kind: 'failure', code: 'connect-failed' });
  });

  it('shows its own certificate to an MMSC that asks', async () => {
    const connect = await secureMmsc({ ca: CA, requestCert: true, rejectUnauthorized: true });
    expect(await over(connect, { ca: CA, ...CLIENT })).toMatchObject({ kind: 'response' });
    expect(await over(connect, { ca: CA })).toMatchObject({ kind: 'failure' });
  });
});
