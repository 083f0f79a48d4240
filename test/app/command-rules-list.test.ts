import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';
import { scratchFile } from '../support/scratch-folder.ts';

function configFor(folder: string, broken = 'refuse'): string {
  return scratchFile(
    'a.yaml',
    `rules: { builtIn: false, directories: [{ path: '${folder}', namespace: ours, broken: ${broken} }] }`,
  );
}

describe('mmsguard rules list', () => {
  it('lists the rules that come with mmsguard', async () => {
    const { exitCode, stdout } = await runCommand(['rules', 'list']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^critical {2}mmsguard:TEST_MMS_EICAR {2}part/m);
    expect(stdout).toMatch(/\n\d+ rules, 0 left out, set [0-9a-f]{64}\n$/);
  });

  it("lists an operator's rules instead, as objects when asked", async () => {
    const config = configFor(ruleFolder({ 'a.yar': ruleFor('word') }));
    const { stdout } = await runCommand(['rules', 'list', '--config', config, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      rule: 'SUSP_MMS_Test_Word',
      namespace: 'ours',
      targets: ['part'],
      tags: ['test'],
    });
  });

  it('says what is wrong with broken rules, or what of them was left out', async () => {
    const folder = ruleFolder({ 'a.yar': `${ruleFor('word')}rule broken { condition: missing }\n` });
    const refused = await runCommand(['rules', 'list', '--config', configFor(folder)]);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringMatching(/a\.yar:2:26: /)]);
    const listed = await runCommand(['rules', 'list', '--config', configFor(folder, 'skip')]);
    expect([listed.exitCode, listed.stderr]).toEqual([
      0,
      expect.stringMatching(/^left out: .*a\.yar:2:26: /),
    ]);
    expect(listed.stdout).toContain('1 rules, 1 left out');
  });
});
