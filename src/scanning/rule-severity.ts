/** How bad a match is, from what the rule says of itself. */
import { SEVERITIES, type Severity } from '../inspection/finding.ts';
import type { RuleMatch } from '../inspection/rule-match.ts';

/** Scores from 0 to 100, and the severity from each step on: 60 is suspicious, 80 worth a block. */
const STEPS: readonly (readonly [number, Severity])[] = [
  [90, 'critical'],
  [80, 'high'],
  [60, 'medium'],
  [40, 'low'],
];

/** From the score; from a `severity` that is one of ours where there is no score; otherwise `medium`. */
export function ruleSeverity({ score, severity }: RuleMatch['metadata']): Severity {
  if (typeof score === 'number') return STEPS.find(([least]) => score >= least)?.[1] ?? 'info';
  const word = typeof severity === 'string' ? severity.toLowerCase() : '';
  return SEVERITIES.find((known) => known === word) ?? 'medium';
}
