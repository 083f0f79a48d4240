import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/storage/audit-log.ts';
import { startAdminRig, STORE_FAILURE } from '../support/admin-rig.ts';

async function startRig() {
  const rig = await startAdminRig();
  await rig.api('/rules/reload', { method: 'POST', as: 'admin' });
  const verify = (body?: unknown) => rig.api('/audit/verify', { method: 'POST', as: 'admin', body });
  return { ...rig, verify };
}

describe('the audit log', () => {
  it('is listed to an admin, the newest first', async () => {
    const { api } = await startRig();
    expect(await api('/audit', { as: 'analyst' })).toMatchObject({ status: 403 });
    const { json } = await api('/audit?act=rules.reload&by=a%20admin&limit=5', { as: 'admin' });
    expect((json as { items: AuditEntry[] }).items.map(({ number }) => number)).toEqual([2, 1]);
    expect((await api('/audit?act=other', { as: 'admin' })).json).toMatchObject({ items: [] });
  });

  it('is verified', async () => {
    const { verify, acts } = await startRig();
    const last = (await acts()).at(-1)!;
    expect(await verify()).toMatchObject({
      status: 200,
      json: { kind: 'intact', entries: 2, lastHash: last.hash },
    });
    expect((await verify({ known: { number: 2, hash: last.hash } })).json).toMatchObject({ kind: 'intact' });
    expect((await verify({ known: { number: 3, hash: last.hash } })).json).toMatchObject({ kind: 'broken' });
  });

  it('is not verified by what is no hash', async () => {
    const { verify } = await startRig();
    expect(await verify({ known: { number: 1, hash: 'x' } })).toMatchObject({ status: 400 });
    expect(await verify({ known: { number: 0, hash: 'ab'.repeat(32) } })).toMatchObject({ status: 400 });
  });

  it('tells when its store fails', async () => {
    const { verify, storage } = await startRig();
    storage.audit.verify = () => Promise.resolve(STORE_FAILURE);
    expect(await verify()).toMatchObject({ status: 503, code: 'unavailable' });
  });
});
