/** Runs a compiled rule set on what a message holds. */
import type { PatternMatch, RuleMatch, RuleTarget } from '../inspection/rule-match.ts';
import { CompiledRules, type EngineMatch } from './compiled-rules.ts';
import { restoreImage, type Engine } from './engine-instance.ts';
import { EXTERNAL_VALUES, NO_EXTERNALS, type Externals } from './externals.ts';
import { SCAN_KINDS, type ScanKind } from './rule-groups.ts';
import type { RuleImage } from './rule-image.ts';
import { runSelfTest, SELF_TEST_EXTERNALS } from './rule-self-test.ts';
import { ruleSeverity } from './rule-severity.ts';
import { readTargets } from './rule-targets.ts';

/** One thing that rules are run on. */
export interface ScanTarget {
  readonly target: RuleTarget;
  /** True for a part whose text, in UTF-8, is its octets: the rules for texts are run along. */
  readonly isOwnText?: boolean;
  readonly bytes: Uint8Array;
  readonly part: number | undefined;
  readonly member: number | undefined;
  readonly externals: Externals;
}

/** A rule set that is open in this thread. */
export interface RuleScanner {
  /** The rules for this target that match it. It blocks, and throws when the engine fails: then end the thread. */
  scan(target: ScanTarget): readonly RuleMatch[];
  /** How many more scans this thread should do. */
  readonly scansLeft: number;
}

/** Scans of one thread. Memory stays flat beyond it, but a fresh engine is one that we know. */
export const SCANS_MAX = 100_000;

/** Scans of one thread that runs guests the long way: at about 13,000 the engine dies. */
export const SCANS_MAX_LONG_WAY = 4_000;

/** Pattern matches told of one rule, and of one of its patterns. */
export const MATCHES_TOLD_MAX = 64;
export const MATCHES_TOLD_PER_PATTERN_MAX = 8;

/** What makes scans fast, and can fail with another version of the engine. */
export type Remedy = 'once-ctors' | 'guest-link' | 'external-slots' | 'warning-suppression';

/** Restores the rules of an image in an engine, and scans with them. */
export class EngineScanner implements RuleScanner {
  /** Remedies that did not take. */
  readonly missing: readonly Remedy[];
  readonly #externals: RuleImage['externals'];
  readonly #groups: ReadonlyMap<ScanKind, CompiledRules>;
  readonly #selfTest: CompiledRules;
  #scansLeft: number;

  constructor(engine: Engine, image: RuleImage) {
    restoreImage(engine, image);
    this.#externals = image.externals;
    this.#selfTest = new CompiledRules(engine, image.selfTest);
    const groups = image.groups.map(({ kinds, rules }) => ({
      kinds,
      rules: new CompiledRules(engine, rules),
    }));
    this.#groups = new Map(groups.flatMap(({ kinds, rules }) => kinds.map((kind) => [kind, rules])));
    const missing: Remedy[] = [];
    if (!link(engine, [this.#selfTest, ...groups.map(({ rules }) => rules)])) missing.push('guest-link');
    this.#scansLeft = missing.length === 0 ? SCANS_MAX : SCANS_MAX_LONG_WAY;
    const examples = this.#externals.map((name) => [name, EXTERNAL_VALUES[name](NO_EXTERNALS)] as const);
    const areFound = [
      this.#selfTest.findExternals(SELF_TEST_EXTERNALS),
      ...groups.map(({ rules }) => rules.findExternals(examples)),
    ];
    if (areFound.includes(false)) missing.push('external-slots');
    this.missing = missing;
  }

  get scansLeft(): number {
    return this.#scansLeft;
  }

  scan({ target, isOwnText = false, bytes, part, member, externals }: ScanTarget): readonly RuleMatch[] {
    const kind = isOwnText ? 'own-text' : target;
    const rules = this.#groups.get(kind);
    if (rules === undefined) return [];
    this.#scansLeft -= 1;
    for (const name of this.#externals) rules.setExternal(name, EXTERNAL_VALUES[name](externals));
    return rules
      .scan(bytes)
      .filter(({ isPrivate }) => !isPrivate)
      .flatMap((match) => SCAN_KINDS[kind].map((each) => ruleMatch(match, { target: each, part, member })))
      .filter((match) => readTargets(match.metadata).targets.includes(match.target));
  }

  /** What the self-test found wrong, or undefined. */
  selfTest(): string | undefined {
    for (const [name, value] of SELF_TEST_EXTERNALS) this.#selfTest.setExternal(name, value);
    return runSelfTest((bytes) => {
      const matches = this.#selfTest.scan(bytes).filter(({ isPrivate }) => !isPrivate);
      return matches.map(({ identifier }) => identifier);
    });
  }
}

/** Makes rules run their conditions the cheap way; false when that cannot be. */
function link({ link: guests }: Engine, all: readonly CompiledRules[]): boolean {
  const [first] = all;
  if (guests === undefined || first?.teach(guests) !== true) return false;
  for (const rules of all) rules.use(guests);
  return true;
}

function ruleMatch(match: EngineMatch, place: Pick<RuleMatch, 'target' | 'part' | 'member'>): RuleMatch {
  const { identifier: rule, namespace, tags } = match;
  const metadata = Object.fromEntries(
    match.metadata.map(({ identifier, value }) => [identifier, plainValue(value)]),
  );
  return {
    rule,
    namespace,
    tags,
    metadata,
    severity: ruleSeverity(metadata),
    ...place,
    patterns: told(match),
  };
}

function plainValue(value: EngineMatch['metadata'][number]['value']): string | number | boolean {
  return typeof value === 'object' ? Buffer.from(value).toString('latin1') : value;
}

function told({ patterns }: EngineMatch): PatternMatch[] {
  return patterns
    .filter(({ isPrivate }) => !isPrivate)
    .flatMap(({ identifier: pattern, matches }) =>
      matches
        .slice(0, MATCHES_TOLD_PER_PATTERN_MAX)
        .map(({ offset, length }): PatternMatch => ({ pattern, offset, length })),
    )
    .slice(0, MATCHES_TOLD_MAX);
}
