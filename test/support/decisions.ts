import type { Decision } from '../../src/policy/decision.ts';
import type { PolicyAction } from '../../src/policy/policy-settings.ts';

/** An enforced decision for no reason, with what a test changes. */
export function decisionOf(action: PolicyAction, changes: Partial<Decision> = {}): Decision {
  return {
    profile: 'default',
    action,
    isEnforced: true,
    shadowAction: action,
    stripParts: [],
    cause: action === 'forward' || action === 'strip' ? undefined : 'content',
    reasons: [],
    ...changes,
  };
}
