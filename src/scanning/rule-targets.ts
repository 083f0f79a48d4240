/** Which rules are run on what. */
import { RULE_TARGETS, type RuleMatch, type RuleTarget } from '../inspection/rule-match.ts';

/** Where a rule without a target is run: on whatever a handset opens. So public rules work as they are. */
export const DEFAULT_TARGETS: readonly RuleTarget[] = ['part', 'text', 'archive-member'];

/** The targets that a rule's metadata names, separated by commas; the words that are none are `unknown`. */
export function readTargets({ target }: RuleMatch['metadata']): {
  targets: readonly RuleTarget[];
  unknown: string[];
} {
  if (typeof target !== 'string') return { targets: DEFAULT_TARGETS, unknown: [] };
  const words = target.split(',').map((word) => word.trim());
  const targets = RULE_TARGETS.filter((known) => words.includes(known));
  const unknown = words.filter((word) => !RULE_TARGETS.some((known) => known === word));
  return { targets: targets.length > 0 ? targets : DEFAULT_TARGETS, unknown };
}
