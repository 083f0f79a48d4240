import { join } from 'node:path';
import { newKeysText } from '../../src/app/storage-keys.ts';
import { scratchFile, scratchFolder } from './scratch-folder.ts';

/** Environment variables of a configuration that has a storage of its own, still empty, for one test. */
export function storageVariables(): Readonly<Record<string, string>> {
  return {
    MMSGUARD_STORAGE_SQLITE_FILE: join(scratchFolder(), 'records.sqlite'),
    MMSGUARD_STORAGE_KEY_FILE: scratchFile('keys', newKeysText('test')),
  };
}
