import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { PduFacts, ScanOutcome } from '../inspection/scan-outcome.ts';
import { decide, type Decision } from '../policy/decide.ts';
import type { ScanContext } from '../scanning/scan-context.ts';
import type { BodyScanner } from '../scanning/scan-pool.ts';
import { sendAnswer, type Answer } from './answer.ts';
import { authenticatedSender } from './authenticated-sender.ts';
import { readBody, type RequestBody } from './body.ts';
import type { ByteBudget, ByteHold } from './byte-budget.ts';
import { ExchangeTrace } from './exchange-trace.ts';
import type { Forwarder, UpstreamResponse, UpstreamResult } from './forwarder.ts';
import { checkFraming, type Framing } from './framing.ts';
import { replyHeaders, requestHeaders, type HeaderRules } from './header-rules.ts';
import type { ExchangeObserver, Outcome, RefusalCode } from './observer.ts';
import { headerValue, headerValues } from './raw-headers.ts';
import { httpReply, replyToGet, replyToPost, type OwnReply } from './replies.ts';
import type { ReplyReason } from './reply-reasons.ts';
import { salvagePdu } from './salvage.ts';
import type { ProxySettings } from './settings.ts';
import { REFUSALS, UPSTREAM_FAILURES } from './reply-causes.ts';
import { resolveTarget, type Target } from './target.ts';
import type { Peer } from './trusted-gateway.ts';

/** What all exchanges of one proxy share. */
export interface ExchangeContext {
  readonly settings: ProxySettings;
  readonly rules: HeaderRules;
  readonly isTrusted: (peer: Peer) => boolean;
  readonly scanner: BodyScanner;
  readonly forwarder: Forwarder;
  readonly budget: ByteBudget;
  /** Must not throw. */
  readonly observer: ExchangeObserver;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
  readonly isDraining: () => boolean;
}

/** One request of a handset, and what its Expect header wants. */
export interface HandsetRequest {
  readonly id: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly expectation: 'none' | 'continue' | 'unknown';
}

interface Exchange extends HandsetRequest {
  readonly context: ExchangeContext;
  readonly trace: ExchangeTrace;
  readonly hold: ByteHold;
  /** Aborted when the handset goes away before it has its answer. */
  readonly signal: AbortSignal;
}

/** How a walk ended: the outcome, and the answer if there is anybody to answer. */
interface Ending {
  readonly outcome: Outcome;
  readonly answer: Answer | undefined;
}

type Accepted<T extends { readonly kind: string }, Kind extends T['kind']> = Extract<
  T,
  { readonly kind: Kind }
>;
type MmscTarget = Accepted<Target, 'mmsc'>;
type ReceivedBody = Accepted<RequestBody, 'whole'>;

/** Runs one exchange to its end, and tells the observer of it exactly once. Never rejects. */
export async function runExchange(handset: HandsetRequest, context: ExchangeContext): Promise<void> {
  const { request, response, id } = handset;
  const gone = new AbortController();
  const exchange: Exchange = {
    ...handset,
    context,
    trace: new ExchangeTrace(id, request),
    hold: context.budget.open(),
    signal: gone.signal,
  };
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  if (!request.socket.writable) gone.abort();
  const ending = await attempt(
    exchange,
    () => walk(exchange),
    (outcome) => ownEnding(exchange, 'internal-error', {}, outcome),
  );
  const outcome = await attempt(
    exchange,
    () => answerHandset(exchange, ending),
    (failure) => {
      request.socket.destroy();
      return failure;
    },
  );
  exchange.hold.release();
  context.observer.exchangeDone(
    exchange.trace.record(outcome, response.headersSent ? response.statusCode : 0),
  );
}

/** Runs a step that should not throw. If it does, that is a bug: it is told, and ends this exchange and nothing else. */
async function attempt<T>(
  { context, id }: Exchange,
  run: () => Promise<T>,
  recover: (outcome: Outcome) => T,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    context.observer.unexpectedError(error, id);
    return recover({ kind: 'failed', code: 'internal-error', side: 'proxy' });
  }
}

/** The request walk. This is the only place where the steps are ordered. */
async function walk(exchange: Exchange): Promise<Ending> {
  const { request, context, expectation, trace } = exchange;
  const { settings } = context;
  const { method = '', url = '' } = request;

  const framing = checkFraming({ method, httpVersion: request.httpVersion, rawHeaders: request.rawHeaders });
  if (framing.kind === 'refused') return refusedFraming(framing);
  const target = resolveTarget({ method, target: url, host: framing.host }, settings);
  if (target.kind === 'refused') return refusedByHttp(target.status, target.code);
  if (expectation === 'unknown') return refusedByHttp(417, 'expectation-unknown');

  const body = await receive(exchange, framing);
  trace.ended('receive');
  if (body.kind === 'given-up') return givenUp(exchange, body);
  const posted = await scanRequest(exchange, body.bytes);
  trace.ended('inspectRequest');
  if (isGone(exchange)) return handsetGone();
  const allowed = judge(exchange, posted, 'outbound');
  if (allowed.action === 'refuse') return refusedRequest(exchange, body.bytes, allowed);

  const known = knownPdu(posted, body.bytes);
  const result = await forward(exchange, target, body);
  trace.ended('mmsc');
  if (result.kind === 'failure') return mmscFailed(exchange, known, result);

  trace.answered(result.body.length);
  const answered = await scanReply(exchange, result);
  trace.ended('inspectReply');
  const passes = judge(exchange, answered, 'inbound');
  if (passes.action === 'refuse') return refusedReply(exchange, known, result, passes);
  return { outcome: { kind: 'forwarded' }, answer: passedOn(exchange, result) };
}

