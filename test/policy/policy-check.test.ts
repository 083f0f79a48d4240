import { describe, expect, it } from 'vitest';
import { checkPolicy, type PolicySurroundings } from '../../src/policy/policy-check.ts';
import type { PolicyEntry, PolicyProfile, PolicySettings } from '../../src/policy/policy-settings.ts';
import { policyOf } from '../support/policies.ts';

const AROUND: PolicySurroundings = {
  rules: [
    { rule: 'EXPL_X', namespace: 'ours', tags: [], severity: 'critical', score: 95, targets: ['part'] },
    { rule: 'PDU_Y', namespace: 'ours', tags: [], severity: 'medium', score: 60, targets: ['pdu'] },
  ],
  listeners: ['main'],
  suggestion: () => '',
};

/** `level entry: message` of each problem of entries in the fallback. */
function problemsOf(entries: readonly Partial<PolicyEntry>[], around = AROUND): readonly string[] {
  const policy = policyOf({ entries: entries.map((entry) => ({ action: 'refuse', ...entry })) });
  return checkPolicy(policy, around).map(
    ({ level, entry, message }) => `${level} ${entry ?? ''}: ${message}`,
  );
}

describe('an entry that is never reached', () => {
  it.each<[string, readonly Partial<PolicyEntry>[], readonly RegExp[]]>([
    ['narrow before wide', [{ when: { severities: ['low'] } }, { when: {} }], []],
    [
      'wide before narrow',
      [{ when: {} }, { when: { severities: ['low'] } }],
      [/entry 1: is never reached: entry 0/],
    ],
    [
      'the same twice',
      [{ when: { severities: ['low'] } }, { when: { severities: ['low'] } }],
      [/entry 1: is never reached/],
    ],
    [
      'the same with another action',
      [{ when: { severities: ['low'] } }, { when: { severities: ['low'] }, action: 'quarantine' }],
      [/error entry 1: contradicts entry 0: the same condition, and refuse/],
    ],
    ['a trial before it', [{ when: {}, state: 'shadow' }, { when: { severities: ['low'] } }], []],
    ['off before it', [{ when: {}, state: 'off' }, { when: { severities: ['low'] } }], []],
    ['itself off', [{ when: {} }, { when: { severities: ['low'] }, state: 'off' }], []],
    [
      'a trial after it',
      [{ when: {} }, { when: { severities: ['low'] }, state: 'shadow' }],
      [/entry 1: is never reached/],
    ],
    [
      'a trial after a trial',
      [
        { when: {}, state: 'shadow' },
        { when: {}, state: 'shadow', action: 'strip' },
      ],
      [/entry 1: contradicts/],
    ],
    ['gaps behind everything else', [{ when: {} }, { when: { notInspected: ['timeout'] } }], []],
  ])('%s', (_, entries, expected) => {
    const problems = problemsOf(entries);
    expect(problems).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(problems[index]).toMatch(pattern);
  });
});

describe('an entry that fits nothing', () => {
  it.each<[PolicyEntry['when'], boolean]>([
    [{ findings: ['*'], rules: ['*'] }, true],
    [{ notInspected: ['timeout'], severities: ['high'] }, true],
    [{ findings: ['svg-script'], severities: ['info'] }, true],
    [{ rules: ['EXPL_X'], scoreMin: 96 }, true],
    [{ rules: ['EXPL_X'], scoreMin: 95 }, false],
    [{ notInspected: ['timeout'], mediaFamilies: ['jpeg'] }, false],
    [{ findings: ['*'], mediaFamilies: ['jpeg'] }, false],
  ])('with %j: %s', (when, isTold) => {
    expect(problemsOf([{ when }]).some((problem) => problem.includes('fits nothing'))).toBe(isTold);
  });

  it('is not told of where only its name is unknown, or rules are not loaded', () => {
    expect(problemsOf([{ when: { findings: ['x'] } }])).toEqual(['error entry 0: there is no finding x']);
    const unloaded = { ...AROUND, rules: undefined };
    expect(problemsOf([{ when: { rules: ['EXPL_Z'], scoreMin: 100 } }], unloaded)).toEqual([]);
    expect(problemsOf([{ when: { findings: ['*'], rules: ['*'] } }], unloaded)).toHaveLength(1);
  });
});

