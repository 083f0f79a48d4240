import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BODY_BYTES_MAX } from '../../src/admin/json-body.ts';
import { startAdminRig } from '../support/admin-rig.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** A body of exactly so many octets, with a reason that is too long. */
const bodyOf = (octets: number): string => `{"why":"${'w'.repeat(octets - 10)}"}`;

async function deleteWith(body: string | Uint8Array, headers: Readonly<Record<string, string>> = JSON_TYPE) {
  const { url, tokens } = await startAdminRig();
  const response = await fetch(`${url}/api/v1/quarantine/a/delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.analyst}`, ...headers },
    body,
  });
  const { error } = (await response.json()) as { error: { code: string } };
  return [response.status, error.code];
}

describe('the body of a request', () => {
  it.each([
    ['{"why":"w"}', 404, 'unknown'],
    ['{"why":"w"', 400, 'bad-json'],
    ['"why"', 400, 'bad-json'],
    ['[]', 400, 'bad-request'],
    ['{}', 400, 'bad-request'],
    ['{"why":"w","__proto__":{}}', 400, 'bad-request'],
    [bodyOf(BODY_BYTES_MAX), 400, 'bad-request'],
    [bodyOf(BODY_BYTES_MAX + 1), 413, 'body-too-large'],
  ])('%#: is answered', async (body, status, code) => {
    expect(await deleteWith(body)).toEqual([status, code]);
  });

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=latin1' },
  ])('is not taken as %j', async (headers) => {
    expect(await deleteWith('{"why":"w"}', headers)).toEqual([415, 'not-json']);
  });

  it('is not taken compressed: it could unfold to anything', async () => {
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    expect(await deleteWith(gzipSync('{"why":"w"}'), headers)).toEqual([415, 'not-json']);
  });

  it('may be absent where nothing in it is needed', async () => {
    const { api } = await startAdminRig();
    expect(await api('/audit/verify', { method: 'POST', as: 'admin' })).toMatchObject({ status: 200 });
  });
});
