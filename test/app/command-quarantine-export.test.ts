import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { scratchFile, scratchFolder } from '../support/scratch-folder.ts';
import { apiError, startAdmin } from '../support/scripted-admin.ts';

const ARCHIVE = Buffer.from([0x50, 0x4b, 0, 255]);

describe('mmsguard quarantine export', () => {
  it('writes the archive', async () => {
    const admin = await startAdmin([200, ARCHIVE]);
    const file = join(scratchFolder(), 'a.zip');
    const args = ['quarantine', 'export', 'rec-1', '--out', file];
    const { exitCode, stdout } = await runCommand(args, admin.environment);
    expect([exitCode, stdout, readFileSync(file)]).toEqual([0, `${file}: 4 octets\n`, ARCHIVE]);
    expect(admin.asked[0]?.what).toBe('GET /quarantine/rec-1/export');
  });

  it('writes over nothing', async () => {
    const admin = await startAdmin([200, ARCHIVE]);
    const file = scratchFile('a.zip', 'mine');
    const { exitCode, stderr } = await runCommand(
      ['quarantine', 'export', 'x', '--out', file],
      admin.environment,
    );
    expect([exitCode, readFileSync(file, 'utf8')]).toEqual([1, 'mine']);
    expect(stderr).toContain(`${file}: not written: EEXIST`);
  });

  it('writes nothing when there is no such message', async () => {
    const admin = await startAdmin([404, apiError('unknown')]);
    const file = join(scratchFolder(), 'a.zip');
    const { exitCode } = await runCommand(['quarantine', 'export', 'x', '--out', file], admin.environment);
    expect([exitCode, existsSync(file)]).toEqual([1, false]);
  });
});
