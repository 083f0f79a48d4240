import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import type { Config } from '../../src/app/config-schema.ts';
import { openStorage } from '../../src/app/open-storage.ts';
import { scratchFile, scratchFolder } from '../support/scratch-folder.ts';
import { storageVariables } from '../support/storage-variables.ts';

function configured(variables: Readonly<Record<string, string>>): Config {
  const result = readConfig('', variables);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.config;
}

describe('openStorage', () => {
  it('opens every store, and finds at the next start what was written', async () => {
    const config = configured(storageVariables());
    const act = { atMs: 1, by: 'ann', role: 'analyst', act: 'test', target: '', detail: {} };
    const first = await openStorage(config, {});
    if (!first.ok) throw new Error(JSON.stringify(first.errors));
    expect(await first.storage.audit.append(act)).toEqual({ kind: 'written', number: 1 });
    await first.storage.close();
    expect(await first.storage.audit.append(act)).toMatchObject({ kind: 'failed', code: 'closed' });
    const second = await openStorage(config, {});
    if (!second.ok) throw new Error(JSON.stringify(second.errors));
    onTestFinished(() => second.storage.close());
    expect(await second.storage.audit.verify()).toMatchObject({ kind: 'intact', entries: 1 });
    expect(await second.storage.quarantine.stats()).toMatchObject({ value: { records: { held: 0 } } });
    expect(await second.storage.tokens.list()).toEqual({ kind: 'found', value: [] });
    expect(await second.storage.tasks.list({ limit: 1 })).toMatchObject({ value: { items: [] } });
  });

  it.each([
    [
      'keys that are not there',
      { MMSGUARD_STORAGE_KEY_FILE: '/nonexistent' },
      'keys-invalid',
      'storage.keyFile',
    ],
    ['keys that are none', { MMSGUARD_STORAGE_KEY_FILE: 'file' }, 'keys-invalid', 'storage.keyFile'],
    [
      'a file that no database can be in',
      { MMSGUARD_STORAGE_SQLITE_FILE: '/nonexistent/a.sqlite' },
      'storage-unavailable',
      'storage.sqliteFile',
    ],
    [
      'a file of something else',
      { MMSGUARD_STORAGE_SQLITE_FILE: 'file' },
      'storage-unavailable',
      'storage.sqliteFile',
    ],
  ])('refuses %s', async (_, changes, code, path) => {
    const other = scratchFile('other', 'something else, of more than a hundred octets. '.repeat(100));
    const chosen = Object.entries(changes).map(([key, value]) => [key, value === 'file' ? other : value]);
    const variables = { ...storageVariables(), ...(Object.fromEntries(chosen) as Record<string, string>) };
    expect(await openStorage(configured(variables), {})).toMatchObject({
      ok: false,
      errors: [{ code, path }],
    });
  });

  it('tells why PostgreSQL cannot be reached, without the password', async () => {
    const folder = join(scratchFolder(), 'none');
    const { MMSGUARD_STORAGE_KEY_FILE = '' } = storageVariables();
    const url = `postgres://user:secret@/db?host=${encodeURIComponent(folder)}`;
    const config = configured({ MMSGUARD_STORAGE_POSTGRES_URL: url, MMSGUARD_STORAGE_KEY_FILE });
    const opened = await openStorage(config, {});
    expect(opened).toMatchObject({ ok: false, errors: [{ path: 'storage.postgresUrl' }] });
    expect(JSON.stringify(opened)).not.toContain('secret');
  });
});
