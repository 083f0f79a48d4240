import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startProxy } from '../../src/proxy/server.ts';
import { CA, CLIENT, SERVER, STRANGER } from '../support/certificates.ts';
import { localScanner } from '../support/local-scanner.ts';
import { sendConfirmation, sendRequest } from '../support/mms-messages.ts';
import { startMmsc, startRig, type Rig } from '../support/proxy-rig.ts';
import { proxySettings } from '../support/proxy-settings.ts';
import { post, RawConnection } from '../support/raw-http.ts';
import { RecordingObserver } from '../support/recording-observer.ts';
import { answering, silent } from '../support/scripted-mmsc.ts';

const GET = 'GET / HTTP/1.1\r\nHost: mmsc\r\n\r\n';

describe('startProxy', () => {
  it('rejects when the port is taken', async () => {
    const rig = await startRig();
    const settings = proxySettings(rig.mmsc.settings(), { listen: { port: rig.port } });
    await expect(
      startProxy(settings, { observer: new RecordingObserver(), scanner: localScanner() }),
    ).rejects.toThrow('EADDRINUSE');
  });

  it('rejects a gateway block that is none', async () => {
    const mmsc = await startMmsc();
    const settings = proxySettings(mmsc.settings(), { headers: { trustedGateways: ['gateway'] } });
    await expect(
      startProxy(settings, { observer: new RecordingObserver(), scanner: localScanner() }),
    ).rejects.toThrow(RangeError);
  });
});