/** The body of a request, read within its limits. A handset that waits for 100 Continue is told to go on. */
async function receive(exchange: Exchange, framing: Accepted<Framing, 'accepted'>): Promise<RequestBody> {
  if (!framing.hasBody) return { kind: 'whole', bytes: Buffer.alloc(0), bodyBytes: 0 };
  if (exchange.expectation === 'continue') exchange.response.writeContinue();
  const { limits, timeouts } = exchange.context.settings;
  const body = await readBody(exchange.request, framing.contentLength, {
    bytesMax: limits.bodyBytesMax,
    timeoutMs: timeouts.requestBodyMs,
    hold: exchange.hold,
  });
  exchange.trace.received(body.bodyBytes);
  return body;
}

/** A request that carries no message is none. */
async function scanRequest(exchange: Exchange, bytes: Buffer): Promise<ScanOutcome> {
  const { request, context, signal } = exchange;
  if (request.method !== 'POST') return { kind: 'not-a-pdu' };
  const isTrusted = context.isTrusted(peerOf(exchange));
  const { rawHeaders } = request;
  const sender = isTrusted ? authenticatedSender(rawHeaders, context.settings.headers) : undefined;
  return context.scanner.scan(bytes, aboutBody('outbound', rawHeaders, sender), signal);
}

function scanReply({ context, signal }: Exchange, reply: UpstreamResponse): Promise<ScanOutcome> {
  return context.scanner.scan(reply.body, aboutBody('inbound', reply.rawHeaders, undefined), signal);
}

function aboutBody(
  direction: ScanContext['direction'],
  headers: readonly string[],
  sender: string | undefined,
): ScanContext {
  return {
    direction,
    contentType: headerValue(headers, 'content-type'),
    contentEncodings: headerValues(headers, 'content-encoding'),
    authenticatedSender: sender,
    senderClass: sender === undefined ? 'unknown' : 'authenticated',
  };
}

/** Decides, and notes what was found and decided. */
function judge(
  { context, trace }: Exchange,
  outcome: ScanOutcome,
  direction: ScanContext['direction'],
): Decision {
  const decision = decide(outcome, context.settings.notInspected[direction]);
  trace.inspected(direction, outcome, decision);
  return decision;
}

/** Sends the request on. A GET ends when its handset has gone; a POST does not, because the MMSC may have taken it. */
function forward(exchange: Exchange, target: MmscTarget, body: ReceivedBody): Promise<UpstreamResult> {
  const { request, context, hold, signal } = exchange;
  const { method = '', httpVersion, rawHeaders } = request;
  const isPost = method === 'POST';
  const isTrusted = context.isTrusted(peerOf(exchange));
  const bodyBytes = isPost ? body.bodyBytes : undefined;
  const headers = requestHeaders(
    rawHeaders,
    { authority: target.authority, httpVersion, isTrusted, bodyBytes },
    context.rules,
  );
  const { mmsc, path } = target;
  const upstream = { mmsc, method, path, headers, body: isPost ? body.bytes : undefined, hold };
  return isPost ? context.forwarder.send(upstream) : context.forwarder.send(upstream, signal);
}

function peerOf({ request, context }: Exchange): Peer {
  const { socket } = request;
  const isRequired = context.settings.listen.tls?.clientCertificate === 'required';
  const hasTrustedCertificate = isRequired && socket instanceof TLSSocket && socket.authorized;
  return { address: socket.remoteAddress, hasTrustedCertificate };
}

/** The answer of the MMSC as it is: status, reason, headers but for those of the connection, and the very octets. */
function passedOn({ request, context }: Exchange, reply: UpstreamResponse): Answer {
  const { status, statusMessage, httpVersion, rawHeaders, body } = reply;
  const isHead = request.method === 'HEAD';
  const saysNothingOfBody = isHead || status === 304;
  const bodyBytes = saysNothingOfBody ? 'as-received' : status === 204 ? undefined : body.length;
  const headers = replyHeaders(rawHeaders, { httpVersion, bodyBytes }, context.rules);
  return {
    status,
    statusMessage,
    headers,
    body: isHead ? undefined : body,
    isOwn: false,
    endsConnection: false,
  };
}

/** True when nobody would hear the answer; a connection that was refused for what came after is not writable any more. */
function isGone({ request, signal }: Exchange): boolean {
  return signal.aborted || !request.socket.writable;
}

