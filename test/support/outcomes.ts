/** Scan outcomes for tests of what is decided. */
import type { Finding, Severity } from '../../src/inspection/finding.ts';
import type { RuleMatch } from '../../src/inspection/rule-match.ts';
import type { Gap, NotInspectedReason, ScanOutcome, ScanReport } from '../../src/inspection/scan-outcome.ts';
import type { DecisionInput } from '../../src/policy/decision.ts';

/** A finding in the first part, with what a test changes. */
export function findingOf(code: string, severity: Severity, changes: Partial<Finding> = {}): Finding {
  return { code, severity, description: '', part: 0, offset: undefined, evidence: {}, ...changes };
}

/** A match in the first part, in the namespace `ours`, with what a test changes. */
export function matchOf(rule: string, severity: Severity, changes: Partial<RuleMatch> = {}): RuleMatch {
  return {
    rule,
    namespace: 'ours',
    tags: [],
    metadata: {},
    severity,
    target: 'part',
    part: 0,
    member: undefined,
    patterns: [],
    ...changes,
  };
}

/** A gap about the whole, with what a test changes. */
export function gapOf(reason: NotInspectedReason, changes: Partial<Gap> = {}): Gap {
  return { reason, code: `${reason}-code`, part: undefined, offset: undefined, ...changes };
}

/** A report of an m-send-req with a picture and a text, with what a test changes. */
export function reportOf(changes: Partial<ScanReport> = {}): ScanReport {
  return {
    pdu: { type: 'm-send-req', headers: {}, recipients: [] },
    anomalies: [],
    findings: [],
    matches: [],
    parts: ['jpeg', 'text'].map((family) => ({ family, declaredType: '', sniffedType: '', octets: 1 })),
    ruleSetDigest: 'd',
    ...changes,
  };
}

/** An outcome in which everything was inspected. */
export function inspected(changes: Partial<ScanReport> = {}): ScanOutcome {
  return { kind: 'inspected', report: reportOf(changes) };
}

/** An outcome in which something was not inspected: everything, unless there is a report. */
export function uninspected(gap: Gap, report?: ScanReport, isPoison = false): ScanOutcome {
  return { kind: 'not-inspected', gaps: [gap], report, isPoison };
}

/** An outcome as it comes from an unknown handset by the listener `main`, with what a test changes. */
export function inputOf(outcome: ScanOutcome, changes: Partial<DecisionInput> = {}): DecisionInput {
  return { outcome, direction: 'outbound', listener: 'main', authenticatedSender: undefined, ...changes };
}
