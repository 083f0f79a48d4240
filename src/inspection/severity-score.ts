/** Scores from 0 to 100, as threat tables and YARA rules give them, and the severities that they stand for. */
import type { FindingKind, Severity } from './finding.ts';

/** The lowest score of each severity, the worst first: 60 is suspicious, 80 worth a block. */
const LOWEST_SCORES: readonly (readonly [number, Severity])[] = [
  [90, 'critical'],
  [80, 'high'],
  [60, 'medium'],
  [40, 'low'],
];

/** The severity of a score from 0 to 100. */
export function severityOfScore(score: number): Severity {
  return LOWEST_SCORES.find(([lowest]) => score >= lowest)?.[1] ?? 'info';
}

/** A row of a finding table that is given by its score. */
export function scored(score: number, description: string): FindingKind {
  return { severity: severityOfScore(score), description };
}
