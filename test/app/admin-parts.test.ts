import { describe, expect, it, onTestFinished } from 'vitest';
import { startMmsguard, type Mmsguard } from '../../src/app/compose.ts';
import { readConfig } from '../../src/app/config-load.ts';
import { createLog } from '../../src/app/log.ts';
import { TestIo } from '../support/command-run.ts';
import { storageVariables } from '../support/storage-variables.ts';

type Variables = Readonly<Record<string, string>>;

function start(variables: Variables): ReturnType<typeof startMmsguard> {
  const result = readConfig('', {
    MMSGUARD_LISTEN_PORT: '0',
    MMSGUARD_ADMIN_PORT: '0',
    MMSGUARD_SCANNING_THREADS: '1',
    MMSGUARD_RULES_WATCH: 'false',
    ...variables,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return startMmsguard(result.config, createLog({ level: 'silent', destination: 'stdout' }, new TestIo()));
}

async function started(variables: Variables): Promise<Mmsguard> {
  const result = await start(variables);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  onTestFinished(() => result.service.close());
  return result.service;
}

async function ask({ adminAddress }: Mmsguard, path: string): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${adminAddress?.port}${path}`)).json();
}

describe('the admin side of the product', () => {
  it('knows rules, policy and storage', async () => {
    const mmsguard = await started(storageVariables());
    expect(await ask(mmsguard, '/readyz')).toMatchObject({
      status: 'ready',
      checks: [{ name: 'rules' }, { name: 'storage', isReady: true }],
    });
    expect(await ask(mmsguard, '/api/v1/policy')).toMatchObject({ mode: 'enforce' });
    expect(await ask(mmsguard, '/api/v1/quarantine')).toEqual({ items: [] });
    expect(mmsguard.furtherAddresses).toEqual([]);
  });

  it('says that nothing is kept where nothing is', async () => {
    const mmsguard = await started({});
    expect(await ask(mmsguard, '/readyz')).toMatchObject({ checks: [{ name: 'rules' }] });
    expect(await ask(mmsguard, '/api/v1/quarantine')).toMatchObject({ error: { code: 'no-storage' } });
  });

  it.each([
    [
      'a storage that cannot be opened',
      { MMSGUARD_STORAGE_SQLITE_FILE: '/nonexistent/a' },
      'storage-unavailable',
    ],
    ['an address that others reach, without a token', { MMSGUARD_ADMIN_HOST: '0.0.0.0' }, 'tokens-needed'],
  ])('does not start with %s', async (_, changes, code) => {
    expect(await start({ ...storageVariables(), ...changes })).toMatchObject({
      ok: false,
      errors: [{ code }],
    });
  });
});
