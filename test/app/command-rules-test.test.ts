import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-run.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';

const SECOND = ruleFor('other', 'SUSP_MMS_Test_Other', {
  id: '"8c5d1c8e-7a53-4c1e-9c8b-0d0a1b2c3d4f"',
  target: '"text"',
});

const test = (samples: string, rules = ruleFor('word') + SECOND) =>
  runCommand(['rules', 'test', ruleFolder({ 'a.yar': rules, 'a.samples.yaml': `samples:\n${samples}` })]);

describe('mmsguard rules test', () => {
  it('runs every sample, and says which rules have none', async () => {
    const { exitCode, stdout } = await test(`
  - { name: the word, text: a word here, match: [SUSP_MMS_Test_Word], noMatch: all }
  - { name: nothing, text: nothing, noMatch: all }
`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '  ok         the word\n  ok         nothing\n  no sample  SUSP_MMS_Test_Other\n',
    );
    expect(stdout).toMatch(/: 2 samples passed, 0 failed, 1 rules without a sample\n$/);
  });

  it.each([
    [
      'a rule that does not match',
      '{ name: a, text: nothing, match: [SUSP_MMS_Test_Word] }',
      'SUSP_MMS_Test_Word does not match',
    ],
    [
      'a rule that should not',
      '{ name: a, text: word, noMatch: [SUSP_MMS_Test_Word] }',
      'SUSP_MMS_Test_Word matches',
    ],
    ['a rule beside those named', '{ name: a, text: word, noMatch: all }', 'SUSP_MMS_Test_Word matches'],
    ['a rule for another target', '{ name: a, text: other, match: [SUSP_MMS_Test_Other] }', 'does not match'],
    ['a rule that is not there', '{ name: a, text: word, match: [NOPE] }', 'there is no rule NOPE'],
  ])('fails for %s', async (_, sample, reason) => {
    const { exitCode, stdout } = await test(`  - ${sample}`);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining(`FAILED     a: `)]);
    expect(stdout).toContain(reason);
  });

  it('runs a sample as the target, and with the variables, that it says', async () => {
    const rule = ruleFor('word').replace(
      'condition: $word',
      'condition: $word and declared_type == "image/gif" and message_size == 4',
    );
    const { exitCode } = await test(
      `
  - { name: other as text, text: other, target: text, match: [SUSP_MMS_Test_Other] }
  - { name: named, text: word, externals: { declared_type: image/gif }, match: [SUSP_MMS_Test_Word] }
  - { name: not named, text: word, noMatch: all }`,
      rule + SECOND,
    );
    expect(exitCode).toBe(0);
  });

  it.each([
    ['broken samples', '  - { name: a }', ruleFor('word')],
    ['broken rules', '  - { name: a, text: a, noMatch: all }', 'rule a { condition: missing }'],
  ])('refuses %s with 2', async (_, samples, rules) => {
    expect(await test(samples, rules)).toMatchObject({ exitCode: 2 });
  });
});
