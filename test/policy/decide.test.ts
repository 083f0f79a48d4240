import { describe, expect, it } from 'vitest';
import { MESSAGE_TYPE_TOKENS, type MessageType } from '../../src/codec/mms-tokens.ts';
import { SEVERITIES } from '../../src/inspection/finding.ts';
import type { NotInspectedReason, ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { decide, REASONS_MAX } from '../../src/policy/decide.ts';
import type { Decision, RefusalCause } from '../../src/policy/decision.ts';
import { DEFAULT_POLICY } from '../../src/policy/default-policy.ts';
import type { PolicyAction, PolicySettings } from '../../src/policy/policy-settings.ts';
import { findingOf, gapOf, inputOf, inspected, matchOf, reportOf, uninspected } from '../support/outcomes.ts';
import { policyOf, type PolicyChanges } from '../support/policies.ts';

const decideBy = (outcome: ScanOutcome, changes: PolicyChanges = {}): Decision =>
  decide(inputOf(outcome), policyOf(changes));

const HIGH = findingOf('svg-script', 'high', { part: 1 });
const LOW = findingOf('text-long', 'low', { part: 1 });

describe('what no entry fits', () => {
  it('passes when it is nothing bad, and for no reason', () => {
    const outcome = inspected({ findings: [findingOf('a', 'medium')], matches: [matchOf('R', 'info')] });
    expect(decideBy(outcome)).toEqual({
      profile: 'default',
      action: 'forward',
      isEnforced: true,
      shadowAction: 'forward',
      stripParts: [],
      cause: undefined,
      reasons: [],
    });
  });

  it.each(SEVERITIES)('goes by its severity, a match as a finding: %s', (severity) => {
    const severities = {
      info: 'strip',
      low: 'throttle',
      medium: 'quarantine',
      high: 'refuse',
      critical: 'forward',
    } as const;
    for (const outcome of [
      inspected({ findings: [findingOf('a', severity)] }),
      inspected({ matches: [matchOf('R', severity)] }),
    ])
      expect(decideBy(outcome, { severities }).action).toBe(severities[severity]);
  });

  it('goes by the reason why it was not inspected', () => {
    const profile = policyOf({ notInspected: 'refuse' }).fallback;
    const fallback = { ...profile, notInspected: { ...profile.notInspected, encrypted: 'forward' } } as const;
    const policy: PolicySettings = { ...DEFAULT_POLICY, fallback };
    expect(decide(inputOf(uninspected(gapOf('encrypted'))), policy).action).toBe('forward');
    const poison = uninspected(gapOf('encrypted'), undefined, true);
    expect(decide(inputOf(poison), policy)).toMatchObject({
      action: 'refuse',
      reasons: [{ kind: 'not-inspected', code: 'encrypted-code', entry: 'not inspected: poison' }],
    });
  });

  it('is named with its severity, rules with their namespace', () => {
    const outcome = inspected({ findings: [HIGH], matches: [matchOf('R', 'critical')] });
    expect(decideBy(outcome).reasons).toEqual([
      {
        kind: 'rule',
        code: 'ours:R',
        severity: 'critical',
        part: 0,
        entry: 'severity critical',
        action: 'refuse',
        isShadow: false,
      },
      {
        kind: 'finding',
        code: 'svg-script',
        severity: 'high',
        part: 1,
        entry: 'severity high',
        action: 'refuse',
        isShadow: false,
      },
    ]);
  });
});

describe('entries', () => {
  it('decide in order, each for what it fits', () => {
    const entries = [
      { name: 'let svg', when: { findings: ['svg-*'] }, action: 'forward' },
      { name: 'keep all', when: {}, action: 'quarantine' },
    ] as const;
    const outcome = inspected({ findings: [HIGH, LOW] });
    expect(decideBy(outcome, { entries })).toMatchObject({
      action: 'quarantine',
      cause: 'content',
      reasons: [
        { code: 'text-long', entry: 'keep all', action: 'quarantine' },
        { code: 'svg-script', entry: 'let svg', action: 'forward' },
      ],
    });
  });

  it('may know the family of the part', () => {
    const entries = [{ when: { mediaFamilies: ['jpeg'] }, action: 'quarantine' }] as const;
    const at = (part: number | undefined): PolicyAction =>
      decideBy(inspected({ findings: [findingOf('a', 'low', { part })] }), { entries }).action;
    expect([at(0), at(1), at(undefined), at(99)]).toEqual(['quarantine', 'forward', 'forward', 'forward']);
  });

  it('may be about some messages only', () => {
    const entries = [{ when: { recipients: ['+1202*'] }, action: 'quarantine' }] as const;
    const to = (recipient: string): PolicyAction => {
      const pdu = { type: 'm-send-req', headers: {}, recipients: ['+49', recipient] } as const;
      return decideBy(inspected({ findings: [LOW], pdu }), { entries }).action;
    };
    expect([to('12025550100/TYPE=PLMN'), to('+1203')]).toEqual(['quarantine', 'forward']);
  });

  it('may ask for a gap by its reason, and reach none otherwise', () => {
    const outcome = uninspected(gapOf('encrypted'), reportOf());
    const byReason = { when: { notInspected: ['encrypted'] }, action: 'quarantine' } as const;
    expect(decideBy(outcome, { entries: [{ action: 'forward' }, byReason] }).action).toBe('quarantine');
  });

  it('that are off are as if they were not there', () => {
    const entries = [{ state: 'off', action: 'forward' }] as const;
    const outcome = inspected({ findings: [HIGH] });
    expect(decideBy(outcome, { entries })).toEqual(decideBy(outcome));
  });

  it('are those of the profile', () => {
    const { fallback } = policyOf();
    const inbound = { ...fallback, name: 'inbound', appliesTo: { directions: ['inbound'] } } as const;
    const entry = { name: 'e', state: 'enforced', when: {}, action: 'quarantine' } as const;
    const policy: PolicySettings = {
      mode: 'enforce',
      profiles: [{ ...inbound, entries: [entry] }],
      fallback,
    };
    const input = inputOf(inspected({ findings: [LOW] }));
    expect(decide(input, policy)).toMatchObject({ profile: 'default', action: 'forward' });
    expect(decide({ ...input, direction: 'inbound' }, policy)).toMatchObject({
      profile: 'inbound',
      action: 'quarantine',
    });
  });
});

describe('entries in shadow', () => {
  const trial = { name: 'trial', state: 'shadow', when: { findings: ['svg-*'] }, action: 'forward' } as const;
  const kept = { name: 'kept', when: { findings: ['svg-*'] }, action: 'quarantine' } as const;

  it('are told of, and change nothing', () => {
    expect(decideBy(inspected({ findings: [HIGH] }), { entries: [trial, kept] })).toMatchObject({
      action: 'quarantine',
      shadowAction: 'forward',
      reasons: [
        { entry: 'kept', action: 'quarantine', isShadow: false },
        { entry: 'trial', action: 'forward', isShadow: true },
      ],
    });
  });

  it('are not told of where an enforced one comes first', () => {
    const decision = decideBy(inspected({ findings: [HIGH] }), { entries: [kept, trial] });
    expect([decision.shadowAction, decision.reasons.length]).toEqual(['quarantine', 1]);
  });

  it('would leave what they do not fit as it is', () => {
    const outcome = inspected({ findings: [HIGH, findingOf('other', 'critical')] });
    expect(decideBy(outcome, { entries: [trial] })).toMatchObject({
      action: 'refuse',
      shadowAction: 'refuse',
    });
  });

  it('may be harder than what is', () => {
    const harder = { state: 'shadow', action: 'refuse' } as const;
    expect(decideBy(inspected({ findings: [LOW] }), { entries: [harder] })).toMatchObject({
      action: 'forward',
      shadowAction: 'refuse',
      cause: undefined,
      reasons: [{ isShadow: true }],
    });
  });
});

describe('strip', () => {
  const stripAll = { name: 'no svg', action: 'strip' } as const;
  const of = (type: MessageType) => ({ type, headers: {}, recipients: [] });

  it('takes out every part of which it is asked, in reading order, each once', () => {
    const findings = [findingOf('a', 'low', { part: 1 }), findingOf('b', 'low'), findingOf('c', 'low')];
    expect(decideBy(inspected({ findings }), { entries: [stripAll] })).toMatchObject({
      action: 'strip',
      stripParts: [0, 1],
      cause: undefined,
    });
  });

  it('takes out nothing when something else is harder', () => {
    const entries = [{ ...stripAll, when: { severities: ['low'] } }] as const;
    expect(decideBy(inspected({ findings: [LOW, HIGH] }), { entries })).toMatchObject({
      action: 'refuse',
      stripParts: [],
    });
  });

  it('of what is in no part is quarantine, and says so', () => {
    const findings = [findingOf('a', 'low', { part: undefined })];
    expect(decideBy(inspected({ findings }), { entries: [stripAll] })).toMatchObject({
      action: 'quarantine',
      cause: 'content',
      reasons: [{ entry: 'no svg (no part to strip)', action: 'quarantine' }],
    });
    expect(decideBy(inspected({ findings }), { severities: { low: 'strip' } }).reasons).toMatchObject([
      { entry: 'severity low (no part to strip)' },
    ]);
  });

  it.each(Object.values(MESSAGE_TYPE_TOKENS))('is possible in messages only: %s', (type) => {
    const outcome = inspected({ findings: [LOW], pdu: of(type) });
    const canStrip = type === 'm-send-req' || type === 'm-retrieve-conf';
    expect(decideBy(outcome, { entries: [stripAll] }).action).toBe(canStrip ? 'strip' : 'quarantine');
  });

  it('takes out what was not inspected, where it is known which part that is', () => {
    const inPart = uninspected(gapOf('encrypted', { part: 1 }), reportOf());
    expect(decideBy(inPart, { notInspected: 'strip' })).toMatchObject({ action: 'strip', stripParts: [1] });
    const whole = uninspected(gapOf('timeout'));
    expect(decideBy(whole, { notInspected: 'strip' })).toMatchObject({
      action: 'quarantine',
      stripParts: [],
    });
  });
});

describe('the cause', () => {
  it.each<[NotInspectedReason, PolicyAction, RefusalCause | undefined]>([
    ['timeout', 'throttle', 'scan-failed'],
    ['encrypted', 'throttle', 'scan-failed'],
    ['timeout', 'refuse', 'not-inspected'],
    ['queue-full', 'refuse', 'not-inspected'],
    ['crashed', 'quarantine', 'not-inspected'],
    ['rules-missing', 'refuse', 'not-inspected'],
    ['over-limit', 'refuse', 'not-inspected'],
    ['encrypted', 'quarantine', 'not-inspected'],
    ['undecodable', 'refuse', 'undecodable'],
    ['undecodable', 'quarantine', 'undecodable'],
    ['undecodable', 'forward', undefined],
  ])('of %s that has the action %s is %s', (reason, notInspected, cause) => {
    expect(decideBy(uninspected(gapOf(reason)), { notInspected })).toMatchObject({
      action: notInspected,
      cause,
    });
  });

  it.each<[PolicyAction, RefusalCause | undefined]>([
    ['forward', undefined],
    ['strip', undefined],
    ['throttle', 'throttled'],
    ['quarantine', 'content'],
    ['refuse', 'content'],
  ])('of content that has the action %s is %s', (action, cause) => {
    expect(decideBy(inspected({ findings: [LOW] }), { entries: [{ action }] })).toMatchObject({
      action,
      cause,
    });
  });

  it('is the content where that is as bad as what was not inspected', () => {
    const both = uninspected(gapOf('encrypted'), reportOf({ findings: [HIGH] }));
    expect(decideBy(both, { notInspected: 'refuse' }).cause).toBe('content');
    expect(decideBy(both, { notInspected: 'quarantine' }).cause).toBe('content');
    const harderGap = { severities: { high: 'quarantine' }, notInspected: 'refuse' } as const;
    expect(decideBy(both, harderGap).cause).toBe('not-inspected');
  });

  it('of a message with one unreadable part is not that it is corrupt', () => {
    expect(decideBy(uninspected(gapOf('undecodable'), reportOf())).cause).toBe('not-inspected');
  });

  it('of poison is that trying again is in vain', () => {
    expect(decideBy(uninspected(gapOf('undecodable'), undefined, true)).cause).toBe('not-inspected');
  });
});

describe('outcomes without content', () => {
  it('let an ordinary answer pass, whatever the policy', () => {
    const entries = [{ action: 'refuse' }] as const;
    expect(decideBy({ kind: 'not-a-pdu' }, { entries, notInspected: 'refuse' })).toMatchObject({
      action: 'forward',
      shadowAction: 'forward',
      reasons: [],
    });
  });

  it('refuse what nobody waits for', () => {
    expect(decideBy({ kind: 'cancelled' }, { notInspected: 'forward' })).toMatchObject({
      action: 'refuse',
      cause: 'scan-failed',
      reasons: [{ code: 'cancelled' }],
    });
  });
});

describe('the reasons', () => {
  it('are told up to their limit, the hardest first, and those in shadow have a limit of their own', () => {
    const findings = Array.from({ length: REASONS_MAX + 1 }, (_, index) => findingOf(`mild-${index}`, 'low'));
    const entries = [
      { name: 'trial', state: 'shadow', action: 'strip' },
      { name: 'keep', when: { severities: ['low'] }, action: 'quarantine' },
    ] as const;
    const upTo = (count: number) =>
      decideBy(inspected({ findings: [...findings.slice(0, count), HIGH] }), { entries }).reasons;
    const last = upTo(REASONS_MAX + 1);
    expect([upTo(REASONS_MAX - 1).length, upTo(REASONS_MAX).length, last.length]).toEqual([
      2 * REASONS_MAX,
      2 * REASONS_MAX,
      2 * REASONS_MAX,
    ]);
    expect(last[0]).toMatchObject({ code: 'svg-script', action: 'refuse' });
    expect(last.map(({ isShadow }) => isShadow)).toEqual([
      ...Array<boolean>(REASONS_MAX).fill(false),
      ...Array<boolean>(REASONS_MAX).fill(true),
    ]);
  });

  it('of one action are told the worst first, gaps last', () => {
    const findings = [findingOf('a', 'low'), findingOf('b', 'critical')];
    const matches = [matchOf('R', 'high'), matchOf('S', 'info')];
    const outcome = uninspected(gapOf('encrypted'), reportOf({ findings, matches }));
    const entries = [{}, { when: { notInspected: ['encrypted'] } }] as const;
    const refused = entries.map((entry) => ({ ...entry, action: 'refuse' as const }));
    const codes = decideBy(outcome, { entries: refused }).reasons.map(({ code }) => code);
    expect(codes).toEqual(['b', 'ours:R', 'a', 'ours:S', 'encrypted-code']);
  });

  it('name each thing in each part once', () => {
    const findings = [HIGH, { ...HIGH, offset: 9 }, { ...HIGH, part: 0 }];
    expect(decideBy(inspected({ findings })).reasons.map(({ part }) => part)).toEqual([1, 0]);
  });
});
