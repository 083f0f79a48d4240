import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startAdmin, type AdminParts, type ReadinessCheck } from '../../src/admin/admin-server.ts';

const CHECK: ReadinessCheck = { name: 'rules', isReady: true, detail: '1 of 1' };
const PROBLEM = { file: 'a.yar', line: 3, column: 5, code: 'syntax', message: 'a bracket is missing' };

async function startRig(changes: Partial<AdminParts> = {}) {
  const onError = vi.fn();
  const parts: AdminParts = {
    readiness: () => [CHECK],
    metrics: () => Promise.resolve({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }),
    rules: () => ({ digest: 'd', rules: [], skipped: [PROBLEM] }),
    reloadRules: () => Promise.resolve({ kind: 'loaded', digest: 'e', rules: 2 }),
    onError,
    ...changes,
  };
  const admin = await startAdmin(parts, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => admin.close());
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://127.0.0.1:${admin.address.port}${path}`, init);
  const reload = (headers: Record<string, string> = {}): Promise<Response> =>
    ask('/api/v1/rules/reload', { method: 'POST', headers });
  return { ask, reload, onError, admin };
}

describe('the admin side', () => {
  it('says that it is alive', async () => {
    const { ask } = await startRig();
    expect((await ask('/healthz')).status).toBe(200);
  });

  it.each([
    [true, 200, 'ready'],
    [false, 503, 'not-ready'],
  ])('says whether it is ready, and why: %s', async (isReady, status, word) => {
    const { ask } = await startRig({ readiness: () => [CHECK, { ...CHECK, isReady }] });
    const response = await ask('/readyz');
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { status: word, checks: [{}, { isReady }] },
    ]);
  });

  it('gives the metrics as they are', async () => {
    const { ask } = await startRig();
    const response = await ask('/metrics');
    expect(response.headers.get('content-type')).toContain('version=0.0.4');
    expect(await response.text()).toBe('up 1\n');
  });

  it('tells which rules are in use, and what of them is missing', async () => {
    const { ask } = await startRig();
    expect(await (await ask('/api/v1/rules')).json()).toEqual({ digest: 'd', rules: [], skipped: [PROBLEM] });
  });

  it('loads the rules again', async () => {
    const { reload } = await startRig();
    const response = await reload();
    expect([response.status, await response.json()]).toEqual([
      200,
      { kind: 'loaded', digest: 'e', rules: 2 },
    ]);
  });

  it('says what is wrong with a set that it refuses', async () => {
    const refused = { kind: 'refused', problems: [PROBLEM] } as const;
    const { reload } = await startRig({ reloadRules: () => Promise.resolve(refused) });
    const response = await reload();
    expect([response.status, await response.json()]).toEqual([422, refused]);
  });

  it.each([{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.test' }])(
    'does nothing for a web page: %j',
    async (headers) => {
      const reloadRules = vi.fn<AdminParts['reloadRules']>();
      const { reload } = await startRig({ reloadRules });
      expect((await reload(headers as unknown as Record<string, string>)).status).toBe(403);
      expect(reloadRules).not.toHaveBeenCalled();
    },
  );

  it('has nothing at other paths, and does not say what it is', async () => {
    const { ask } = await startRig();
    const response = await ask('/api/v1/rules/reload');
    expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'not-found' } }]);
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it('answers for a bug with a code, and tells of it', async () => {
    const bug = new Error('a bug');
    const { ask, onError } = await startRig({ metrics: () => Promise.reject(bug) });
    const response = await ask('/metrics');
    expect([response.status, await response.json()]).toMatchObject([
      500,
      { error: { code: 'internal-error' } },
    ]);
    expect(onError).toHaveBeenCalledExactlyOnceWith(bug);
  });

  it('may be closed twice', async () => {
    const { admin } = await startRig();
    await admin.close();
    await admin.close();
  });

  it('rejects when the port is taken', async () => {
    const { admin } = await startRig();
    const parts = {} as AdminParts;
    const { port } = admin.address;
    await expect(startAdmin(parts, { host: '127.0.0.1', port })).rejects.toThrow('EADDRINUSE');
  });
});