function refusedFraming({ status, code }: Accepted<Framing, 'refused'>): Ending {
  const { outcome, answer } = refusedByHttp(status, code);
  return { outcome, answer: answer && { ...answer, endsConnection: true } };
}

function refusedByHttp(status: number, code: RefusalCode): Ending {
  return { outcome: { kind: 'refused', code, side: 'handset' }, answer: ownAnswer(httpReply(status, code)) };
}

function givenUp(exchange: Exchange, body: Accepted<RequestBody, 'given-up'>): Ending {
  const known = salvagePdu(body.head);
  switch (body.code) {
    case 'handset-gone':
      return handsetGone();
    case 'too-large':
      return ownEnding(
        exchange,
        'too-large',
        { known },
        { kind: 'refused', code: 'body-too-large', side: 'handset' },
      );
    case 'overloaded':
      return ownEnding(
        exchange,
        'overloaded',
        { known },
        { kind: 'refused', code: 'overloaded', side: 'proxy' },
      );
    case 'too-slow':
      return ownEnding(
        exchange,
        'body-too-slow',
        { known },
        { kind: 'failed', code: 'body-too-slow', side: 'handset' },
      );
  }
}

type Refusal = Extract<Decision, { readonly action: 'refuse' }>;

function refusedRequest(exchange: Exchange, bytes: Buffer, { cause }: Refusal): Ending {
  const { reason, code } = REFUSALS[cause];
  return ownEnding(
    exchange,
    reason,
    { known: salvagePdu(bytes) },
    { kind: 'refused', code, side: 'handset' },
  );
}

function refusedReply(
  exchange: Exchange,
  known: PduFacts | undefined,
  reply: UpstreamResponse,
  { cause }: Refusal,
): Ending {
  const { reason, code } = REFUSALS[cause];
  const outcome = { kind: 'refused', code, side: 'mmsc' } as const;
  return withheldReply(exchange, reason, { known, original: salvagePdu(reply.body) }, outcome);
}

/**
 * The ending in place of an answer that must not pass. To a POST such an answer says nothing of the message, so the
 * handset may try again. A retrieval that gave no recognisable m-retrieve-conf is a fault of the MMSC: a notice in its
 * place would be acknowledged, and the message lost.
 */
function withheldReply(
  exchange: Exchange,
  reason: ReplyReason,
  referred: Referred,
  outcome: Outcome,
): Ending {
  const isMessage = exchange.request.method !== 'POST' && referred.original?.type === 'm-retrieve-conf';
  return ownEnding(exchange, isMessage ? reason : 'mmsc-unreachable', referred, outcome);
}

function mmscFailed(
  exchange: Exchange,
  known: PduFacts | undefined,
  { code, head }: Accepted<UpstreamResult, 'failure'>,
): Ending {
  if (isGone(exchange)) return handsetGone();
  const { reason, side } = UPSTREAM_FAILURES[code];
  const referred = { known, original: head && salvagePdu(head) };
  const outcome = { kind: 'failed', code, side } as const;
  const end = code === 'response-too-large' ? withheldReply : ownEnding;
  return end(exchange, reason, referred, outcome);
}

function handsetGone(): Ending {
  return { outcome: { kind: 'failed', code: 'handset-gone', side: 'handset' }, answer: undefined };
}

/** The PDUs that an answer of ours refers to: what was posted, and what the MMSC answered to a retrieval. */
interface Referred {
  readonly known?: PduFacts | undefined;
  readonly original?: PduFacts | undefined;
}

function ownEnding(exchange: Exchange, reason: ReplyReason, referred: Referred, outcome: Outcome): Ending {
  const { request, context } = exchange;
  const { texts } = context.settings;
  const isPost = request.method === 'POST';
  const reply = isPost
    ? replyToPost(referred.known, reason, texts)
    : replyToGet(referred.original, reason, texts, context.nowMs());
  return { outcome, answer: ownAnswer(reply) };
}

function ownAnswer({ status, headers, body }: OwnReply): Answer {
  return { status, statusMessage: undefined, headers, body, isOwn: true, endsConnection: false };
}

function knownPdu(posted: ScanOutcome, bytes: Buffer): PduFacts | undefined {
  const isRead = posted.kind === 'inspected' || posted.kind === 'not-inspected';
  return (isRead ? posted.report?.pdu : undefined) ?? salvagePdu(bytes);
}

async function answerHandset(exchange: Exchange, { answer, outcome }: Ending): Promise<Outcome> {
  const { request, response, context, trace } = exchange;
  if (answer === undefined) {
    request.socket.destroy();
    return outcome;
  }
  const { requestBodyMs: timeoutMs } = context.settings.timeouts;
  const isOrderly = outcome.kind === 'forwarded' || (request.complete && answer.status === 200);
  const mayKeepAlive = isOrderly && !context.isDraining();
  const isTaken = await sendAnswer(request, response, answer, { timeoutMs, mayKeepAlive });
  trace.ended('answer');
  return isTaken || outcome.kind !== 'forwarded' ? outcome : handsetGone().outcome;
}
