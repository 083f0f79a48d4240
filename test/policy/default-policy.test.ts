import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../src/inspection/finding.ts';
import type { NotInspectedReason } from '../../src/inspection/scan-outcome.ts';
import { decide } from '../../src/policy/decide.ts';
import { DEFAULT_POLICY } from '../../src/policy/default-policy.ts';
import { checkPolicy } from '../../src/policy/policy-check.ts';
import { findingOf, gapOf, inputOf, inspected, uninspected } from '../support/outcomes.ts';

describe('the default policy', () => {
  it.each(SEVERITIES)('refuses from high on: %s', (severity) => {
    const { action } = decide(inputOf(inspected({ findings: [findingOf('a', severity)] })), DEFAULT_POLICY);
    expect(action).toBe(severity === 'high' || severity === 'critical' ? 'refuse' : 'forward');
  });

  it.each<[NotInspectedReason, boolean, string]>([
    ['timeout', false, 'throttle'],
    ['queue-full', false, 'throttle'],
    ['crashed', false, 'throttle'],
    ['rules-missing', false, 'throttle'],
    ['over-limit', false, 'refuse'],
    ['encrypted', false, 'refuse'],
    ['undecodable', false, 'refuse'],
    ['timeout', true, 'refuse'],
  ])('lets pass nothing that was not inspected: %s, poison %s', (reason, isPoison, action) => {
    const outcome = uninspected(gapOf(reason), undefined, isPoison);
    expect(decide(inputOf(outcome), DEFAULT_POLICY)).toMatchObject({ action, isEnforced: true });
  });

  it('has nothing wrong with it', () => {
    expect(checkPolicy(DEFAULT_POLICY, { rules: [], listeners: [], suggestion: () => '' })).toEqual([]);
  });
});