describe('an entry that is milder than what is critical', () => {
  it.each<[Partial<PolicyEntry>, boolean]>([
    [{ when: {}, action: 'quarantine' }, true],
    [{ when: {}, action: 'refuse' }, false],
    [{ when: { severities: ['high'] }, action: 'forward' }, false],
    [{ when: { severities: ['high', 'critical'] }, action: 'forward' }, true],
    [{ when: { rules: ['EXPL_*'] }, action: 'forward' }, true],
    [{ when: { rules: ['EXPL_*'] }, action: 'forward', state: 'shadow' }, false],
    [{ when: { rules: ['PDU_*'] }, action: 'forward' }, false],
    [{ when: { notInspected: ['timeout'] }, action: 'forward' }, false],
  ])('%j: %s', (entry, isTold) => {
    const told = problemsOf([entry]).filter((problem) => /^warning entry 0: is milder/.test(problem));
    expect(told).toHaveLength(isTold ? 1 : 0);
  });
});

describe('an entry that cannot strip', () => {
  it.each<[PolicyEntry['when'], string | undefined]>([
    [{ findings: ['svg-script'] }, undefined],
    [{ findings: ['message-too-large'] }, 'error'],
    [{ findings: ['codec-*', 'header-*'] }, 'error'],
    [{ findings: ['message-too-large', 'part-too-large'] }, 'warning'],
    [{ rules: ['PDU_Y'] }, 'error'],
    [{ notInspected: ['timeout'] }, 'error'],
    [{ notInspected: ['encrypted'] }, undefined],
    [{ notInspected: ['timeout', 'encrypted'] }, 'warning'],
    [{ severities: ['medium'] }, undefined],
    [{ severities: ['medium'], pduTypes: ['m-forward-req', 'm-mbox-view-conf'] }, 'error'],
    [{ severities: ['medium'], pduTypes: ['m-forward-req', 'm-send-req'] }, undefined],
  ])('with %j: %s', (when, level) => {
    const told = problemsOf([{ when, action: 'strip' }]).filter((problem) => problem.includes(' strip'));
    expect(told.map((problem) => problem.split(' ')[0])).toEqual(level === undefined ? [] : [level]);
  });
});

describe('profiles', () => {
  const { fallback } = policyOf();
  const profile = (name: string, appliesTo: PolicyProfile['appliesTo']): PolicyProfile => {
    return { ...fallback, name, appliesTo };
  };
  const check = (...profiles: readonly PolicyProfile[]): readonly string[] => {
    const policy: PolicySettings = { mode: 'enforce', profiles, fallback };
    return checkPolicy(policy, AROUND).map((problem) => `${problem.profile}: ${problem.message}`);
  };

  it('that differ are fine', () => {
    expect(check(profile('a', { senders: ['+1*'] }), profile('b', { directions: ['inbound'] }))).toEqual([]);
  });

  it('behind one that takes all are never used, nor is the fallback', () => {
    expect(check(profile('all', {}), profile('b', { directions: ['inbound'] }))).toEqual([
      'b: is never used: profile all takes its messages',
      'default: is never used: profile all takes its messages',
    ]);
  });

  it('whose lists an earlier one holds are never used', () => {
    const wide = profile('wide', { senders: ['+1202*', '+49*'] });
    expect(check(wide, profile('narrow', { senders: ['12025550100'], directions: ['inbound'] }))).toEqual([
      'narrow: is never used: profile wide takes its messages',
    ]);
    expect(check(wide, profile('wider', { senders: ['+1*'] }))).toEqual([]);
  });

  it('may name only listeners that there are', () => {
    expect(check(profile('a', { listeners: ['main', 'mian'] }))).toEqual(['a: there is no listener mian']);
  });

  it('are named with what is wrong in their entries', () => {
    const entry = { name: 'e', state: 'enforced', when: { findings: ['x'] }, action: 'refuse' } as const;
    const a = { ...profile('a', { directions: ['inbound'] }), entries: [entry] } as const;
    expect(checkPolicy({ mode: 'enforce', profiles: [a], fallback }, AROUND)).toEqual([
      { level: 'error', profile: 'a', entry: 'e', message: 'there is no finding x' },
    ]);
  });
});
