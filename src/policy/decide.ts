/** The one place where it is decided what becomes of a body. Pure and total. */
import type { Severity } from '../inspection/finding.ts';
import type { Gap, NotInspectedReason, ScanOutcome, ScanReport } from '../inspection/scan-outcome.ts';

/** What happens to a body that was not inspected, or not wholly. It is always a setting, never an accident. */
export type NotInspectedAction = 'forward' | 'refuse';

/** Why a body does not pass. */
export type RefusalCause =
  /** Something in it is of a severity that is refused. */
  | 'content'
  /** It cannot be decoded. */
  | 'undecodable'
  /** It was not looked into, and will not be next time: too large to unfold, enciphered, or poison. */
  | 'not-inspected'
  /** It was not looked into this time: it may be tried again. */
  | 'scan-failed';

/** What becomes of a body, and the codes and rules that are the reason, the worst first. */
export type Decision =
  | { readonly action: 'forward' }
  | { readonly action: 'refuse'; readonly cause: RefusalCause; readonly reasons: readonly string[] };

/** Severities that refuse a message. */
export const REFUSED_SEVERITIES: ReadonlySet<Severity> = new Set(['high', 'critical']);

/** What each reason not to have inspected means to who sent the message. */
const CAUSES: Readonly<Record<NotInspectedReason, RefusalCause>> = {
  timeout: 'scan-failed',
  'queue-full': 'scan-failed',
  crashed: 'scan-failed',
  'rules-missing': 'scan-failed',
  'over-limit': 'not-inspected',
  encrypted: 'not-inspected',
  undecodable: 'undecodable',
};

/**
 * Refuses what holds a finding or match of a refused severity, whatever else is so; then what was not inspected, unless
 * that is to be forwarded. Another finding never softens the decision.
 */
export function decide(outcome: ScanOutcome, notInspected: NotInspectedAction): Decision {
  switch (outcome.kind) {
    case 'not-a-pdu':
      return { action: 'forward' };
    case 'cancelled':
      return { action: 'refuse', cause: 'scan-failed', reasons: ['cancelled'] };
    case 'inspected':
      return decideByContent(outcome.report) ?? { action: 'forward' };
    case 'not-inspected':
      return decideByContent(outcome.report) ?? decideByGaps(outcome, notInspected);
  }
}

function decideByContent(report: ScanReport | undefined): Decision | undefined {
  if (report === undefined) return undefined;
  const reasons = [
    ...report.matches.filter(isRefused).map(({ rule }) => rule),
    ...report.findings.filter(isRefused).map(({ code }) => code),
  ];
  return reasons.length === 0
    ? undefined
    : { action: 'refuse', cause: 'content', reasons: [...new Set(reasons)] };
}

function isRefused({ severity }: { readonly severity: Severity }): boolean {
  return REFUSED_SEVERITIES.has(severity);
}

function decideByGaps(
  { gaps, isPoison, report }: Extract<ScanOutcome, { kind: 'not-inspected' }>,
  notInspected: NotInspectedAction,
): Decision {
  if (notInspected === 'forward') return { action: 'forward' };
  const reasons = [...new Set(gaps.map(({ code }) => code))];
  const [first] = gaps;
  return { action: 'refuse', cause: causeOf(first, isPoison, report), reasons };
}

/** A PDU that was read but for a part of it is not a corrupt PDU. */
function causeOf(first: Gap, isPoison: boolean, report: ScanReport | undefined): RefusalCause {
  const cause = CAUSES[first.reason];
  if (isPoison || (cause === 'undecodable' && report !== undefined)) return 'not-inspected';
  return cause;
}
