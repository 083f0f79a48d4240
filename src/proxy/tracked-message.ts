import { hash } from 'node:crypto';
import type { Direction } from '../policy/policy-settings.ts';
import { TRACKED_REASONS_MAX, type TrackedMessage } from '../storage/message-track.ts';
import { envelopeOf, type JudgedMessage } from './held-message.ts';
import type { DecisionRecord, ExchangeRecord, Outcome } from './observer.ts';

/** The messages of an exchange that were judged. */
export type JudgedMessages = Readonly<Partial<Record<Direction, JudgedMessage>>>;

/**
 * The line of an exchange in the track. It is about the message that the exchange is there for, what a handset posted or
 * what it fetched; or about the MMSC's answer to a POST, when that is what was stopped. Numbers are plain: the track
 * makes pseudonyms of them.
 */
export function trackedMessage(
  record: ExchangeRecord,
  messages: JudgedMessages,
  atMs: number,
): TrackedMessage {
  const { id, outcome, durationsMs, totalMs } = record;
  const direction = directionOf(record, messages);
  const body = record[direction];
  const message = messages[direction];
  const envelope = message && envelopeOf(message);
  return {
    id,
    atMs,
    direction,
    pduType: body.pduType,
    end: outcome.kind,
    code: codeOf(outcome),
    ...decided(body.decision ?? NO_DECISION),
    bodyBytes: body.bodyBytes,
    contentHash: message === undefined ? '' : hash('sha256', message.body, 'hex'),
    sender: envelope?.sender,
    recipients: envelope?.recipients ?? [],
    ruleSetDigest: body.ruleSetDigest,
    durationsMs: { ...durationsMs },
    totalMs,
  };
}

/** Of an exchange that ended before anything was decided. */
const NO_DECISION = { action: 'forward', shadowAction: 'forward', profile: '', reasons: [] } as const;

function decided({
  action,
  shadowAction,
  profile,
  reasons,
}: Pick<DecisionRecord, keyof typeof NO_DECISION>): Pick<TrackedMessage, keyof typeof NO_DECISION> {
  const codes = reasons.slice(0, TRACKED_REASONS_MAX).map(({ code }) => code);
  return { action, shadowAction, profile, reasons: codes };
}

function directionOf({ method, outcome }: ExchangeRecord, { inbound }: JudgedMessages): Direction {
  const isOfMmsc = 'side' in outcome && outcome.side === 'mmsc' && outcome.kind !== 'failed';
  return method !== 'POST' || (isOfMmsc && inbound !== undefined) ? 'inbound' : 'outbound';
}

function codeOf(outcome: Outcome): string | undefined {
  return 'code' in outcome ? outcome.code : undefined;
}
