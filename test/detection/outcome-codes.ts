/** What an outcome says, as a flat list. */
import type { Severity } from '../../src/inspection/finding.ts';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { DEFAULT_POLICY } from '../../src/policy/default-policy.ts';

/** True for a severity that refuses a message, where the operator says nothing else. */
export const isRefusedSeverity = (severity: Severity): boolean =>
  DEFAULT_POLICY.fallback.severities[severity] === 'refuse';

/** Codes of findings, names of rules, each once; with the codes of what was not inspected, unless severities are chosen. */
export function outcomeCodes(outcome: ScanOutcome, isWanted?: (severity: Severity) => boolean): string[] {
  const report = 'report' in outcome ? outcome.report : undefined;
  const found = [
    ...(report?.findings ?? []).map(({ code, severity }) => ({ code, severity })),
    ...(report?.matches ?? []).map(({ rule, severity }) => ({ code: rule, severity })),
  ].filter(({ severity }) => isWanted?.(severity) ?? true);
  const gaps = outcome.kind === 'not-inspected' && isWanted === undefined ? outcome.gaps : [];
  return [...new Set([...found, ...gaps].map(({ code }) => code))];
}

/** What the allow-list says of a part, whatever is in it. */
const ALLOW_LIST_CODES: ReadonlySet<string> = new Set([
  'media-type-decoder-not-allowed',
  'media-type-unidentified',
]);

/** The outcome as it would be for an operator who allows every format: what else there is to say of it. */
export function besideAllowList<Outcome extends ScanOutcome>(outcome: Outcome): Outcome {
  if (!('report' in outcome) || outcome.report === undefined) return outcome;
  const findings = outcome.report.findings.filter(({ code }) => !ALLOW_LIST_CODES.has(code));
  return { ...outcome, report: { ...outcome.report, findings } };
}
