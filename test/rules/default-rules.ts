/** The default rules, compiled once for each test file, and run as the proxy runs them. */
import { fileURLToPath } from 'node:url';
import { RULE_TARGETS, type RuleTarget } from '../../src/inspection/rule-match.ts';
import { NO_EXTERNALS, type Externals } from '../../src/scanning/externals.ts';
import { compileRuleSet } from '../../src/scanning/rule-set.ts';
import { readRuleSources } from '../../src/scanning/rule-source.ts';
import { openRuleSet } from '../../src/scanning/yara-engine.ts';

const DIRECTORY = fileURLToPath(new URL('../../rules/', import.meta.url));

const reading = await readRuleSources([
  { namespace: 'mmsguard', directory: DIRECTORY, brokenRules: 'refuse' },
]);
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));

/** The files, with their texts. */
export const DEFAULT_SOURCES = reading.sources;

const compilation = compileRuleSet(DEFAULT_SOURCES, { skipBroken: new Set() });
if (!compilation.ok) throw new Error(JSON.stringify(compilation.problems));

/** The compiled set. */
export const DEFAULT_RULE_SET = compilation.ruleSet;

const scanner = openRuleSet(DEFAULT_RULE_SET.image);

/** Names of the rules that match in some of the targets, each once, in order. */
export function matchingRules(
  bytes: Uint8Array,
  externals: Partial<Externals> = {},
  targets: readonly RuleTarget[] = RULE_TARGETS,
): string[] {
  const place = { part: 0, member: undefined, externals: { ...NO_EXTERNALS, ...externals } };
  const matches = targets.flatMap((target) => scanner.scan({ target, bytes, ...place }));
  return [...new Set(matches.map(({ rule }) => rule))].sort();
}
