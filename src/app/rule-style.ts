/** The style that rules for mmsguard are held to: names and metadata that an analyst can rely on. */
import type { RuleInfo, RuleProblem } from '../scanning/rule-set.ts';
import { RULE_TARGETS } from '../inspection/rule-match.ts';
import { severityOfScore } from '../inspection/severity-score.ts';

type Metadata = RuleInfo['metadata'];
type Value = Metadata[string];

/** What is wrong with a rule, or undefined. */
type Check = (rule: RuleInfo) => string | undefined;

/** A name says what kind of thing a rule finds, and that it is about messages. */
const NAME = /^(MAL|EXPL|SUSP|PUA|INFO|TEST)_MMS_[A-Za-z0-9]+(_[A-Za-z0-9]+)*$/;

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const WORD = /^[a-z0-9_]+$/;

/** Characters of a description: a sentence, not an essay. */
export const DESCRIPTION_LENGTH_MIN = 30;
export const DESCRIPTION_LENGTH_MAX = 400;

const isText =
  (pattern: RegExp) =>
  (value: Value | undefined): boolean =>
    typeof value === 'string' && pattern.test(value);

const isFilled = isText(/\S/);

/** Metadata that every rule has, and what each must be. */
const METADATA: Readonly<Record<string, readonly [(value: Value | undefined) => boolean, string]>> = {
  id: [isText(UUID_V4), 'must be a UUID of version 4, in lower case'],
  description: [isDescription, 'must be "Detects …" of 30 to 400 characters, without a URL'],
  author: [isFilled, 'must be a text'],
  date: [isText(DATE), 'must be a day, such as 2026-01-31'],
  version: [(value) => typeof value === 'number' && value >= 1, 'must be a number from 1'],
  score: [
    (value) => typeof value === 'number' && value >= 0 && value <= 100,
    'must be a number from 0 to 100',
  ],
  severity: [isText(/^(info|low|medium|high|critical)$/), 'must be info, low, medium, high or critical'],
  reference: [isFilled, 'must be a text'],
  license: [isFilled, 'must be an SPDX expression'],
  confidence: [isText(/^(low|medium|high)$/), 'must be low, medium or high'],
  target: [isTargetList, `must be of ${RULE_TARGETS.join(', ')}`],
  fp_notes: [isFilled, 'must be a text: known look-alikes'],
};

function isDescription(value: Value | undefined): boolean {
  if (typeof value !== 'string') return false;
  const { length } = value;
  const isOfSize = length >= DESCRIPTION_LENGTH_MIN && length <= DESCRIPTION_LENGTH_MAX;
  return isOfSize && value.startsWith('Detects ') && !value.includes('://');
}

function isTargetList(value: Value | undefined): boolean {
  const known: readonly string[] = RULE_TARGETS;
  return typeof value === 'string' && value.split(',').every((target) => known.includes(target.trim()));
}

const CHECKS: readonly (readonly [string, Check])[] = [
  [
    'style-name',
    ({ rule }) =>
      NAME.test(rule)
        ? undefined
        : 'the name must be CATEGORY_MMS_Format_Threat; categories: MAL EXPL SUSP PUA INFO TEST',
  ],
  ...Object.entries(METADATA).map(([key, [isRight, must]]): readonly [string, Check] => [
    `style-${key.replaceAll('_', '-')}`,
    ({ metadata }) => (isRight(metadata[key]) ? undefined : `metadata ${key} ${must}`),
  ]),
  ['style-severity-score', ({ metadata }) => severityProblem(metadata)],
  [
    'style-tags',
    ({ tags }) => (tags.every((tag) => WORD.test(tag)) ? undefined : 'tags must be words in lower case'),
  ],
];

function severityProblem({ score, severity }: Metadata): string | undefined {
  if (typeof score !== 'number' || typeof severity !== 'string') return undefined;
  const derived = severityOfScore(score);
  return derived === severity
    ? undefined
    : `a score of ${score} is ${derived}, but severity says ${severity}`;
}

/** Everything that is wrong with the style of rules: each rule by itself, then names and ids that stand twice. */
export function styleProblems(rules: readonly RuleInfo[]): RuleProblem[] {
  const single = rules.flatMap((rule) =>
    CHECKS.flatMap(([code, check]) => {
      const message = check(rule);
      return message === undefined ? [] : [problemOf(rule, code, message)];
    }),
  );
  const names = repeated(rules, ({ rule }) => rule);
  const ids = repeated(rules, ({ metadata }) => metadata['id']);
  return [
    ...single,
    ...names.map((rule) => problemOf(rule, 'style-name-twice', 'another rule has this name')),
    ...ids.map((rule) => problemOf(rule, 'style-id-twice', 'another rule has this id')),
  ];
}

/** The rules whose key an earlier one has. */
function repeated(rules: readonly RuleInfo[], keyOf: (rule: RuleInfo) => unknown): RuleInfo[] {
  const seen = new Set<unknown>();
  return rules.filter((rule) => {
    const key = keyOf(rule);
    const isRepeated = key !== undefined && seen.has(key);
    seen.add(key);
    return isRepeated;
  });
}

function problemOf({ file, rule }: RuleInfo, code: string, message: string): RuleProblem {
  return { file, line: undefined, column: undefined, code, message: `${rule}: ${message}`, rule };
}
