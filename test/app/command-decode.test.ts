import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const SOUND = Buffer.from('\x8c\x81\x98T\0\x8d\x92\x92\x80', 'latin1');
const BROKEN = SOUND.subarray(0, 4);
const DEVIANT = Buffer.concat([SOUND, Buffer.from('\x98U\0', 'latin1')]);

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(scratchFolder(), name);
  await writeFile(path, bytes);
  return path;
}

describe('mmsguard decode', () => {
  it('shows a PDU, and exits with 0', async () => {
    const { exitCode, stdout } = await runCommand(['decode', await file('a.mms', SOUND)]);
    expect([exitCode, stdout.includes('X-Mms-Response-Status')]).toEqual([0, true]);
  });

  it('reads standard input', async () => {
    const { exitCode, stdout } = await runCommand(['decode', '-'], {}, [
      SOUND.subarray(0, 3),
      SOUND.subarray(3),
    ]);
    expect([exitCode, stdout.startsWith('-: m-send-conf, 9 octets\n')]).toEqual([0, true]);
  });

  it('tells of every file, and exits with 2 when one is broken or missing', async () => {
    const paths = [await file('b.mms', BROKEN), '/no/such/file', await file('a.mms', SOUND)];
    const { exitCode, stdout } = await runCommand(['decode', ...paths]);
    expect(exitCode).toBe(2);
    for (const path of paths) expect(stdout).toContain(`${path}: `);
    expect(stdout).toContain('text-unterminated at octet 3');
  });

  it('prints one JSON object a file', async () => {
    const { stdout } = await runCommand([
      'decode',
      '--json',
      await file('a.mms', SOUND),
      await file('b.mms', BROKEN),
    ]);
    const reports = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(reports).toMatchObject([
      { ok: true, type: 'm-send-conf' },
      { ok: false, error: { code: 'text-unterminated', offset: 3 } },
    ]);
  });

  it.each([
    [[], 0],
    [['--strict'], 2],
  ])('with %j exits with %i for a deviation', async (options, expected) => {
    const { exitCode } = await runCommand(['decode', ...options, await file('c.mms', DEVIANT)]);
    expect(exitCode).toBe(expected);
  });
});
