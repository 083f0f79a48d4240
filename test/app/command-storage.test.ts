import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tellStoreFailure, withStorage } from '../../src/app/command-storage.ts';
import type { OpenStorage } from '../../src/app/open-storage.ts';
import { TestIo } from '../support/command-run.ts';
import { scratchFile, scratchFolder } from '../support/scratch-folder.ts';
import { storageVariables } from '../support/storage-variables.ts';

const neverActs = (): Promise<void> => Promise.reject(new Error('there is no storage to act on'));

describe('withStorage', () => {
  it('opens the storage for the act, and closes it after', async () => {
    const io = new TestIo(storageVariables());
    const opened: OpenStorage[] = [];
    await withStorage({}, io, async (storage) => {
      opened.push(storage);
      expect(await storage.tokens.list()).toEqual({ kind: 'found', value: [] });
    });
    expect(await opened[0]?.database.transaction([])).toMatchObject({ ok: false, code: 'closed' });
    expect([io.exitCode, io.errText]).toEqual([0, '']);
  });

  it('closes it when the act rejects, too', async () => {
    const opened: OpenStorage[] = [];
    const act = (storage: OpenStorage): Promise<void> => {
      opened.push(storage);
      return Promise.reject(new Error('a bug'));
    };
    await expect(withStorage({}, new TestIo(storageVariables()), act)).rejects.toThrow('a bug');
    expect(await opened[0]?.database.transaction([])).toMatchObject({ ok: false, code: 'closed' });
  });

  it('says that no storage is configured', async () => {
    const io = new TestIo();
    await withStorage({}, io, neverActs);
    expect([io.exitCode, io.errText]).toEqual([
      2,
      'storage: none is configured: set storage.sqliteFile or storage.postgresUrl\n',
    ]);
  });

  it('says what is wrong with the configuration', async () => {
    const io = new TestIo();
    await withStorage({ config: scratchFile('a.yaml', 'foo: 1') }, io, neverActs);
    expect([io.exitCode, io.errText]).toEqual([2, expect.stringContaining('foo: unknown key')]);
  });

  it('says why the storage cannot be opened', async () => {
    const io = new TestIo({
      ...storageVariables(),
      MMSGUARD_STORAGE_SQLITE_FILE: join(scratchFolder(), 'no-folder', 'a.sqlite'),
    });
    await withStorage({}, io, neverActs);
    expect([io.exitCode, io.errText]).toEqual([
      1,
      expect.stringMatching(/^storage-unavailable: storage\.sqliteFile: .*\n$/),
    ]);
  });
});

describe('tellStoreFailure', () => {
  it('prints the code and the words of the database, safe for a terminal', () => {
    const io = new TestIo();
    tellStoreFailure({ kind: 'failed', code: 'timeout', detail: 'late\u001b[2J' }, io);
    expect([io.exitCode, io.errText]).toEqual([1, 'timeout: late\\u{1b}[2J\n']);
  });
});
