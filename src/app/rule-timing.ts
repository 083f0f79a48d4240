/** How long rules take, each by itself. */
import { NO_EXTERNALS } from '../scanning/externals.ts';
import { ruleFile, withoutRange, type RuleFile } from '../scanning/rule-file.ts';
import type { RuleHeader } from '../scanning/rule-header.ts';
import { compileInThread, type RuleSet } from '../scanning/rule-set.ts';
import type { RuleSource } from '../scanning/rule-source.ts';
import { openRuleSet, type RuleScanner } from '../scanning/yara-engine.ts';
import { RULE_TARGETS, type RuleTarget } from '../inspection/rule-match.ts';
import { TEXT_CHARACTERS_MAX } from '../scanning/message-targets.ts';
import type { RulePayload } from './rule-payloads.ts';

/** Scans of which the fastest counts: what is slower is the machine's doing. */
const REPEATS = 3;

/** Milliseconds of one payload on the rules of one target. */
export interface PayloadTiming {
  readonly payload: string;
  readonly target: RuleTarget;
  readonly ms: number;
}

/** Milliseconds of one rule alone: the worst payload, and all of them together. */
export interface RuleTiming {
  readonly rule: string;
  readonly worstPayload: string;
  readonly worstMs: number;
  readonly totalMs: number;
}

/** Times every payload on the rules of each target. Text rules get as much as they would of a message. */
export function timePayloads({ image, rules }: RuleSet, payloads: readonly RulePayload[]): PayloadTiming[] {
  const scanner = openRuleSet(image);
  const targets = RULE_TARGETS.filter((target) => rules.some((rule) => rule.targets.includes(target)));
  return payloads.flatMap(({ name: payload, bytes }) =>
    targets.map((target) => ({ payload, target, ms: fastest(scanner, target, bytes) })),
  );
}

/**
 * Times each rule compiled alone, with the rules that it needs; without what an empty set takes, so that the figures are
 * of the rule. The slowest come first.
 */
export async function timeRules(
  sources: readonly RuleSource[],
  { rules }: RuleSet,
  payloads: readonly RulePayload[],
): Promise<RuleTiming[]> {
  const files = sources.map(ruleFile);
  const timings: RuleTiming[] = [];
  const nothing = await timesOf([], ['part'], payloads);
  for (const { rule, targets } of rules) {
    const times = await timesOf(only(rule, files), targets, payloads);
    timings.push(
      timingOf(
        rule,
        payloads,
        times.map((ms, index) => Math.max(0, ms - (nothing[index] ?? 0))),
      ),
    );
  }
  return timings.toSorted((one, other) => other.worstMs - one.worstMs);
}

function timingOf(rule: string, payloads: readonly RulePayload[], times: readonly number[]): RuleTiming {
  const worstMs = Math.max(...times);
  const worstPayload = payloads[times.indexOf(worstMs)]?.name ?? '';
  return { rule, worstPayload, worstMs, totalMs: times.reduce((sum, ms) => sum + ms, 0) };
}

/** One time for each payload: of the target that takes longest. */
async function timesOf(
  sources: readonly RuleSource[],
  targets: readonly RuleTarget[],
  payloads: readonly RulePayload[],
): Promise<number[]> {
  const compiled = await compileInThread(sources, { skipBroken: new Set() });
  if (!compiled.ok)
    throw new Error(`a rule that compiles in its set does not alone: ${JSON.stringify(compiled.problems)}`);
  const scanner = openRuleSet(compiled.ruleSet.image);
  return payloads.map(({ bytes }) => Math.max(...targets.map((target) => fastest(scanner, target, bytes))));
}

function fastest(scanner: RuleScanner, target: RuleTarget, payload: Uint8Array): number {
  const bytes = target === 'text' ? payload.subarray(0, TEXT_CHARACTERS_MAX) : payload;
  const externals = { ...NO_EXTERNALS, message_size: bytes.length, part_count: 1, part_index: 0 };
  let best = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const startedMs = performance.now();
    scanner.scan({ target, bytes, part: 0, member: undefined, externals });
    best = Math.min(best, performance.now() - startedMs);
  }
  return best;
}

/** The sources with every rule blanked out but one, and those that it names, directly or through another. */
function only(rule: string, files: readonly RuleFile[]): RuleSource[] {
  const headers = new Map(
    files.flatMap((file) => file.headers.map((header): [string, RuleHeader] => [header.name, header])),
  );
  const kept = new Set<string>();
  const keep = (name: string): void => {
    const header = headers.get(name);
    if (header === undefined || kept.has(name)) return;
    kept.add(name);
    for (const word of header.words) keep(word);
  };
  keep(rule);
  return files.map(({ namespace, file, text, headers: inFile }) => {
    const dropped = inFile.filter(({ name }) => !kept.has(name));
    return { namespace, file, text: dropped.reduce(withoutRange, text) };
  });
}
