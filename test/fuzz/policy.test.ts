/** What must hold for any policy and anything that is found. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gap, ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { decide } from '../../src/policy/decide.ts';
import type { Decision } from '../../src/policy/decision.ts';
import { checkPolicy } from '../../src/policy/policy-check.ts';
import {
  POLICY_ACTIONS,
  type PolicyEntry,
  type PolicyProfile,
  type PolicySettings,
} from '../../src/policy/policy-settings.ts';
import {
  anyCircumstances,
  anyEntry,
  anyFinding,
  anyGap,
  anyInput,
  anyMatch,
  anyPolicy,
  anyReported,
} from '../support/policy-arbitraries.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 500);

/** The policy with other entries in every profile. */
function withEntries(
  policy: PolicySettings,
  change: (entries: readonly PolicyEntry[], profile: PolicyProfile) => readonly PolicyEntry[],
): PolicySettings {
  const changed = (profile: PolicyProfile): PolicyProfile => {
    return { ...profile, entries: change(profile.entries, profile) };
  };
  return { ...policy, profiles: policy.profiles.map(changed), fallback: changed(policy.fallback) };
}

/** The policy with names that tell its profiles and entries apart. */
function withNames({ profiles, fallback, ...policy }: PolicySettings): PolicySettings {
  const numbered = profiles.map((profile, index) => ({ ...profile, name: String(index) }));
  const named = { ...policy, profiles: numbered, fallback: { ...fallback, name: 'fallback' } };
  return withEntries(named, (entries) => entries.map((entry, index) => ({ ...entry, name: String(index) })));
}

const ranks = ({ action, shadowAction }: Decision): readonly [number, number] => {
  return [POLICY_ACTIONS.indexOf(action), POLICY_ACTIONS.indexOf(shadowAction)];
};

type Reported = Extract<ScanOutcome, { kind: 'inspected' | 'not-inspected' }>;

/** Puts one more finding, match or gap at any place; undefined where there is no report to put it into. */
const ADDITIONS: Readonly<
  Record<string, fc.Arbitrary<(outcome: Reported, at: number) => Reported | undefined>>
> = {
  finding: anyFinding.map((finding) => (outcome, at) => {
    if (outcome.report === undefined) return undefined;
    const report = { ...outcome.report, findings: outcome.report.findings.toSpliced(at, 0, finding) };
    return { ...outcome, report };
  }),
  match: anyMatch.map((match) => (outcome, at) => {
    if (outcome.report === undefined) return undefined;
    const report = { ...outcome.report, matches: outcome.report.matches.toSpliced(at, 0, match) };
    return { ...outcome, report };
  }),
  gap: anyGap.map((gap) => (outcome, at) => {
    const { report } = outcome;
    if (outcome.kind === 'inspected') return { kind: 'not-inspected', gaps: [gap], report, isPoison: false };
    return { ...outcome, gaps: outcome.gaps.toSpliced(at, 0, gap) as [Gap, ...Gap[]] };
  }),
};

