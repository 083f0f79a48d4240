import { describe, expect, it } from 'vitest';
import { startAdmin, type AdminParts } from '../../src/admin/admin-server.ts';
import { adminParts, NOW_MS, startPlainAdmin, STORE_FAILURE } from '../support/admin-rig.ts';
import { openTestStorage } from '../support/admin-storage.ts';

describe('the admin side', () => {
  it('may be closed twice', async () => {
    const { admin } = await startPlainAdmin();
    await admin.close();
    await admin.close();
  });

  it('rejects when the port is taken', async () => {
    const { admin } = await startPlainAdmin();
    const { port } = admin.address;
    await expect(startAdmin(adminParts(), { host: '127.0.0.1', port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('an admin side that others reach', () => {
  const start = async (changes: Partial<AdminParts>) => {
    const result = await startAdmin(adminParts(changes), { host: '0.0.0.0', port: 0 });
    if (result.ok) await result.admin.close();
    return result;
  };

  it('is not started without a storage for tokens', async () => {
    expect(await start({})).toEqual({ ok: false, code: 'tokens-needed' });
  });

  it('is not started as long as no token was made', async () => {
    const storage = openTestStorage();
    expect(await start({ storage })).toEqual({ ok: false, code: 'tokens-needed' });
    await storage.tokens.create({ name: 'ann', role: 'admin', by: 'test', atMs: NOW_MS });
    expect(await start({ storage })).toMatchObject({ ok: true });
  });

  it('is not started when nobody knows whether there are tokens', async () => {
    const storage = openTestStorage();
    storage.tokens.list = () => Promise.resolve(STORE_FAILURE);
    expect(await start({ storage })).toEqual({
      ok: false,
      code: 'tokens-unreadable',
      detail: 'told to fail',
    });
  });
});