describe('the listener', () => {
  it('takes headers up to the limit, and refuses more with 431', async () => {
    const rig = await startRig({ limits: { headerBytesMax: 1000 } });
    const withHeader = (size: number): string =>
      `GET / HTTP/1.1\r\nHost: mmsc\r\nX: ${'a'.repeat(size)}\r\n\r\n`;
    // node counts the target, the names and the values, and not what is between them
    const counted = ['/', 'Host', 'mmsc', 'X'].join('').length;
    const fitting = await rig.connect();
    expect((await fitting.send(withHeader(999 - counted)).response()).status).toBe(200);
    const over = await rig.connect();
    expect((await over.send(withHeader(1000 - counted)).response()).status).toBe(431);
    await over.closed();
    expect(await rig.observer.refused(1)).toEqual(['header-too-large']);
  });

  it('takes more headers than node would without being told', async () => {
    const rig = await startRig({ limits: { headerBytesMax: 100_000 } });
    const many = Array.from({ length: 2500 }, (_, index) => `a${index}: x\r\n`).join('');
    const connection = await rig.connect();
    await connection.send(`GET / HTTP/1.1\r\nHost: mmsc\r\n${many}\r\n`).response();
    expect(rig.mmsc.requests[0]?.header('a2499')).toBe('x');
  });

  it('closes one connection more than the limit at once', async () => {
    const rig = await startRig({ limits: { connectionsMax: 2 } });
    const allowed = [await rig.connect(), await rig.connect()];
    for (const connection of allowed) expect((await connection.send(GET).response()).status).toBe(200);
    const over = await rig.connect();
    expect(await over.closed()).toBe('');
    expect(await rig.observer.refused(1)).toEqual(['too-many-connections']);
  });

  it('refuses a request whose header comes too slowly with 408', async () => {
    const rig = await startRig({ timeouts: { requestHeaderMs: 100 } });
    const connection = await rig.connect();
    connection.send('GET / HTTP/1.1\r\nHo');
    expect((await connection.response()).status).toBe(408);
    await connection.closed();
    expect(await rig.observer.refused(1)).toEqual(['header-too-slow']);
  });

  it('closes a kept-alive connection that is idle', async () => {
    const rig = await startRig({ timeouts: { idleMs: 50 } });
    const connection = await rig.connect();
    await connection.send(GET).response();
    expect(await connection.closed()).toBe('');
  });

  it('closes a connection that pipelines too much', async () => {
    const rig = await startRig();
    rig.mmsc.script = silent;
    const connection = await rig.connect();
    connection.send(GET.repeat(20));
    expect(await connection.closed()).toBe('');
    expect(await rig.observer.refused(1)).toContain('too-many-pipelined');
    expect(rig.mmsc.requests.length).toBeLessThanOrEqual(1);
  });

  it('tells of malformed requests and CONNECT', async () => {
    const rig = await startRig();
    for (const octets of ['\x16\x03\x01\r\n\r\n', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n']) {
      const connection = await rig.connect();
      await connection.send(octets).response();
      await connection.closed();
    }
    expect(await rig.observer.refused(2)).toEqual(['malformed-request', 'connect-method']);
  });

  it('does not hang on a connection that was opened and left', async () => {
    const rig = await startRig({ timeouts: { requestHeaderMs: 100 } });
    const connection = await rig.connect();
    await connection.closed();
  });
});

describe('close', () => {
  it('lets what is in flight end, closes its connection, and accepts nothing new', async () => {
    const rig = await startRig({ timeouts: { drainMs: 10_000 } });
    const received = Promise.withResolvers<() => void>();
    rig.mmsc.script = (socket, request) => {
      received.resolve(() => {
        answering(sendConfirmation())(socket, request);
      });
    };
    const connection = await rig.connect();
    connection.send(post(sendRequest()));
    const answerNow = await received.promise;
    const closed = rig.proxy.close();
    await expect(once(connectTcp(rig.port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
    answerNow();
    const answer = await connection.response();
    expect([answer.header('connection'), answer.body.equals(sendConfirmation())]).toEqual(['close', true]);
    await closed;
    expect(rig.observer.records.map(({ outcome }) => outcome.kind)).toEqual(['forwarded']);
  });

  it('closes idle connections at once', async () => {
    const rig = await startRig({ timeouts: { drainMs: 10_000 } });
    const connection = await rig.connect();
    await connection.send(GET).response();
    await rig.proxy.close();
    await connection.closed();
  });

  it('ends what is still in flight at the deadline, and tells of it', async () => {
    const rig = await startRig({ timeouts: { drainMs: 100 } });
    rig.mmsc.script = silent;
    const connection = await rig.connect();
    connection.send(post(sendRequest()));
    await rig.mmsc.received(1);
    await rig.proxy.close();
    await connection.closed();
    expect(rig.observer.records.length).toBe(1);
    expect(rig.observer.records[0]?.outcome.kind).toBe('failed');
  });

  it('ends half a request at the deadline', async () => {
    const rig = await startRig({ timeouts: { drainMs: 100 } });
    const connection = await rig.connect();
    connection.send(post(sendRequest(), 'Expect: 100-continue\r\n').subarray(0, 130));
    expect((await connection.response()).status).toBe(100);
    await rig.proxy.close();
    await connection.closed();
  });

  it('may be called twice', async () => {
    const rig = await startRig();
    await Promise.all([rig.proxy.close(), rig.proxy.close()]);
  });
});

describe('the listener over TLS', () => {
  async function over(rig: Rig, options: ConnectionOptions = {}): Promise<RawConnection> {
    const socket = connectTls({ port: rig.port, host: '127.0.0.1', ca: CA, ...options });
    onTestFinished(() => {
      socket.destroy();
    });
    const connection = new RawConnection(socket);
    await once(socket, 'secureConnect');
    return connection;
  }

  const anyone = { listen: { tls: { ...SERVER, clientCertificate: 'none' } } } as const;
  const gateways = {
    listen: { tls: { ...SERVER, ca: CA, clientCertificate: 'required' } },
  } as const;
  const IDENTIFIED = 'GET / HTTP/1.1\r\nHost: mmsc\r\nX-MSISDN: +12025550111\r\n\r\n';

  it('serves whom it serves without it', async () => {
    const rig = await startRig(anyone);
    const connection = await over(rig);
    expect((await connection.send(IDENTIFIED).response()).body.toString()).toBe('ok');
    expect(rig.mmsc.requests[0]?.header('X-MSISDN')).toBeUndefined();
  });

  it('believes the identity headers of a gateway that showed its certificate', async () => {
    const rig = await startRig(gateways);
    const connection = await over(rig, CLIENT);
    expect((await connection.send(IDENTIFIED).response()).status).toBe(200);
    expect(rig.mmsc.requests[0]?.header('X-MSISDN')).toBe('+12025550111');
  });

  it.each([
    ['without a certificate', {}],
    ['with a certificate of a stranger', STRANGER],
  ])('refuses a peer %s', async (_, certificate) => {
    const rig = await startRig(gateways);
    const connection = await over(rig, certificate);
    connection.send(IDENTIFIED);
    expect(await connection.closed()).toBe('');
    expect(await rig.observer.refused(1)).toEqual(['tls-failed']);
    expect(rig.mmsc.connections).toBe(0);
  });

  it('refuses plain HTTP', async () => {
    const rig = await startRig(anyone);
    const connection = await rig.connect();
    connection.send(GET);
    expect(await connection.closed()).not.toContain('200');
    expect(await rig.observer.refused(1)).toEqual(['tls-failed']);
  });
});
