/** Arbitraries of policies, and of what they judge: few names, so that entries fit often. */
import fc, { type Arbitrary } from 'fast-check';
import { SEVERITIES, type Finding } from '../../src/inspection/finding.ts';
import { SENDER_CLASSES } from '../../src/policy/policy-settings.ts';
import type { RuleMatch } from '../../src/inspection/rule-match.ts';
import type { Gap, NotInspectedReason, PduFacts, ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import type { DecisionInput } from '../../src/policy/decision.ts';
import { DEFAULT_POLICY } from '../../src/policy/default-policy.ts';
import {
  ENTRY_STATES,
  POLICY_ACTIONS,
  type EntryCondition,
  type PolicyEntry,
  type PolicyProfile,
  type PolicySettings,
  type UninspectedReason,
} from '../../src/policy/policy-settings.ts';
import { findingOf, gapOf, matchOf, reportOf } from './outcomes.ts';

const DIRECTIONS = ['outbound', 'inbound'] as const;
const PDU_TYPES = ['m-send-req', 'm-retrieve-conf', 'm-forward-req', 'm-mbox-view-conf'] as const;
const REASONS = Object.keys(DEFAULT_POLICY.fallback.notInspected) as UninspectedReason[];
const GAP_REASONS = REASONS.filter((reason): reason is NotInspectedReason => reason !== 'poison');
const ADDRESSES = ['+1202', '1202/TYPE=PLMN', '+49', 'desk@example.test'];

const action = fc.constantFrom(...POLICY_ACTIONS);
const severity = fc.constantFrom(...SEVERITIES);
const code = fc.constantFrom('a-1', 'a-2', 'b-1');
const rule = fc.constantFrom('A_X', 'A_Y', 'B_X');
const namespace = fc.constantFrom('ours', 'theirs');
const tag = fc.constantFrom('t', 'u');
const part = fc.constantFrom(undefined, 0, 1, 9);

const some = <T>(item: Arbitrary<T>): Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength: 2 });
const oneOf = <T>(items: readonly T[]): Arbitrary<T[]> => some(fc.constantFrom(...items));

const condition: Arbitrary<EntryCondition> = fc.record(
  {
    findings: oneOf(['a-1', 'a-*', '*', 'c']),
    rules: oneOf(['A_X', 'A_*', 'ours:*', 'theirs:B_X']),
    namespaces: some(namespace),
    tags: some(tag),
    severities: some(severity),
    scoreMin: fc.constantFrom(0, 60, 90),
    notInspected: oneOf(REASONS),
    directions: oneOf(DIRECTIONS),
    pduTypes: oneOf(PDU_TYPES),
    senderClasses: oneOf(SENDER_CLASSES),
    mediaFamilies: oneOf(['jpeg', 'te*']),
    senders: oneOf(['+1202', '+4*']),
    recipients: oneOf(['1202', 'desk@*']),
  },
  { requiredKeys: [] },
);
/** Conditions of many and of few lists. */
export const anyCondition: Arbitrary<EntryCondition> = fc.oneof(
  condition,
  fc.constantFrom<EntryCondition>(
    {},
    { findings: ['*'] },
    { rules: ['*'] },
    { severities: ['high'] },
    { notInspected: GAP_REASONS },
    { notInspected: ['poison', 'encrypted'] },
  ),
);

/** An entry in any state. */
export const anyEntry: Arbitrary<PolicyEntry> = fc.record({
  name: fc.constantFrom('one', 'two', 'three'),
  state: fc.constantFrom(...ENTRY_STATES),
  when: anyCondition,
  action,
});

const actionsFor = <Key extends string>(
  keys: readonly Key[],
): Arbitrary<Record<Key, PolicyEntry['action']>> =>
  fc.tuple(...keys.map(() => action)).map((actions) => {
    return Object.fromEntries(keys.map((key, index) => [key, actions[index]])) as Record<
      Key,
      PolicyEntry['action']
    >;
  });

const profile: Arbitrary<PolicyProfile> = fc.record({
  name: fc.constantFrom('p', 'q'),
  appliesTo: fc.record(
    {
      senders: oneOf(['+1202', '+4*']),
      directions: oneOf(DIRECTIONS),
      listeners: oneOf(['main', 'test']),
    },
    { requiredKeys: [] },
  ),
  entries: fc.array(anyEntry, { maxLength: 5 }),
  severities: actionsFor(SEVERITIES),
  notInspected: actionsFor(REASONS),
});

/** Policies of few profiles with few entries. */
export const anyPolicy: Arbitrary<PolicySettings> = fc.record({
  mode: fc.constantFrom('monitor', 'enforce'),
  profiles: fc.array(profile, { maxLength: 2 }),
  fallback: profile,
});

export const anyFinding: Arbitrary<Finding> = fc
  .tuple(code, severity, part)
  .map(([name, how, where]) => findingOf(name, how, { part: where }));

export const anyMatch: Arbitrary<RuleMatch> = fc
  .tuple(rule, severity, part, namespace, fc.array(tag), fc.option(fc.constantFrom(50, 95)))
  .map(([name, how, where, space, tags, score]) =>
    matchOf(name, how, {
      part: where,
      namespace: space,
      tags,
      metadata: score === null ? {} : { score },
    }),
  );

export const anyGap: Arbitrary<Gap> = fc
  .tuple(fc.constantFrom(...GAP_REASONS), part)
  .map(([reason, where]) => gapOf(reason, { part: where }));

const pdu: Arbitrary<PduFacts> = fc
  .tuple(
    fc.constantFrom(...PDU_TYPES),
    fc.option(fc.constantFrom(...ADDRESSES)),
    fc.array(fc.constantFrom(...ADDRESSES)),
  )
  .map(([type, from, recipients]) => ({
    type,
    headers: from === null ? {} : { from: { kind: 'address', address: { text: from } } },
    recipients,
  }));

const report = fc
  .record({
    pdu,
    findings: fc.array(anyFinding, { maxLength: 4 }),
    matches: fc.array(anyMatch, { maxLength: 4 }),
  })
  .map(reportOf);

/** Outcomes that hold a report, so that something can be added to it. */
export const anyReported: Arbitrary<Extract<ScanOutcome, { kind: 'inspected' | 'not-inspected' }>> = fc.oneof(
  report.map((found) => ({ kind: 'inspected' as const, report: found })),
  fc.record({
    kind: fc.constant('not-inspected' as const),
    gaps: fc
      .tuple(anyGap)
      .chain(([first]) => fc.array(anyGap).map((rest): [Gap, ...Gap[]] => [first, ...rest])),
    report: fc.option(report, { nil: undefined }),
    isPoison: fc.boolean(),
  }),
);

const outcome: Arbitrary<ScanOutcome> = fc.oneof(
  { weight: 8, arbitrary: anyReported },
  fc.constantFrom<ScanOutcome>({ kind: 'not-a-pdu' }, { kind: 'cancelled' }),
);

/** Everything of an input but its outcome. */
export const anyCircumstances: Arbitrary<Omit<DecisionInput, 'outcome'>> = fc.record({
  direction: fc.constantFrom(...DIRECTIONS),
  listener: fc.constantFrom('main', 'test'),
  authenticatedSender: fc.option(fc.constantFrom(...ADDRESSES), { nil: undefined }),
});

/** Inputs with any outcome. */
export const anyInput: Arbitrary<DecisionInput> = fc
  .tuple(outcome, anyCircumstances)
  .map(([how, circumstances]) => ({ outcome: how, ...circumstances }));
