/** How bad a match is, from what the rule says of itself. */
import { SEVERITIES, type Severity } from '../inspection/finding.ts';
import type { RuleMatch } from '../inspection/rule-match.ts';
import { severityOfScore } from '../inspection/severity-score.ts';

/** From the score; from a `severity` that is one of ours where there is no score; otherwise `medium`. */
export function ruleSeverity({ score, severity }: RuleMatch['metadata']): Severity {
  if (typeof score === 'number') return severityOfScore(score);
  const word = typeof severity === 'string' ? severity.toLowerCase() : '';
  return SEVERITIES.find((known) => known === word) ?? 'medium';
}
