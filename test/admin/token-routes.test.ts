import { describe, expect, it } from 'vitest';
import { NOW_MS, startAdminRig, startPlainAdmin } from '../support/admin-rig.ts';
import { openTestStorage } from '../support/admin-storage.ts';

interface Made {
  readonly id: string;
  readonly text: string;
}

const make = { method: 'POST', as: 'admin' } as const;

describe('tokens', () => {
  it('are made, listed without their text, and revoked', async () => {
    const { ask, api, acts } = await startAdminRig();
    const answer = await api('/tokens', { ...make, body: { name: 'ann', role: 'viewer' } });
    expect(answer.status).toBe(201);
    const { id, text } = answer.json as Made;
    const headers = { authorization: `Bearer ${text}` };
    expect(await ask('/api/v1/rules', { headers })).toMatchObject({ status: 200 });
    const listed = await api('/tokens', { as: 'admin' });
    expect((listed.json as { items: object[] }).items).toContainEqual(
      expect.objectContaining({ id, name: 'ann', role: 'viewer', createdBy: 'a admin', createdAtMs: NOW_MS }),
    );
    expect(listed.bytes.toString()).not.toContain(text);
    expect(await api(`/tokens/${id}`, { method: 'DELETE', as: 'admin' })).toMatchObject({ status: 200 });
    expect(await ask('/api/v1/rules', { headers })).toMatchObject({ status: 401, code: 'token-invalid' });
    const entries = await acts();
    expect(entries).toMatchObject([
      { act: 'token.create', detail: { name: 'ann', role: 'viewer' } },
      { act: 'token.create', detail: { of: 1, result: 'done', id } },
      { act: 'token.revoke', target: id },
      { act: 'token.revoke', target: id },
    ]);
    expect(JSON.stringify(entries)).not.toContain(text);
  });

  it('are only for an admin', async () => {
    const { api } = await startAdminRig();
    expect(await api('/tokens', { as: 'analyst' })).toMatchObject({ status: 403 });
    expect(
      await api('/tokens', { ...make, as: 'analyst', body: { name: 'me', role: 'admin' } }),
    ).toMatchObject({
      status: 403,
    });
    expect(await api('/tokens/a', { method: 'DELETE', as: 'analyst' })).toMatchObject({ status: 403 });
  });

  it('have names of their own', async () => {
    const { api } = await startAdminRig();
    const body = { name: 'a viewer', role: 'viewer' };
    expect(await api('/tokens', { ...make, body })).toMatchObject({ status: 409, code: 'name-taken' });
  });

  it('run out', async () => {
    const { api } = await startAdminRig();
    const bodyWith = (expiresAt: number) => ({ ...make, body: { name: 'ann', role: 'viewer', expiresAt } });
    expect(await api('/tokens', bodyWith(NOW_MS))).toMatchObject({
      status: 400,
      json: { error: { details: { problems: [{ key: 'expiresAt' }] } } },
    });
    expect(await api('/tokens', bodyWith(NOW_MS + 1))).toMatchObject({
      status: 201,
      json: { expiresAtMs: NOW_MS + 1 },
    });
  });

  it.each([
    ['n'.repeat(64), 201],
    ['n'.repeat(65), 400],
    ['Jürgen-2 @desk.b_c', 201],
    ['', 400],
    [' a', 400],
    ['a\nb', 400],
    ['loopback', 400],
    ['MMSguard', 400],
  ])('are named %j: %i', async (name, status) => {
    const { api } = await startAdminRig();
    expect(await api('/tokens', { ...make, body: { name, role: 'viewer' } })).toMatchObject({ status });
  });

  it('that are not there cannot be revoked', async () => {
    const { api } = await startAdminRig();
    expect(await api('/tokens/none', { method: 'DELETE', as: 'admin' })).toMatchObject({ status: 404 });
  });

  it('shut the door of loopback with the first one', async () => {
    const { ask } = await startPlainAdmin({ storage: openTestStorage() });
    const body = { name: 'ann', role: 'admin' };
    const made = await ask('/api/v1/tokens', { method: 'POST', body });
    expect(made.status).toBe(201);
    expect(await ask('/api/v1/tokens')).toMatchObject({ status: 401, code: 'token-missing' });
    const { id, text } = made.json as Made;
    const headers = { authorization: `Bearer ${text}` };
    expect(await ask(`/api/v1/tokens/${id}`, { method: 'DELETE', headers })).toMatchObject({ status: 200 });
    expect(await ask('/api/v1/tokens')).toMatchObject({ status: 401, code: 'token-missing' });
  });
});
