import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseHttpUrl, sendRequest } from '../../src/lab/http-client.ts';
import { startLabServer, urlOf } from '../support/lab-rig.ts';

const LIMITS = { timeoutMs: 20_000, bodyBytesMax: 100 };

/** A server that sends these octets to whoever connects, once it was asked, and closes if it is told to. */
async function startRaw(octets: string | Buffer, closes = true): Promise<{ readonly port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => (closes ? socket.end(octets) : socket.write(octets)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port };
}

const get = (server: { readonly port: number }) => sendRequest({ method: 'GET', url: urlOf(server) }, LIMITS);

describe('parseHttpUrl', () => {
  it.each([
    ['http://mmsc', { host: 'mmsc', port: 80, authority: 'mmsc', path: '/' }],
    ['http://mmsc/', { host: 'mmsc', port: 80, authority: 'mmsc', path: '/' }],
    ['HTTP://MMSC:08002/a/../b%2F?Q=#', undefined],
    [
      'http://MMSC:8002/a/../b%2f?Q',
      { host: 'MMSC', port: 8002, authority: 'MMSC:8002', path: '/a/../b%2f?Q' },
    ],
    [
      'http://mmsc62:10021?AaamM',
      { host: 'mmsc62', port: 10_021, authority: 'mmsc62:10021', path: '/?AaamM' },
    ],
    ['http://[::1]:8/x', { host: '::1', port: 8, authority: '[::1]:8', path: '/x' }],
    [' http://mmsc/x', { host: 'mmsc', port: 80, authority: 'mmsc', path: '/x' }],
    ['http://mmsc:65536/', undefined],
    ['http://user@mmsc/', undefined],
    ['http://mmsc/a b', undefined],
    ['http://mmsc/\r\nX: y', undefined],
    ['https://mmsc/', undefined],
    ['/path', undefined],
    ['', undefined],
  ])('takes %j to pieces', (url, expected) => {
    expect(parseHttpUrl(url)).toEqual(expected);
  });
});

describe('sendRequest', () => {
  it('asks in origin form, and in absolute form through a proxy, letter by letter', async () => {
    const seen: unknown[][] = [];
    const server = await startLabServer(async (request, response) => {
      seen.push([request.url, request.headers.host, request.headers['x-own']]);
      response.end();
      await Promise.resolve();
    });
    const own = urlOf(server);
    const headers = { 'X-Own': 'yes' };
    await sendRequest({ method: 'GET', url: `${own}a/../b?c`, headers });
    await sendRequest({ method: 'GET', url: 'http://MMSC:81/a//b?c', proxy: own, headers });
    expect(seen).toEqual([
      ['/a/../b?c', `127.0.0.1:${server.port}`, 'yes'],
      ['http://MMSC:81/a//b?c', 'MMSC:81', 'yes'],
    ]);
  });

  it('sends its body with its length, and gives the answer', async () => {
    const server = await startLabServer(async (request, response) => {
      const length = request.headers['content-length'] ?? 'none';
      request.pipe(response.writeHead(202, { 'Content-Type': 'a/b', 'X-Length': length }));
      await once(response, 'finish');
    });
    const answer = await sendRequest({ method: 'POST', url: urlOf(server), body: Buffer.from('body') });
    expect(answer).toMatchObject({ ok: true, status: 202, contentType: 'a/b', body: Buffer.from('body') });
    expect(answer.ok && answer.rawHeaders).toEqual(expect.arrayContaining(['X-Length', '4']));
  });

  it.each([
    ['at the limit', 100, { ok: true }],
    ['one past the limit', 101, { ok: false, reason: 'too-large' }],
  ])('takes an answer %s', async (_, size, expected) => {
    const server = await startRaw(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(size)}`);
    expect(await get(server)).toMatchObject(expected);
  });

  it.each([
    ['gunzips an answer', gzipSync('z'.repeat(100)), { ok: true, body: Buffer.alloc(100, 'z') }],
    ['gunzips no bomb', gzipSync('z'.repeat(101)), { ok: false, reason: 'bad-encoding' }],
    ['tells of gzip that is none', Buffer.from('no gzip'), { ok: false, reason: 'bad-encoding' }],
  ])('%s', async (_, body, expected) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    const server = await startRaw(Buffer.concat([Buffer.from(head), body]));
    expect(await get(server)).toMatchObject(expected);
  });

  it.each([
    ['closes without a word', '', 'broken-off'],
    ['does not speak HTTP', 'SSH-2.0-x\r\n', 'broken-off'],
    ['sends less than it announced', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx', 'broken-off'],
  ])('tells of a server that %s', async (_, octets, reason) => {
    expect(await get(await startRaw(octets))).toMatchObject({ ok: false, reason });
  });

  it('tells that nobody listens', async () => {
    const server = await startLabServer(() => Promise.resolve());
    await server.close();
    expect(await get(server)).toMatchObject({ ok: false, reason: 'no-connection' });
  });

  it.each(['ftp://mmsc/', 'http://mmsc/ä'])('does not ask for %s', async (url) => {
    expect(await sendRequest({ method: 'GET', url })).toMatchObject({ ok: false, reason: 'bad-url' });
  });

  it('does not go through a proxy that has no URL', async () => {
    const request = { method: 'GET', url: 'http://mmsc/', proxy: 'proxy:80' } as const;
    expect(await sendRequest(request)).toMatchObject({ ok: false, reason: 'bad-url' });
  });

  it.each([
    ['before the answer', ''],
    ['inside the answer', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx'],
  ])('gives up in time %s', async (_, octets) => {
    const server = await startRaw(octets, false);
    const limits = { timeoutMs: 50, bodyBytesMax: 100 };
    expect(await sendRequest({ method: 'GET', url: urlOf(server) }, limits)).toMatchObject({
      ok: false,
      reason: 'timed-out',
    });
  });

  it('gives up when its owner does', async () => {
    const owner = new AbortController();
    const server = await startLabServer(async () => {
      owner.abort();
      await Promise.resolve();
    });
    const answer = sendRequest({ method: 'GET', url: urlOf(server), signal: owner.signal }, LIMITS);
    expect(await answer).toMatchObject({ ok: false, reason: 'given-up' });
  });

  it('takes an answer that comes before its body was read', async () => {
    const server = await startLabServer(async (_, response) => {
      response.writeHead(503, { Connection: 'close' }).end('early');
      await Promise.resolve();
    });
    const answer = await sendRequest({ method: 'POST', url: urlOf(server), body: Buffer.alloc(1000) });
    expect(answer).toMatchObject({ ok: true, status: 503 });
  });
});
