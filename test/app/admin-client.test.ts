import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AdminClient } from '../../src/app/admin-client.ts';
import { startLabServer } from '../support/lab-rig.ts';
import { apiError, startAdmin } from '../support/scripted-admin.ts';

const SHAPE = z.object({ a: z.number() });
const GET = { method: 'GET', path: '/things' } as const;

describe('the client of the admin API', () => {
  it('asks below /api/v1, with its token, query and body', async () => {
    const admin = await startAdmin([200, { a: 1 }]);
    const client = new AdminClient({ url: admin.url, token: 'mmsguard_x' });
    const query = { number: '+1&a=b', limit: 5, cursor: undefined };
    expect(await client.json({ method: 'POST', path: '/things', query, body: { why: 'ü' } }, SHAPE)).toEqual({
      ok: true,
      value: { a: 1 },
    });
    expect(admin.asked).toEqual([
      {
        what: 'POST /things?number=%2B1%26a%3Db&limit=5',
        body: { why: 'ü' },
        authorization: 'Bearer mmsguard_x',
      },
    ]);
  });

  it('asks without a token when there is none', async () => {
    const admin = await startAdmin([200, { a: 1 }]);
    await new AdminClient({ url: admin.url, token: undefined }).json(GET, SHAPE);
    expect(admin.asked).toEqual([{ what: 'GET /things', body: undefined, authorization: undefined }]);
  });

  it('gives octets as they are', async () => {
    const octets = Buffer.from([0, 255, 10, 13]);
    const admin = await startAdmin([200, octets]);
    const answer = await new AdminClient({ url: admin.url, token: undefined }).bytes(GET);
    expect(answer).toEqual({ ok: true, bytes: octets });
  });

  it.each([
    [
      'an error of the API',
      [409, apiError('still-bad', 'it would be stopped', { reasons: ['r'] })],
      { code: 'still-bad', message: 'it would be stopped', details: { reasons: ['r'] } },
    ],
    ['an error of something else', [502, Buffer.from('<html>')], { code: 'not-admin', message: 'HTTP 502' }],
    ['an error of another shape', [500, { error: 'x' }], { code: 'not-admin', message: 'HTTP 500' }],
    ['no JSON', [200, Buffer.from('hello')], { code: 'not-admin' }],
    ['JSON of another shape', [200, { a: 'one' }], { code: 'not-admin' }],
  ] as const)('tells of %s', async (_, answer, failure) => {
    const admin = await startAdmin(answer);
    const client = new AdminClient({ url: admin.url, token: undefined });
    expect(await client.json(GET, SHAPE)).toMatchObject({ ok: false, ...failure });
  });

  it('follows no redirect: the token is for nobody else', async () => {
    const asked: unknown[] = [];
    const other = await startLabServer((request, response) => {
      asked.push(request.url);
      response.end();
      return Promise.resolve();
    });
    const server = await startLabServer((_request, response) => {
      response.writeHead(302, { Location: `http://127.0.0.1:${other.port}/` }).end();
      return Promise.resolve();
    });
    const client = new AdminClient({ url: `http://127.0.0.1:${server.port}`, token: 't' });
    expect(await client.bytes(GET)).toMatchObject({ ok: false, code: 'unreachable' });
    expect(asked).toEqual([]);
  });

  it('says when nobody listens', async () => {
    const server = await startLabServer(() => Promise.resolve());
    const url = `http://127.0.0.1:${server.port}`;
    await server.close();
    expect(await new AdminClient({ url, token: undefined }).bytes(GET)).toMatchObject({
      ok: false,
      code: 'unreachable',
      message: expect.stringMatching(/^http:.*ECONNREFUSED/) as string,
    });
  });

  it('says when the answer breaks off', async () => {
    const server = await startLabServer((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('half');
      setImmediate(() => response.destroy());
      return Promise.resolve();
    });
    const client = new AdminClient({ url: `http://127.0.0.1:${server.port}`, token: undefined });
    expect(await client.bytes(GET)).toMatchObject({ ok: false });
  });
});
