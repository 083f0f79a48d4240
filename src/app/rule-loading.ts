/** Reads and compiles the rule set that the configuration names. */
import { fileURLToPath } from 'node:url';
import { readRuleSources, type RuleDirectory } from '../scanning/rule-source.ts';
import { compileInThread, type RuleProblem, type RuleSet } from '../scanning/rule-set.ts';
import type { Config } from './config-schema.ts';

/** The rules that come with the product. */
export const BUILT_IN_RULES = fileURLToPath(new URL('../../rules', import.meta.url));

/** Their namespace. */
export const BUILT_IN_NAMESPACE = 'mmsguard';

/** A rule set that has passed its self-test, or all that is wrong with it. */
export type RuleLoading =
  | { readonly ok: true; readonly ruleSet: RuleSet }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** The directories that a configuration takes rules from. */
export function ruleDirectories({ builtIn, directories }: Config['rules']): RuleDirectory[] {
  const own = directories.map(({ path: directory, namespace, broken: brokenRules }) => ({
    directory,
    namespace,
    brokenRules,
  }));
  const shipped = {
    directory: BUILT_IN_RULES,
    namespace: BUILT_IN_NAMESPACE,
    brokenRules: 'refuse',
  } as const;
  return builtIn ? [shipped, ...own] : own;
}

/** Milliseconds that a set may take to compile and be tried: the largest public ones take a few tens of seconds. */
export const COMPILE_MS_MAX = 300_000;

/** Reads and compiles rules, off this thread; when `signal` is aborted they are refused. Rejects only for bugs. */
export async function loadRules(
  directories: readonly RuleDirectory[],
  signal: AbortSignal = AbortSignal.timeout(COMPILE_MS_MAX),
): Promise<RuleLoading> {
  const reading = await readRuleSources(directories);
  if (!reading.ok) return reading;
  const skipping = directories.filter(({ brokenRules }) => brokenRules === 'skip');
  const skipBroken = new Set(skipping.map(({ namespace }) => namespace));
  try {
    return await compileInThread(reading.sources, { skipBroken }, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    return { ok: false, problems: [ABORTED] };
  }
}

const ABORTED: RuleProblem = {
  file: '',
  line: undefined,
  column: undefined,
  code: 'compile-aborted',
  message: 'the rules took too long to compile or to be tried, or mmsguard stops',
};
