/** Rules for tests, from text to a scanner. */
import { NO_EXTERNALS, type Externals } from '../../src/scanning/externals.ts';
import { ruleFile, type RuleFile } from '../../src/scanning/rule-file.ts';
import { compileRuleSet, type RuleSet } from '../../src/scanning/rule-set.ts';
import type { RuleSource } from '../../src/scanning/rule-source.ts';
import { openRuleSet, type RuleScanner } from '../../src/scanning/yara-engine.ts';
import type { RuleMatch, RuleTarget } from '../../src/inspection/rule-match.ts';

/** A source of rules, in the namespace `test` if no other is named. */
export function ruleSource(text: string, { namespace = 'test', file = 'test.yar' } = {}): RuleSource {
  return { namespace, file, text };
}

/** The same, with its headers read. */
export function ruleFileOf(text: string, place: { namespace?: string; file?: string } = {}): RuleFile {
  return ruleFile(ruleSource(text, place));
}

/** Compiles rules that have nothing wrong with them, in this thread. */
export function ruleSetOf(...sources: readonly (string | RuleSource)[]): RuleSet {
  const compilation = compileRuleSet(
    sources.map((source) => (typeof source === 'string' ? ruleSource(source) : source)),
    { skipBroken: new Set() },
  );
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.problems));
  return compilation.ruleSet;
}

/** Compiles and opens rules in this thread. */
export function scannerOf(...sources: readonly (string | RuleSource)[]): RuleScanner {
  return openRuleSet(ruleSetOf(...sources).image);
}

/** Runs rules on a text (one octet for each code unit) or octets; a `part` if no other target is named. */
export function matchesOf(
  scanner: RuleScanner,
  content: string | Uint8Array,
  { target = 'part', ...externals }: { readonly target?: RuleTarget } & Partial<Externals> = {},
): readonly RuleMatch[] {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return scanner.scan({
    target,
    bytes,
    part: 0,
    member: undefined,
    externals: { ...NO_EXTERNALS, ...externals },
  });
}

/** The names of the rules that match, in order of name. */
export function rulesMatching(...scan: Parameters<typeof matchesOf>): string[] {
  return matchesOf(...scan)
    .map(({ rule }) => rule)
    .toSorted();
}
