import { describe, expect, it } from 'vitest';
import { compileInThread, compileRuleSet } from '../../src/scanning/rule-set.ts';
import type { RuleSource } from '../../src/scanning/rule-source.ts';
import { openRuleSet } from '../../src/scanning/yara-engine.ts';
import { ruleSetOf, ruleSource, rulesMatching } from '../support/rule-sources.ts';

const NEEDLE =
  'rule needle : tag { meta: score = 90 target = "text,pdu" strings: $a = "needle" condition: $a }';
const STRICT = { skipBroken: new Set<string>() };

describe('compileRuleSet', () => {
  it('lists the rules that can match', () => {
    const helper = 'private rule helper { condition: filesize > 1 }';
    expect(ruleSetOf(ruleSource(`${helper}\n${NEEDLE}`, { namespace: 'ours', file: 'a.yar' })).rules).toEqual(
      [
        {
          rule: 'needle',
          namespace: 'ours',
          file: 'a.yar',
          tags: ['tag'],
          metadata: { score: 90, target: 'text,pdu' },
          targets: ['text', 'pdu'],
        },
      ],
    );
  });

  it('has another digest for everything that can change what matches', () => {
    const digestOf = (...sources: RuleSource[]): string => ruleSetOf(...sources).digest;
    const digests = [
      digestOf(ruleSource(NEEDLE)),
      digestOf(ruleSource(`${NEEDLE} `)),
      digestOf(ruleSource(NEEDLE, { namespace: 'b' })),
      digestOf(ruleSource(NEEDLE, { file: 'b.yar' })),
      digestOf(ruleSource(NEEDLE), ruleSource('', { file: 'b.yar' })),
      digestOf(),
    ];
    expect(new Set(digests).size).toBe(digests.length);
    expect(digestOf(ruleSource(NEEDLE))).toBe(digests[0]);
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('compiles no rules at all', () => {
    const { rules, image } = ruleSetOf();
    expect(rules).toEqual([]);
    expect(rulesMatching(openRuleSet(image), 'x')).toEqual([]);
  });

  it('refuses a set with a broken rule, and tells where it is', () => {
    expect(compileRuleSet([ruleSource('\n rule a { condition: b }')], STRICT)).toMatchObject({
      ok: false,
      problems: [{ file: 'test.yar', line: 2, column: 22, code: 'E009', rule: 'a' }],
    });
  });

  it('leaves out broken rules where it may, and lists them', () => {
    const compilation = compileRuleSet(
      [
        ruleSource(`rule a { condition: b }\n${NEEDLE}`, { namespace: 'public' }),
        ruleSource('rule own { strings: $a = "needle" condition: $a }', {
          namespace: 'own',
          file: 'own.yar',
        }),
      ],
      { skipBroken: new Set(['public']) },
    );
    expect(compilation).toMatchObject({ ok: true, ruleSet: { skipped: [{ code: 'E009', rule: 'a' }] } });
    if (!compilation.ok) return;
    const { rules, image } = compilation.ruleSet;
    expect(rules.map(({ rule }) => rule)).toEqual(['own', 'needle']);
    expect(rulesMatching(openRuleSet(image), 'needle', { target: 'text' })).toEqual(['needle', 'own']);
  });

  it('tells what is doubtful', () => {
    expect(ruleSetOf('rule a { strings: $a = { 61 62 63 64 } condition: $a }').warnings).toMatchObject([
      { file: 'test.yar', line: 1, code: 'text_as_hex', rule: 'a' },
    ]);
  });

  it.each([
    ['critical', 'meta: score = 95', false],
    ['high', 'meta: severity = "high"', false],
    ['medium', '', true],
  ])('refuses a rule that is %s and matches a harmless message only if that is grave', (_, meta, isFine) => {
    const compilation = compileRuleSet([ruleSource(`rule a { ${meta} condition: filesize > 0 }`)], STRICT);
    expect(compilation.ok).toBe(isFine);
    if (compilation.ok) return;
    expect(compilation.problems).toMatchObject([{ file: 'test.yar', code: 'matches-harmless', rule: 'a' }]);
  });
});

describe('compileInThread', () => {
  it('gives a rule set to open here', async () => {
    const compilation = await compileInThread([ruleSource(NEEDLE)], STRICT);
    expect(compilation.ok).toBe(true);
    if (!compilation.ok) return;
    expect(rulesMatching(openRuleSet(compilation.ruleSet.image), 'needle', { target: 'pdu' })).toEqual([
      'needle',
    ]);
    expect(compilation.ruleSet.digest).toBe(ruleSetOf(ruleSource(NEEDLE)).digest);
  });

  it('gives the problems', async () => {
    const compilation = await compileInThread([ruleSource('rule a {')], STRICT);
    expect(compilation).toMatchObject({ ok: false, problems: [{ code: 'E001' }] });
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const compiling = compileInThread([ruleSource(NEEDLE)], STRICT, controller.signal);
    controller.abort(new Error('enough'));
    await expect(compiling).rejects.toThrow('enough');
    await expect(compileInThread([], STRICT, controller.signal)).rejects.toThrow('enough');
  });

  it('tells it as a problem when the compiler does not survive', async () => {
    const unusable = undefined as unknown as RuleSource;
    expect(await compileInThread([unusable], STRICT)).toMatchObject({
      ok: false,
      problems: [{ code: 'compiler-failed' }],
    });
  });
});
