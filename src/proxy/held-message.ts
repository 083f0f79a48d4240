/** What the quarantine is told of a message that is stopped. */
import { SEVERITIES, type Severity } from '../inspection/finding.ts';
import type { Gap, ScanOutcome, ScanReport } from '../inspection/scan-outcome.ts';
import type { Envelope, HttpRequestFacts, NewRecord, SenderTold } from '../storage/quarantine-store.ts';
import type { Decision } from '../policy/decision.ts';
import type { Direction } from '../policy/policy-settings.ts';
import type { ProxySettings } from './settings.ts';

/** A message of which it is decided what becomes of it. */
export interface JudgedMessage {
  readonly direction: Direction;
  /** As it came, content encodings and all. */
  readonly body: Buffer;
  readonly contentType: string | undefined;
  readonly contentEncodings: readonly string[];
  readonly outcome: ScanOutcome;
  readonly decision: Decision;
  readonly authenticatedSender: string | undefined;
  readonly http: HttpRequestFacts;
}

/** What is known of the exchange that the message is in. */
export interface HoldContext {
  readonly id: string;
  readonly nowMs: number;
  readonly told: SenderTold;
  readonly settings: Pick<ProxySettings, 'quarantine' | 'versions' | 'listen'>;
}

/** The record of a message that is stopped now. Pure. */
export function heldMessage(message: JudgedMessage, { id, nowMs, told, settings }: HoldContext): NewRecord {
  const { direction, body, contentType, outcome, decision, http } = message;
  const report = reportOf(outcome);
  const severity = worstOf(report);
  return {
    id,
    atMs: nowMs,
    expiresAtMs: nowMs + settings.quarantine.retentionMs[severity],
    direction,
    pduType: report?.pdu.type,
    body,
    contentType,
    envelope: envelopeOf(message),
    http: { ...http, contentEncodings: message.contentEncodings, listener: settings.listen.name },
    decision,
    severity,
    report,
    gaps: gapsOf(outcome),
    ruleSetDigest: report?.ruleSetDigest,
    versions: settings.versions,
    told,
  };
}

/** Who sent a message to whom, as far as somebody said so. */
export function envelopeOf({
  outcome,
  authenticatedSender,
  direction,
}: Pick<JudgedMessage, 'outcome' | 'authenticatedSender' | 'direction'>): Envelope {
  const pdu = reportOf(outcome)?.pdu;
  const from = pdu?.headers.from?.kind === 'address' ? pdu.headers.from.address.text : undefined;
  const sender = direction === 'outbound' ? authenticatedSender : from;
  return { sender, from, recipients: pdu?.recipients ?? [] };
}

/** What was found, where anything could be read. */
export function reportOf(outcome: ScanOutcome): ScanReport | undefined {
  return outcome.kind === 'inspected' || outcome.kind === 'not-inspected' ? outcome.report : undefined;
}

function gapsOf(outcome: ScanOutcome): readonly Gap[] {
  return outcome.kind === 'not-inspected' ? outcome.gaps : [];
}

function worstOf(report: ScanReport | undefined): Severity {
  const found = [...(report?.findings ?? []), ...(report?.matches ?? [])].map(({ severity }) => severity);
  return SEVERITIES.toReversed().find((severity) => found.includes(severity)) ?? 'info';
}
