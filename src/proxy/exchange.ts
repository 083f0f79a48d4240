import type { ScanOutcome } from '../inspection/scan-outcome.ts';
import { decide } from '../policy/decide.ts';
import type { Direction } from '../policy/policy-settings.ts';
import type { ScanContext } from '../scanning/scan-context.ts';
import type { HttpRequestFacts } from '../storage/quarantine-store.ts';
import { sendAnswer, type Answer } from './answer.ts';
import { readBody, type RequestBody } from './body.ts';
import { isGone, type Exchange, type ExchangeContext, type HandsetRequest } from './exchange-context.ts';
import { ExchangeTrace } from './exchange-trace.ts';
import type { UpstreamResponse, UpstreamResult } from './forwarder.ts';
import { checkFraming, type Framing } from './framing.ts';
import { replyHeaders, requestHeaders } from './header-rules.ts';
import { reportOf, type JudgedMessage } from './held-message.ts';
import type { Outcome } from './observer.ts';
import {
  givenUp,
  handsetGone,
  mmscFailed,
  ownEnding,
  refusedByHttp,
  refusedFraming,
  withheldReply,
  type Ending,
} from './own-endings.ts';
import { headerValue, headerValues } from './raw-headers.ts';
import type { AnsweredPdu } from './replies.ts';
import { salvagePdu } from './salvage.ts';
import { settleMessage, type Settlement } from './settle-message.ts';
import { announcedAnswer, releasedAnswer } from './released-answer.ts';
import { peerOf, senderOf } from './request-sender.ts';
import { authorityOf, resolveTarget, type Target } from './target.ts';
import { trackedMessage } from './tracked-message.ts';

type Accepted<T extends { readonly kind: string }, Kind extends T['kind']> = Extract<
  T,
  { readonly kind: Kind }
>;
type MmscTarget = Accepted<Target, 'mmsc'>;

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
  const record = exchange.trace.record(outcome, response.headersSent ? response.statusCode : 0);
  context.storage?.track.note(trackedMessage(record, exchange.trace.messages, context.nowMs()));
  context.observer.exchangeDone(record);
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
  const announced = await announcedAnswer(exchange);
  if (announced !== undefined) return announced;
  const target = resolveTarget({ method, target: url, host: framing.host }, settings);
  if (target.kind === 'refused') return refusedByHttp(target.status, target.code);
  if (expectation === 'unknown') return refusedByHttp(417, 'expectation-unknown');

  const body = await receive(exchange, framing);
  trace.ended('receive');
  if (body.kind === 'given-up') return givenUp(exchange, body);
  const outcome = await scanRequest(exchange, body.bytes);
  trace.ended('inspectRequest');
  if (isGone(exchange)) return handsetGone();
  const posted = judge(exchange, outcome, messageOf(exchange, target, body.bytes));
  const sending = await settleMessage(exchange, posted);
  trace.ended('settleRequest');
  const known = knownPdu(posted);
  if (sending.kind === 'stopped') return ownEnding(exchange, sending.reason, { known }, sending.outcome);

  const released = await releasedAnswer(exchange, target.mmsc, target.path);
  if (released !== undefined) return released;
  const result = await forward(exchange, target, sending.body);
  trace.ended('mmsc');
  if (result.kind === 'failure') return mmscFailed(exchange, known, result);
  return passOn(exchange, { target, known, sending, reply: result });
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
  const about = aboutBody('outbound', request.rawHeaders, senderOf(exchange));
  return context.scanner.scan(bytes, about, signal);
}

function scanReply({ context, signal }: Exchange, reply: UpstreamResponse): Promise<ScanOutcome> {
  return context.scanner.scan(reply.body, aboutBody('inbound', reply.rawHeaders, undefined), signal);
}