describe('any policy and any outcome', () => {
  it('give a decision that agrees with itself', () => {
    fc.assert(
      fc.property(anyInput, anyPolicy, (input, policy) => {
        const { action, shadowAction, stripParts, cause, reasons } = decide(input, policy);
        expect(POLICY_ACTIONS).toContain(action);
        expect(POLICY_ACTIONS).toContain(shadowAction);
        expect(stripParts.length > 0).toBe(action === 'strip');
        expect(cause === undefined).toBe(action === 'forward' || action === 'strip');
        const counted = reasons.filter(({ isShadow }) => !isShadow);
        expect(counted[0]?.action ?? 'forward').toBe(action);
        expect(reasons).toEqual([...counted, ...reasons.filter(({ isShadow }) => isShadow)]);
      }),
      { numRuns },
    );
  });

  it.each(Object.entries(ADDITIONS))('are never softened by one more %s', (_, addition) => {
    fc.assert(
      fc.property(
        anyReported,
        anyCircumstances,
        anyPolicy,
        fc.tuple(addition, fc.nat(5)),
        (outcome, circumstances, policy, [add, at]) => {
          const more = add(outcome, at);
          fc.pre(more !== undefined);
          const [before, shadowBefore] = ranks(decide({ outcome, ...circumstances }, policy));
          const [after, shadowAfter] = ranks(decide({ outcome: more, ...circumstances }, policy));
          expect(after).toBeGreaterThanOrEqual(before);
          expect(shadowAfter).toBeGreaterThanOrEqual(shadowBefore);
        },
      ),
      { numRuns },
    );
  });

  it('differ in monitor mode only in that nothing is enforced', () => {
    fc.assert(
      fc.property(anyInput, anyPolicy, (input, policy) => {
        const enforced = decide(input, { ...policy, mode: 'enforce' });
        expect(enforced.isEnforced).toBe(true);
        expect(decide(input, { ...policy, mode: 'monitor' })).toEqual({ ...enforced, isEnforced: false });
      }),
      { numRuns },
    );
  });

  const withEntry = (policy: PolicySettings, entry: PolicyEntry, at: number): PolicySettings =>
    withEntries(policy, (entries) => entries.toSpliced(at, 0, entry));

  it('are not changed by an entry that is off', () => {
    fc.assert(
      fc.property(anyInput, anyPolicy, anyEntry, fc.nat(5), (input, policy, entry, at) => {
        const more = withEntry(policy, { ...entry, state: 'off' }, at);
        expect(decide(input, more)).toEqual(decide(input, policy));
      }),
      { numRuns },
    );
  });

  it('are changed by an entry in shadow only in what is told of it', () => {
    fc.assert(
      fc.property(anyInput, anyPolicy, anyEntry, fc.nat(5), (input, policy, entry, at) => {
        const more = decide(input, withEntry(policy, { ...entry, state: 'shadow' }, at));
        const { shadowAction, reasons, ...same } = decide(input, policy);
        expect(more).toMatchObject(same);
        expect(more.reasons.filter(({ isShadow }) => !isShadow)).toEqual(
          reasons.filter(({ isShadow }) => !isShadow),
        );
        expect(POLICY_ACTIONS).toContain(shadowAction);
      }),
      { numRuns },
    );
  });

  it('say in shadow what they would be without it', () => {
    fc.assert(
      fc.property(anyInput, anyPolicy, (input, policy) => {
        const all = withEntries(policy, (entries) =>
          entries.map((entry) => (entry.state === 'shadow' ? { ...entry, state: 'enforced' } : entry)),
        );
        expect(decide(input, policy).shadowAction).toBe(decide(input, all).action);
      }),
      { numRuns },
    );
  });
});

describe('the check of any policy', () => {
  const around = { rules: undefined, listeners: ['main', 'test'], suggestion: () => '' };

  it('calls an entry out of reach only when nothing would be decided otherwise without it', () => {
    fc.assert(
      fc.property(anyInput, anyPolicy, (input, policy) => {
        const named = withNames(policy);
        const unreached = checkPolicy(named, around)
          .filter(({ message }) => /^(is never reached|contradicts)/.test(message))
          .map(({ profile, entry }) => `${profile} ${entry ?? ''}`);
        const without = withEntries(named, (entries, profile) =>
          entries.filter(({ name }) => !unreached.includes(`${profile.name} ${name}`)),
        );
        expect(decide(input, without)).toEqual(decide(input, named));
      }),
      { numRuns },
    );
  });

  it('calls a profile out of use only when it never is', () => {
    fc.assert(
      fc.property(anyInput, anyPolicy, (input, policy) => {
        const named = withNames(policy);
        const unused = checkPolicy(named, around).filter(({ message }) =>
          message.startsWith('is never used'),
        );
        expect(unused.map(({ profile }) => profile)).not.toContain(decide(input, named).profile);
      }),
      { numRuns },
    );
  });
});
