/** Rules for the benchmarks: the default set, and what of it other engines can compile. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_IN_NAMESPACE, BUILT_IN_RULES } from '../../src/app/rule-loading.ts';
import { EXTERNAL_VALUES, NO_EXTERNALS } from '../../src/scanning/externals.ts';
import type { RuleHeader } from '../../src/scanning/rule-header.ts';
import { ruleFile } from '../../src/scanning/rule-file.ts';
import { compileInThread, type RuleSet } from '../../src/scanning/rule-set.ts';
import { readRuleSources, type RuleSource } from '../../src/scanning/rule-source.ts';

/** The rules that come with mmsguard. */
export async function defaultSources(): Promise<readonly RuleSource[]> {
  return sourcesOf(BUILT_IN_RULES);
}

/** The rules of a directory. */
export async function sourcesOf(directory: string): Promise<readonly RuleSource[]> {
  const reading = await readRuleSources([
    { directory, namespace: BUILT_IN_NAMESPACE, brokenRules: 'refuse' },
  ]);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.sources;
}

/** Compiles rules. Throws for broken ones. */
export async function compiled(sources: readonly RuleSource[]): Promise<RuleSet> {
  const compilation = await compileInThread(sources, { skipBroken: new Set() });
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.problems));
  return compilation.ruleSet;
}

/** One text of rules as a source. */
export function sourceOf(text: string): RuleSource {
  return { namespace: BUILT_IN_NAMESPACE, file: 'bench.yar', text };
}

/** A public rule: the texts of the private rules that it needs, and its own at the end. */
export type StandaloneRule = readonly string[];

/** Each public rule by itself. */
export function standaloneRules(sources: readonly RuleSource[]): StandaloneRule[] {
  const all = new Map<string, RuleHeader & { readonly text: string }>();
  for (const { headers, text } of sources.map(ruleFile)) {
    for (const header of headers)
      all.set(header.name, { ...header, text: text.slice(header.start, header.end) });
  }
  const withNeeded = (name: string, into: Set<string>): Set<string> => {
    const rule = all.get(name);
    if (rule === undefined || into.has(rule.text)) return into;
    for (const word of rule.words) withNeeded(word, into);
    return into.add(rule.text);
  };
  return [...all.values()]
    .filter(({ isPrivate }) => !isPrivate)
    .map(({ name }) => [...withNeeded(name, new Set())]);
}

/**
 * Rules as one text, each private rule once. They lose their target, so that mmsguard's engine runs all of them on
 * everything, as the others do.
 */
export function textOf(rules: readonly StandaloneRule[]): string {
  const texts = [...new Set(rules.flat())];
  return texts.join('\n').replaceAll(/^ *target = .*\n/gm, '');
}

/** What C `yara` needs to be told of our variables. */
export const C_YARA_VARIABLES: readonly string[] = Object.entries(EXTERNAL_VALUES).flatMap(
  ([name, value]) => ['-d', `${name}=${value(NO_EXTERNALS)}`],
);

/** The rules that Debian's C `yara` can compile. */
export function forCYara(rules: readonly StandaloneRule[], folder: string): StandaloneRule[] {
  const file = join(folder, 'one.yar');
  return rules.filter((rule) => {
    writeFileSync(file, textOf([rule]));
    return spawnSync('yara', [...C_YARA_VARIABLES, file, '/dev/null'], { stdio: 'ignore' }).status === 0;
  });
}

/**
 * The rules that ClamAV can compile. It knows no private rules (they would be verdicts), no variables, no modules and no
 * functions of its reader newer than 2015 (`uint32be`); it says how many signatures it has taken.
 */
export function forClamAv(rules: readonly StandaloneRule[], folder: string): StandaloneRule[] {
  const file = join(folder, 'one.yar');
  return rules.filter((rule) => {
    if (rule.length > 1) return false;
    writeFileSync(file, textOf([rule]));
    const { stdout } = spawnSync('clamscan', ['-d', file, '/dev/null'], { encoding: 'utf8' });
    return /^Known viruses: 1$/m.test(stdout);
  });
}
