import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';

const check = (text: string, ...options: string[]) =>
  runCommand(['rules', 'check', ...options, ruleFolder({ 'a.yar': text })]);

describe('mmsguard rules check', () => {
  it('has nothing to say of good rules', async () => {
    const { exitCode, stdout } = await check(ruleFor('mmsguard-word'));
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/: 1 rules ok\n$/)]);
  });

  it('says where a rule does not compile', async () => {
    const { exitCode, stdout } = await check('rule a {\n  condition:\n    $missing\n}\n');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/a\.yar:3:5: E\d+: .*missing/);
  });

  it('takes a warning for an error', async () => {
    const slow = ruleFor('x').replace('"x"', '/[a-z]+x/');
    expect(await check(slow)).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining('slow_pattern') as string,
    });
  });

  it('takes no warning for an error that the rule explains', async () => {
    const slow = ruleFor('x').replace('"x"', '/[a-z]+x/');
    expect(await check(`// suppress: slow_pattern\n${slow}`)).toMatchObject({ exitCode: 0 });
  });

  it('says what breaks the style, unless it is not asked', async () => {
    const bare = 'rule a { strings: $a = "mmsguard-word" condition: $a }';
    expect(await check(bare)).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining('a.yar: style-id: a:') as string,
    });
    expect(await check(bare, '--no-style')).toMatchObject({ exitCode: 0 });
  });

  it('says that a directory is not there', async () => {
    expect(await runCommand(['rules', 'check', '/nonexistent'])).toMatchObject({ exitCode: 2 });
  });

  it('finds the rules that come with mmsguard good', async () => {
    expect(await runCommand(['rules', 'check', 'rules'])).toMatchObject({ exitCode: 0 });
  });
});
