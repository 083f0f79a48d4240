import { describe, expect, it } from 'vitest';
import { startAdminRig, startPlainAdmin } from '../support/admin-rig.ts';

const CHECK = { name: 'rules', isReady: true, detail: '1 of 1' };

describe('health', () => {
  it('says that the process lives, to anybody', async () => {
    const { ask } = await startAdminRig();
    expect(await ask('/healthz')).toMatchObject({ status: 200, json: { status: 'alive' } });
  });

  it.each([
    [true, 200, 'ready'],
    [false, 503, 'not-ready'],
  ])('says whether mmsguard is ready, and why: %s', async (isReady, status, word) => {
    const checks = [CHECK, { ...CHECK, isReady }];
    const { ask } = await startPlainAdmin({ readiness: () => Promise.resolve(checks) });
    expect(await ask('/readyz')).toMatchObject({ status, json: { status: word, checks } });
  });

  it('says whether the API is open', async () => {
    const plain = await startPlainAdmin();
    const guarded = await startAdminRig();
    expect((await plain.ask('/readyz')).json).toMatchObject({ access: 'loopback-without-token' });
    expect((await guarded.ask('/readyz')).json).toMatchObject({ access: 'token' });
  });
});
