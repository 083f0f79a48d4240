import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseStorageKeys } from '../../src/app/storage-keys.ts';
import { runCommand } from '../support/command-run.ts';
import { scratchFile, scratchFolder } from '../support/scratch-folder.ts';

function sealIds(file: string): readonly string[] {
  const parsed = parseStorageKeys(readFileSync(file, 'utf8'));
  return parsed.ok ? parsed.keys.seal.map(({ id }) => id) : [];
}

describe('mmsguard key', () => {
  it('makes a file that only its owner reads', async () => {
    const file = join(scratchFolder(), 'keys');
    expect((await runCommand(['key', 'create', file])).exitCode).toBe(0);
    expect([sealIds(file).length, statSync(file).mode & 0o777]).toEqual([1, 0o600]);
  });

  it('leaves a file alone that is there', async () => {
    const file = scratchFile('keys', 'precious');
    expect(await runCommand(['key', 'create', file])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/EEXIST/) as string,
    });
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  it('puts further keys on top, each under a name of its own', async () => {
    const file = join(scratchFolder(), 'keys');
    await runCommand(['key', 'create', file]);
    const [first = ''] = sealIds(file);
    await runCommand(['key', 'add', file]);
    expect((await runCommand(['key', 'add', file])).exitCode).toBe(0);
    expect(sealIds(file)).toEqual([`${first}.3`, `${first}.2`, first]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('changes no file that it cannot read', async () => {
    const file = scratchFile('keys', 'no keys');
    expect(await runCommand(['key', 'add', file])).toMatchObject({ exitCode: 2 });
    expect(readFileSync(file, 'utf8')).toBe('no keys');
    expect(await runCommand(['key', 'add', `${file}.none`])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/ENOENT/) as string,
    });
  });
});
