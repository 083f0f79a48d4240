/** A scan's outcome for people and for programs. */
import type { Finding, Severity } from '../inspection/finding.ts';
import type { RuleMatch } from '../inspection/rule-match.ts';
import type { Gap, ScanOutcome, ScanReport } from '../inspection/scan-outcome.ts';
import type { Decision } from '../policy/decision.ts';
import { terminalText } from './terminal-text.ts';

/** What a file came to, in one word; `refused` is whatever does not pass as it is for what is in it. */
export type Verdict = 'clean' | 'refused' | 'not-inspected';

/** Everything that is told of one scanned file. */
export interface FileScan {
  readonly file: string;
  readonly kind: 'pdu' | 'attachment';
  readonly outcome: ScanOutcome;
  readonly decision: Decision;
}

/** `refused` for its content comes before `not-inspected`: the worse is known. In monitor mode, as it would be. */
export function verdictOf({ outcome, decision }: FileScan): Verdict {
  const { reasons } = decision;
  const isContent = reasons.some(
    ({ kind, action, isShadow }) => !isShadow && kind !== 'not-inspected' && action !== 'forward',
  );
  if (isContent) return 'refused';
  return outcome.kind === 'inspected' ? 'clean' : 'not-inspected';
}

/** One JSON object: file, kind, verdict, action, reasons, findings, matches, gaps, and the digest of the rule set. */
export function scanJson(scan: FileScan): object {
  const { file, kind, outcome, decision } = scan;
  const report = reportOf(outcome);
  return {
    file,
    kind,
    verdict: verdictOf(scan),
    action: decision.action,
    reasons: decision.reasons,
    ...(report && { type: report.pdu.type, parts: report.parts.length, ruleSet: report.ruleSetDigest }),
    findings: report?.findings ?? [],
    matches: report?.matches ?? [],
    notInspected: gapsOf(outcome),
  };
}

/** Lines for a terminal: the verdict, then what was found, the worst first. */
export function scanText(scan: FileScan): string[] {
  const report = reportOf(scan.outcome);
  return [
    `${terminalText(scan.file)}: ${verdictOf(scan)}`,
    ...gapsOf(scan.outcome).map(gapLine),
    ...(report?.matches ?? []).flatMap(matchLines),
    ...(report?.findings ?? []).flatMap(findingLines),
  ];
}

function reportOf(outcome: ScanOutcome): ScanReport | undefined {
  return outcome.kind === 'inspected' || outcome.kind === 'not-inspected' ? outcome.report : undefined;
}

function gapsOf(outcome: ScanOutcome): readonly Gap[] {
  return outcome.kind === 'not-inspected' ? outcome.gaps : [];
}

function gapLine({ reason, code, part, offset }: Gap): string {
  const detail = code === reason ? '' : ` (${code})`;
  return `  not inspected: ${reason}${detail}${placeOf(part, offset)}`;
}

function matchLines({
  severity,
  namespace,
  rule,
  target,
  part,
  member,
  metadata,
  patterns,
}: RuleMatch): string[] {
  const inside = member === undefined ? '' : `, archive member ${member}`;
  const [first] = patterns;
  return [
    `  ${label(severity)} rule ${namespace}:${rule} in ${target}${placeOf(part, first?.offset)}${inside}`,
    ...detailLine(typeof metadata['description'] === 'string' ? metadata['description'] : ''),
  ];
}

function findingLines({ severity, code, part, offset, description, evidence }: Finding): string[] {
  const values = Object.entries(evidence).map(([name, value]) => `${name}=${String(value)}`);
  return [
    `  ${label(severity)} ${[code + placeOf(part, offset), ...values].map(terminalText).join(' ')}`,
    ...detailLine(description),
  ];
}

/** ` part 3 at 40`, or less where less is known. */
export function placeOf(part: number | undefined, offset?: number): string {
  const place = part === undefined ? '' : ` part ${part}`;
  return offset === undefined ? place : `${place} at ${offset}`;
}

/** As wide as the longest severity. */
function label(severity: Severity): string {
  return severity.padEnd(8);
}

function detailLine(text: string): string[] {
  return text === '' ? [] : [`           ${terminalText(text)}`];
}
