/** Policies for tests. */
import type { NotInspectedReason } from '../../src/inspection/scan-outcome.ts';
import type {
  PolicyAction,
  PolicyEntry,
  PolicyProfile,
  PolicySettings,
  UninspectedReason,
} from '../../src/policy/policy-settings.ts';

const PASSING: readonly NotInspectedReason[] = ['timeout', 'queue-full', 'crashed', 'rules-missing'];
const LASTING: readonly UninspectedReason[] = ['over-limit', 'encrypted', 'undecodable', 'poison'];

/** What a test changes in a policy. */
export interface PolicyChanges {
  readonly mode?: PolicySettings['mode'];
  readonly entries?: readonly Partial<PolicyEntry>[];
  readonly severities?: Partial<PolicyProfile['severities']>;
  /** For every reason; without it what passes is throttled, and the rest refused. */
  readonly notInspected?: PolicyAction;
}

/** A policy that refuses what is high and critical, and what was not inspected; with what a test changes. */
export function policyOf({
  mode = 'enforce',
  entries = [],
  severities,
  notInspected,
}: PolicyChanges = {}): PolicySettings {
  const actionFor = (action: PolicyAction, reasons: readonly UninspectedReason[]) =>
    reasons.map((reason) => [reason, notInspected ?? action] as const);
  const fallback: PolicyProfile = {
    name: 'default',
    appliesTo: {},
    entries: entries.map((entry, index) => ({
      name: `entry ${index}`,
      state: 'enforced',
      when: {},
      action: 'forward',
      ...entry,
    })),
    severities: {
      info: 'forward',
      low: 'forward',
      medium: 'forward',
      high: 'refuse',
      critical: 'refuse',
      ...severities,
    },
    notInspected: Object.fromEntries([
      ...actionFor('throttle', PASSING),
      ...actionFor('refuse', LASTING),
    ]) as PolicyProfile['notInspected'],
  };
  return { mode, profiles: [], fallback };
}
