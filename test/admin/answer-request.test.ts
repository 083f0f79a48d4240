import { describe, expect, it, vi } from 'vitest';
import type { AdminParts } from '../../src/admin/admin-parts.ts';
import { ACCESS_HEADER } from '../../src/admin/answer-request.ts';
import { startAdminRig, startPlainAdmin, STORE_FAILURE } from '../support/admin-rig.ts';

describe('before a request is carried out', () => {
  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'http://evil.test' },
    { 'sec-fetch-site': 'same-origin' },
  ])('a change for a web page is refused: %j', async (headers) => {
    const reloadRules = vi.fn<AdminParts['reloadRules']>();
    const { ask } = await startPlainAdmin({ reloadRules });
    const answer = await ask('/api/v1/rules/reload', {
      method: 'POST',
      headers: headers as unknown as Record<string, string>,
    });
    expect(answer).toMatchObject({ status: 403, code: 'foreign-page' });
    expect(reloadRules).not.toHaveBeenCalled();
  });

  it('it says that no token is needed, as long as there is none', async () => {
    const { ask } = await startPlainAdmin();
    expect((await ask('/api/v1/rules')).headers.get(ACCESS_HEADER)).toBe('loopback');
    const { api } = await startAdminRig();
    expect((await api('/rules', { as: 'viewer' })).headers.get(ACCESS_HEADER)).toBeNull();
  });

  it('a token is asked for when there are any', async () => {
    const answer = await (await startAdminRig()).api('/rules');
    expect(answer).toMatchObject({ status: 401, code: 'token-missing' });
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('a role that is too low is refused, with the one that is needed', async () => {
    const { api, acts } = await startAdminRig();
    expect(await api('/tokens', { as: 'analyst' })).toMatchObject({
      status: 403,
      code: 'role-too-low',
      json: { error: { details: { needed: 'admin' } } },
    });
    expect(await acts()).toEqual([]);
  });

  it('wrong tokens are refused after a while, with the time to wait', async () => {
    const { ask } = await startPlainAdmin({ access: { failuresMax: 1, windowMs: 60_000, addressesMax: 1 } });
    const headers = { authorization: 'Bearer mmsguard_wrong' };
    expect(await ask('/api/v1/rules', { headers })).toMatchObject({ status: 401, code: 'token-invalid' });
    const refused = await ask('/api/v1/rules', { headers });
    expect(refused).toMatchObject({ status: 429, code: 'too-many-failures' });
    expect(refused.headers.get('retry-after')).toBe('60');
  });

  it.each([
    ['GET', '/rules?limit=1', 'limit'],
    ['GET', '/quarantine?stat=held', 'stat'],
    ['GET', '/quarantine?state=a&state=b', 'state'],
    ['GET', '/tasks/a%20b', 'id'],
    ['GET', `/tasks/${'a'.repeat(65)}`, 'id'],
  ])('what the route does not know is refused with its key: %s %s', async (method, path, key) => {
    const { api } = await startAdminRig();
    expect(await api(path, { method, as: 'viewer' })).toMatchObject({
      status: 400,
      code: 'bad-request',
      json: { error: { details: { problems: [{ key }] } } },
    });
  });

  it.each(['/rules/reload', '/quarantine/a/rescan'])(
    'what no route asks for is refused: %s',
    async (path) => {
      const { api, service } = await startAdminRig();
      service.rescan.mockResolvedValue({ kind: 'unknown' });
      const asking = { method: 'POST', as: 'admin' } as const;
      expect(await api(path, { ...asking, body: { force: true } })).toMatchObject({ status: 400 });
      expect((await api(path, { ...asking, body: {} })).status).not.toBe(400);
    },
  );

  it('a database that fails lets nobody in', async () => {
    const { api, storage } = await startAdminRig();
    storage.tokens.check = () => Promise.resolve(STORE_FAILURE);
    expect(await api('/rules', { as: 'admin' })).toMatchObject({ status: 503, code: 'unavailable' });
  });

  it('an act that cannot be audited is refused', async () => {
    const reloadRules = vi.fn<AdminParts['reloadRules']>();
    const { api, storage } = await startAdminRig({ reloadRules });
    storage.audit.append = () => Promise.resolve(STORE_FAILURE);
    expect(await api('/rules/reload', { method: 'POST', as: 'admin' })).toMatchObject({
      status: 503,
      code: 'audit-unavailable',
    });
    expect(reloadRules).not.toHaveBeenCalled();
  });

  it('an act is audited under the name and role of the token', async () => {
    const { api, acts } = await startAdminRig();
    await api('/rules/reload', { method: 'POST', as: 'admin' });
    const who = { by: 'a admin', role: 'admin', act: 'rules.reload', target: '' };
    expect(await acts()).toMatchObject([
      { ...who, number: 1, detail: {} },
      { ...who, number: 2, detail: { of: 1, result: 'done', digest: 'e' } },
    ]);
  });
});

const STORED = [
  ['GET', '/quarantine'],
  ['GET', '/quarantine/a'],
  ['POST', '/quarantine/release'],
  ['POST', '/tasks/a/cancel'],
  ['GET', '/messages'],
  ['GET', '/senders/a'],
  ['GET', '/tokens'],
  ['GET', '/audit'],
] as const;

describe('without a storage', () => {
  it.each(STORED)('there is no %s %s', async (method, path) => {
    const { ask } = await startPlainAdmin();
    expect(await ask(`/api/v1${path}`, { method })).toMatchObject({ status: 404, code: 'no-storage' });
  });

  it.each(['/rules', '/policy', '/openapi.json'])('there is %s', async (path) => {
    const { ask } = await startPlainAdmin();
    expect(await ask(`/api/v1${path}`)).toMatchObject({ status: 200 });
  });
});
