import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import { BUILT_IN_RULES, loadRules, ruleDirectories } from '../../src/app/rule-loading.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';

function directoriesOf(yaml: string) {
  const result = readConfig(yaml, {});
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return ruleDirectories(result.config.rules);
}

const OURS = 'directories: [{ path: /etc/rules, namespace: ours, broken: skip }]';

describe('ruleDirectories', () => {
  it("are our own, then the operator's", () => {
    const builtIn = { directory: BUILT_IN_RULES, namespace: 'mmsguard', brokenRules: 'refuse' };
    const ours = { directory: '/etc/rules', namespace: 'ours', brokenRules: 'skip' };
    expect(directoriesOf('')).toEqual([builtIn]);
    expect(directoriesOf(`rules: { ${OURS} }`)).toEqual([builtIn, ours]);
    expect(directoriesOf(`rules: { builtIn: false, ${OURS} }`)).toEqual([ours]);
  });
});

describe('loadRules', () => {
  it('compiles what it finds', async () => {
    const directory = ruleFolder({ 'a.yar': ruleFor('word') });
    const loading = await loadRules([{ directory, namespace: 'n', brokenRules: 'refuse' }]);
    expect(loading).toMatchObject({
      ok: true,
      ruleSet: { rules: [{ rule: 'SUSP_MMS_Test_Word', namespace: 'n' }] },
    });
  });

  it('refuses or leaves out what is broken, by its directory', async () => {
    const good = {
      directory: ruleFolder({ 'a.yar': ruleFor('word') }),
      namespace: 'good',
      brokenRules: 'refuse',
    } as const;
    const bad = { directory: ruleFolder({ 'b.yar': 'rule b { condition: missing }' }), namespace: 'bad' };
    expect(await loadRules([good, { ...bad, brokenRules: 'refuse' }])).toMatchObject({
      ok: false,
      problems: [{ file: expect.stringMatching(/b\.yar$/) as string, line: 1 }],
    });
    expect(await loadRules([good, { ...bad, brokenRules: 'skip' }])).toMatchObject({
      ok: true,
      ruleSet: {
        rules: [{ namespace: 'good' }],
        skipped: [{ file: expect.stringMatching(/b\.yar$/) as string }],
      },
    });
  });

  it('says that a directory is not there', async () => {
    const loading = await loadRules([{ directory: '/nonexistent', namespace: 'n', brokenRules: 'skip' }]);
    expect(loading).toMatchObject({
      ok: false,
      problems: [{ file: expect.stringContaining('/nonexistent') as string }],
    });
  });
});