function aboutBody(
  direction: Direction,
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

/** What is known of a message before it is judged. */
type Message = Pick<JudgedMessage, 'direction' | 'body' | 'http' | 'authenticatedSender'> & {
  readonly rawHeaders: readonly string[];
};

function messageOf(exchange: Exchange, target: MmscTarget, body: Buffer): Message {
  const { rawHeaders } = exchange.request;
  const http = httpFacts(exchange, target, body.length);
  return { direction: 'outbound', body, http, authenticatedSender: senderOf(exchange), rawHeaders };
}

/** Decides, and notes what was found and decided. */
function judge(exchange: Exchange, outcome: ScanOutcome, message: Message): JudgedMessage {
  const { context, trace } = exchange;
  const { direction, rawHeaders } = message;
  const { policy, listen } = context.settings;
  const input = {
    outcome,
    direction,
    listener: listen.name,
    authenticatedSender: message.authenticatedSender,
  };
  const decision = decide(input, policy);
  const contentType = headerValue(rawHeaders, 'content-type');
  const contentEncodings = headerValues(rawHeaders, 'content-encoding');
  const judged = { ...message, outcome, decision, contentType, contentEncodings };
  trace.judged(judged);
  return judged;
}

/** A request that was sent on, and its answer. */
interface Answered {
  readonly target: MmscTarget;
  readonly known: AnsweredPdu | undefined;
  readonly sending: Settlement;
  readonly reply: UpstreamResponse;
}

/** The answer of the MMSC goes the same way as a request: scan, decide, settle. */
async function passOn(exchange: Exchange, { target, known, sending, reply }: Answered): Promise<Ending> {
  const { trace } = exchange;
  trace.answered(reply.body.length);
  const outcome = await scanReply(exchange, reply);
  trace.ended('inspectReply');
  const http = httpFacts(exchange, target, undefined);
  const { body, rawHeaders } = reply;
  const message = { direction: 'inbound', body, http, authenticatedSender: undefined, rawHeaders } as const;
  const settled = await settleMessage(exchange, judge(exchange, outcome, message));
  trace.ended('settleReply');
  if (settled.kind === 'stopped') {
    const referred = { known, original: salvagePdu(body) };
    return withheldReply(exchange, settled.reason, referred, settled.outcome);
  }
  const isChanged = settled.outcome.kind === 'stripped';
  return {
    outcome: isChanged ? settled.outcome : sending.outcome,
    answer: passedOn(exchange, { ...reply, body: settled.body }),
  };
}

/** Sends the request on. A GET ends when its handset has gone; a POST does not, because the MMSC may have taken it. */
function forward(exchange: Exchange, target: MmscTarget, body: Buffer): Promise<UpstreamResult> {
  const { request, context, hold, signal } = exchange;
  const isPost = request.method === 'POST';
  const { mmsc } = target;
  const http = httpFacts(exchange, target, isPost ? body.length : undefined);
  const upstream = { ...http, headers: [...http.headers], mmsc, body: isPost ? body : undefined, hold };
  return isPost ? context.forwarder.send(upstream) : context.forwarder.send(upstream, signal);
}

/** The request as the MMSC gets it. */
function httpFacts(exchange: Exchange, target: MmscTarget, bodyBytes: number | undefined): HttpRequestFacts {
  const { request, context } = exchange;
  const { method = '', httpVersion, rawHeaders } = request;
  const { mmsc, authority, path } = target;
  const isTrusted = context.isTrusted(peerOf(exchange));
  const headers = requestHeaders(rawHeaders, { authority, httpVersion, isTrusted, bodyBytes }, context.rules);
  return { method, authority: authorityOf(mmsc), path, headers };
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

function knownPdu({ outcome, body }: JudgedMessage): AnsweredPdu | undefined {
  return reportOf(outcome)?.pdu ?? salvagePdu(body);
}

async function answerHandset(exchange: Exchange, { answer, outcome }: Ending): Promise<Outcome> {
  const { request, response, context, trace } = exchange;
  if (answer === undefined) {
    request.socket.destroy();
    return outcome;
  }
  const { requestBodyMs: timeoutMs } = context.settings.timeouts;
  const isOrderly = PASSED.has(outcome.kind) || (request.complete && answer.status === 200);
  const mayKeepAlive = isOrderly && !context.isDraining();
  const isTaken = await sendAnswer(request, response, answer, { timeoutMs, mayKeepAlive });
  trace.ended('answer');
  return isTaken || !PASSED.has(outcome.kind) ? outcome : handsetGone().outcome;
}

/** Ends in which the handset gets what the MMSC gave. */
const PASSED: ReadonlySet<Outcome['kind']> = new Set(['forwarded', 'stripped']);
