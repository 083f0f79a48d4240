import { describe, expect, it } from 'vitest';
import { messageWith } from '../support/messages-with.ts';
import { runCommand } from '../support/command-run.ts';
import { scratchFile } from '../support/scratch-folder.ts';
import { zipOf } from '../support/zip-sample.ts';

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const CLEAN = scratch('clean.mms', messageWith([{ bytes: 'see you at eight' }]));

function scratch(name: string, content: Uint8Array | string) {
  return () => scratchFile(name, content);
}

const jsonOf = (stdout: string): unknown[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('mmsguard scan', () => {
  it('finds a message clean, and exits with 0', async () => {
    const { exitCode, stdout } = await runCommand(['scan', CLEAN()]);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('clean.mms: clean\n')]);
  });

  it('refuses what a rule matches, with 1, and names the rule', async () => {
    const { exitCode, stdout } = await runCommand(['scan', scratchFile('eicar.txt', EICAR)]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/eicar\.txt: refused\n.*rule mmsguard:TEST_MMS_EICAR in part part 0 at 0/);
  });

  it.each([
    ['forward', 0, 'clean'],
    ['strip', 1, 'refused'],
    ['throttle', 1, 'refused'],
    ['quarantine', 1, 'refused'],
    ['refuse', 1, 'refused'],
  ])('says in monitor mode, too, what the policy makes of it: %s, with %i', async (action, code, verdict) => {
    const config = scratchFile(
      'a.yaml',
      `rules: { builtIn: false }
storage: { sqliteFile: held.sqlite }
policy:
  mode: monitor
  entries:
    - { name: labels, when: { findings: [media-type-*] }, action: ${action} }
    - { name: rest, action: forward }`,
    );
    const pdf = scratchFile('a.gif', '%PDF-1.4\n%%EOF\n');
    const args = ['scan', '--json', '--config', config, '--type', 'image/gif', pdf];
    const { exitCode, stdout } = await runCommand(args);
    expect([exitCode, jsonOf(stdout)]).toMatchObject([code, [{ verdict, action }]]);
  });

  it('says with 2 what could not be inspected', async () => {
    const encrypted = { flags: 1 };
    const zip = zipOf([{ name: 'a', content: 'x', local: encrypted, directory: encrypted }]);
    const { exitCode, stdout } = await runCommand(['scan', scratchFile('a.bin', zip)]);
    expect([exitCode, stdout]).toEqual([2, expect.stringContaining('not inspected: encrypted')]);
  });

  it.each([
    [scratchFile.bind(undefined, 'broken.mms', Buffer.from([0x8c, 0x84, 0x98]))],
    [() => '/nonexistent'],
  ])('says with 2 what cannot be read: case %#', async (file) => {
    expect((await runCommand(['scan', file()])).exitCode).toBe(2);
  });

  it('takes the worst of several files, and prints an object for each when asked', async () => {
    const { exitCode, stdout } = await runCommand(['scan', '--json', CLEAN(), scratchFile('e.txt', EICAR)]);
    expect(exitCode).toBe(1);
    expect(jsonOf(stdout)).toMatchObject([
      { kind: 'pdu', verdict: 'clean', type: 'm-send-req' },
      {
        kind: 'attachment',
        verdict: 'refused',
        action: 'refuse',
        reasons: [{ code: 'mmsguard:TEST_MMS_EICAR', entry: 'severity critical', part: 0 }],
      },
    ]);
  });

  it('reads standard input, and believes the label that it is given', async () => {
    const pdf = Buffer.from('%PDF-1.4\n%%EOF\n');
    const { exitCode, stdout } = await runCommand(['scan', '--type', 'image/gif', '-'], {}, [pdf]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('media-type-crossing')]);
  });

  it('refuses a broken configuration and broken rules with 2', async () => {
    const config = scratchFile('a.yaml', 'rules: { directories: [{ path: /nonexistent, namespace: a }] }');
    expect(await runCommand(['scan', '--config', config, CLEAN()])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('rules-broken') as string,
    });
    const wrong = scratchFile('b.yaml', 'rulez: 1');
    expect((await runCommand(['scan', '--config', wrong, CLEAN()])).exitCode).toBe(2);
  });
});
