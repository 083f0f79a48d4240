/** How an exchange ends when the proxy answers in the MMSC's place, or nobody is there to be answered. */
import type { Answer } from './answer.ts';
import type { RequestBody } from './body.ts';
import { isGone, type Exchange } from './exchange-context.ts';
import type { UpstreamResult } from './forwarder.ts';
import type { Framing } from './framing.ts';
import type { Outcome, RefusalCode } from './observer.ts';
import { httpReply, replyToGet, replyToPost, type AnsweredPdu, type OwnReply } from './replies.ts';
import { UPSTREAM_FAILURES } from './reply-causes.ts';
import type { ReplyReason } from './reply-reasons.ts';
import { salvagePdu } from './salvage.ts';
import { textsForHandset } from './subscriber-texts.ts';

/** How a walk ended: the outcome, and the answer if there is anybody to answer. */
export interface Ending {
  readonly outcome: Outcome;
  readonly answer: Answer | undefined;
}

/** The PDUs that an answer of ours refers to: what was posted, and what the MMSC answered to a retrieval. */
export interface Referred {
  readonly known?: AnsweredPdu | undefined;
  readonly original?: AnsweredPdu | undefined;
}

/** Nobody can say where such a request ends: the connection ends with the answer. */
export function refusedFraming({ status, code }: Extract<Framing, { readonly kind: 'refused' }>): Ending {
  const { outcome, answer } = refusedByHttp(status, code);
  return { outcome, answer: answer && { ...answer, endsConnection: true } };
}

/** What is not MMS. */
export function refusedByHttp(status: number, code: RefusalCode): Ending {
  return { outcome: { kind: 'refused', code, side: 'handset' }, answer: ownAnswer(httpReply(status, code)) };
}

/** A request whose body did not come whole. */
export function givenUp(
  exchange: Exchange,
  { code, head }: Extract<RequestBody, { readonly kind: 'given-up' }>,
): Ending {
  if (code === 'handset-gone') return handsetGone();
  const { reason, outcome } = GIVEN_UP[code];
  return ownEnding(exchange, reason, { known: salvagePdu(head) }, outcome);
}

const GIVEN_UP = {
  'too-large': {
    reason: 'too-large',
    outcome: { kind: 'refused', code: 'body-too-large', side: 'handset' },
  },
  overloaded: { reason: 'overloaded', outcome: { kind: 'refused', code: 'overloaded', side: 'proxy' } },
  'too-slow': {
    reason: 'body-too-slow',
    outcome: { kind: 'failed', code: 'body-too-slow', side: 'handset' },
  },
} as const satisfies Record<string, { readonly reason: ReplyReason; readonly outcome: Outcome }>;

/** A request that the MMSC did not answer. */
export function mmscFailed(
  exchange: Exchange,
  known: AnsweredPdu | undefined,
  { code, head }: Extract<UpstreamResult, { readonly kind: 'failure' }>,
): Ending {
  if (isGone(exchange)) return handsetGone();
  const { reason, side } = UPSTREAM_FAILURES[code];
  const referred = { known, original: head && salvagePdu(head) };
  const outcome = { kind: 'failed', code, side } as const;
  const end = code === 'response-too-large' ? withheldReply : ownEnding;
  return end(exchange, reason, referred, outcome);
}

/**
 * The ending in place of an answer that must not pass. To a POST such an answer says nothing of the message, so the
 * handset may try again. A retrieval that gave no recognisable m-retrieve-conf is a fault of the MMSC: a notice in its
 * place would be acknowledged, and the message lost.
 */
export function withheldReply(
  exchange: Exchange,
  reason: ReplyReason,
  referred: Referred,
  outcome: Outcome,
): Ending {
  const isMessage = exchange.request.method !== 'POST' && referred.original?.type === 'm-retrieve-conf';
  return ownEnding(exchange, isMessage ? reason : 'mmsc-unreachable', referred, outcome);
}

/** Nobody hears an answer. */
export function handsetGone(): Ending {
  return { outcome: { kind: 'failed', code: 'handset-gone', side: 'handset' }, answer: undefined };
}

/** The answer of our own for a reason. */
export function ownEnding(
  exchange: Exchange,
  reason: ReplyReason,
  referred: Referred,
  outcome: Outcome,
): Ending {
  const { request, context } = exchange;
  const { replies: settings } = context.settings;
  const texts = textsForHandset(exchange);
  const replyContext = { texts, settings, reference: exchange.id, nowMs: context.nowMs() };
  const reply =
    request.method === 'POST'
      ? replyToPost(referred.known, reason, replyContext)
      : replyToGet(referred.original, reason, replyContext);
  return { outcome, answer: ownAnswer(reply) };
}

function ownAnswer({ status, headers, body }: OwnReply): Answer {
  return { status, statusMessage: undefined, headers, body, isOwn: true, endsConnection: false };
}
