import { describe, expect, it } from 'vitest';
import { runCommand, type CommandRun } from '../support/command-run.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';
import { scratchFile } from '../support/scratch-folder.ts';

/** Checks a policy beside one rule, `ours:SUSP_MMS_Test_Word` with the tag `test` and a score of 85. */
function check(policy: string, rules = ruleFor('word')): Promise<CommandRun> {
  const folder = ruleFolder({ 'a.yar': rules });
  const config = `
rules: { builtIn: false, directories: [{ path: '${folder}', namespace: ours }] }
furtherListeners: [{ name: roaming, host: 127.0.0.1, port: 8081 }]
storage: { sqliteFile: held.sqlite }
policy: ${policy}`;
  return runCommand(['policy', 'check', '--config', scratchFile('a.yaml', config)]);
}

describe('mmsguard policy check', () => {
  it('finds nothing wrong with the default policy and the rules that come with mmsguard', async () => {
    expect(await runCommand(['policy', 'check'])).toEqual({
      exitCode: 0,
      stdout: 'policy ok: 0 warnings\n',
      stderr: '',
    });
  });

  it('knows rules, namespaces, tags and scores that are loaded, and listeners', async () => {
    const policy = `{ entries: [
      { name: a, when: { rules: [SUSP_MMS_Test_Word], tags: [test], scoreMin: 85 }, action: quarantine },
      { name: b, when: { namespaces: [ours], severities: [high] }, action: refuse }],
      profiles: [{ name: p, appliesTo: { listeners: [main, roaming] } }] }`;
    expect(await check(policy)).toMatchObject({ exitCode: 0, stdout: 'policy ok: 0 warnings\n' });
  });

  it('tells every error with its place and what may be meant, and exits with 2', async () => {
    const { exitCode, stdout } = await check(`{ entries: [
      { name: wide, when: { rules: [SUSP_*] }, action: refuse },
      { name: typo, when: { findings: [svg-scrpt], tags: [tset] }, action: refuse },
      { name: late, when: { rules: [ours:SUSP_MMS_Test_Word] }, action: refuse }],
      profiles: [{ name: p, appliesTo: { listeners: [mian] } }] }`);
    expect([exitCode, stdout.split('\n')]).toEqual([
      2,
      [
        'error: profile p: there is no listener mian; did you mean main?',
        'error: profile default, entry typo: there is no finding svg-scrpt; did you mean svg-script?',
        'error: profile default, entry typo: there is no tag tset; did you mean test?',
        'error: profile default, entry late: is never reached: wide takes all that it fits',
        '',
      ],
    ]);
  });

  it('exits with 0 when there are only warnings', async () => {
    const { exitCode, stdout } = await check('{ entries: [{ name: lax, action: forward }] }');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^warning: profile default, entry lax: is milder .*\npolicy ok: 1 warnings\n$/);
  });

  it('exits with 2 when the configuration or a rule is broken', async () => {
    expect(await check('{ mode: lax }')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('policy.mode') as string,
    });
    expect(await check('{}', 'rule broken { condition: missing }')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('a.yar:1:') as string,
    });
  });
});
