/** Carries out what was decided of a message, up to the answer: that is the exchange's. */
import { stripMessage } from './strip-message.ts';
import type { Exchange } from './exchange-context.ts';
import { envelopeOf, heldMessage, type JudgedMessage } from './held-message.ts';
import type { Outcome, QuarantineNote, Side } from './observer.ts';
import { REFUSALS } from './reply-causes.ts';
import type { ReplyReason } from './reply-reasons.ts';
import type { UnheldAction } from './settings.ts';
import { textsForHandset, textsForRecipients } from './subscriber-texts.ts';
import type { SenderTold } from '../storage/quarantine-store.ts';

/** What becomes of a message. */
export type Settlement =
  | { readonly kind: 'passes'; readonly body: Buffer; readonly outcome: Outcome }
  | { readonly kind: 'stopped'; readonly reason: ReplyReason; readonly outcome: Outcome };

/**
 * Does what the policy says; in monitor mode the message passes. What cannot be done becomes something harder, or what
 * the settings say of it, and the trace says so. Never rejects but for bugs.
 */
export async function settleMessage(exchange: Exchange, message: JudgedMessage): Promise<Settlement> {
  const { decision, body } = message;
  if (!decision.isEnforced) return passes(body);
  switch (decision.action) {
    case 'forward':
      return passes(body);
    case 'strip':
      return strip(exchange, message);
    case 'throttle':
      return throttled(message, 'policy');
    case 'quarantine':
      return hold(exchange, message);
    case 'refuse':
      return refused(message);
  }
}

function passes(body: Buffer): Settlement {
  return { kind: 'passes', body, outcome: { kind: 'forwarded' } };
}

/** Parts that cannot be taken out take the whole message with them. */
async function strip(exchange: Exchange, message: JudgedMessage): Promise<Settlement> {
  const { body, decision, contentEncodings } = message;
  const { decode, strip: settings } = exchange.context.settings;
  const result =
    contentEncodings.length > 0
      ? ({ kind: 'failed', reason: 'content-encoding' } as const)
      : stripMessage(body, decision.stripParts, noticeFor(exchange, message), {
          decode,
          keepLength: settings.keepLength,
        });
  if (result.kind === 'stripped') {
    const stripped = Buffer.from(result.body);
    return { kind: 'passes', body: stripped, outcome: { kind: 'stripped', side: sideOf(message) } };
  }
  exchange.trace.noteUnstripped(message.direction, result.reason);
  return exchange.context.storage === undefined ? refused(message) : hold(exchange, message);
}

/** Whoever opens the message reads the notice. */
function noticeFor(exchange: Exchange, message: JudgedMessage): string {
  const texts =
    message.direction === 'inbound'
      ? textsForHandset(exchange)
      : textsForRecipients(exchange, envelopeOf(message).recipients);
  return texts.stripped.text;
}

async function hold(exchange: Exchange, message: JudgedMessage): Promise<Settlement> {
  const { context, id, trace } = exchange;
  const { settings, storage } = context;
  const { whenFull, whenFailed } = settings.quarantine;
  const told = toldOf(exchange, message);
  const nowMs = context.nowMs();
  const result = await storage?.quarantine.hold(heldMessage(message, { id, nowMs, told, settings }));
  const note: QuarantineNote = result ?? { kind: 'absent' };
  trace.noteQuarantine(message.direction, note);
  switch (note.kind) {
    case 'held':
      return {
        kind: 'stopped',
        reason: TOLD_REASONS[told],
        outcome: { kind: 'quarantined', code: told, side: sideOf(message) },
      };
    case 'full':
      return unheld(message, whenFull, 'quarantine-full');
    case 'absent':
    case 'failed':
      return unheld(message, whenFailed, 'quarantine-failed');
  }
}

/** What becomes of a message that should have been kept and could not. */
function unheld(
  message: JudgedMessage,
  action: UnheldAction,
  code: 'quarantine-full' | 'quarantine-failed',
): Settlement {
  switch (action) {
    case 'forward':
      return passes(message.body);
    case 'throttle':
      return throttled(message, code);
    case 'refuse':
      return refused(message);
  }
}

function toldOf({ request, context }: Exchange, { direction }: JudgedMessage): SenderTold {
  const { told, inbound } = context.settings.quarantine;
  if (direction === 'outbound') return told;
  return inbound === 'leave' || request.method === 'POST' ? 'try-later' : 'notice';
}

/** How the answer to a held message reads. */
const TOLD_REASONS: Readonly<Record<SenderTold, ReplyReason>> = {
  refused: 'content',
  accepted: 'accepted',
  notice: 'held',
  'try-later': 'throttled',
};

function throttled(
  message: JudgedMessage,
  code: Extract<Outcome, { readonly kind: 'throttled' }>['code'],
): Settlement {
  const { cause } = message.decision;
  const reason = cause === 'scan-failed' ? REFUSALS[cause].reason : 'throttled';
  return { kind: 'stopped', reason, outcome: { kind: 'throttled', code, side: sideOf(message) } };
}

function refused(message: JudgedMessage): Settlement {
  const { reason, code } = REFUSALS[message.decision.cause ?? 'content'];
  return { kind: 'stopped', reason, outcome: { kind: 'refused', code, side: sideOf(message) } };
}

function sideOf({ direction }: JudgedMessage): Side {
  return direction === 'outbound' ? 'handset' : 'mmsc';
}
