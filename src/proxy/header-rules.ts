import { headerValue, type RawHeaders } from './raw-headers.ts';
import type { ProxySettings } from './settings.ts';

/**
 * Headers of one connection, not of the message (RFC 9110, 7.6.1), and Expect, which is answered here because the body
 * is held whole. Proxy-Authorization and Proxy-Authenticate are *not* among them: handsets of some carriers send the
 * first for the MMSC (`Basic ##NAI##`), and a proxy that asks for no credentials itself may relay them (RFC 9110, 11.7).
 */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

/** Never removed because `Connection` names them: that would let a handset take away what the MMSC must see. */
const NOT_CONNECTION_OPTIONS: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'content-range',
  'via',
]);

/** The header rules of one configuration, made ready. */
export interface HeaderRules {
  readonly strip: ReadonlySet<string>;
  readonly identity: ReadonlySet<string>;
  readonly viaName: string;
}

/** What one request's headers depend on besides the rules. */
export interface RequestHeaderContext {
  /** The authority that the handset named. */
  readonly authority: string;
  readonly httpVersion: string;
  /** True when the peer's identity headers are believed. */
  readonly isTrusted: boolean;
  /** The length of the body that is sent; undefined when there is none to declare. */
  readonly bodyBytes: number | undefined;
}

/** What one reply's headers depend on besides the rules. */
export interface ReplyHeaderContext {
  readonly httpVersion: string;
  /** The length of the body that is sent; `as-received` for HEAD and 304, whose Content-Length speaks of another reply. */
  readonly bodyBytes: number | 'as-received' | undefined;
}

/** Prepares the configured rules. */
export function headerRules(settings: ProxySettings['headers']): HeaderRules {
  return {
    strip: new Set(settings.strip.map(comparable)),
    identity: new Set(settings.identity.map(comparable)),
    viaName: settings.viaName,
  };
}

/** Ask for a piece of a message, which nobody could inspect; a server may always answer with the whole (RFC 9110, 14.2). */
const PARTIAL: ReadonlySet<string> = new Set(['range', 'if-range']);

/**
 * The headers that the MMSC gets: those of the handset in their order, case and number, without hop-by-hop and stripped
 * ones, without identity headers unless the peer is trusted; Host and Content-Length made anew in their old places, Via
 * added at the end. Pure.
 */
export function requestHeaders(
  received: RawHeaders,
  context: RequestHeaderContext,
  rules: HeaderRules,
): string[] {
  const isDropped = (name: string): boolean =>
    PARTIAL.has(name) || rules.strip.has(name) || (!context.isTrusted && rules.identity.has(name));
  const options = connectionOptions(received, rules.identity);
  const made = new Map([
    ['host', context.authority],
    ['content-length', context.bodyBytes?.toString()],
  ]);
  const kept = keepHeaders(received, made, (name) => options.has(name) || isDropped(comparable(name)));
  return [...missingHeaders(made), ...kept, 'Via', `${context.httpVersion} ${rules.viaName}`];
}

/** The headers that the handset gets: those of the MMSC without hop-by-hop ones, Content-Length made anew, Via added. Pure. */
export function replyHeaders(
  received: RawHeaders,
  context: ReplyHeaderContext,
  rules: HeaderRules,
): string[] {
  const options = connectionOptions(received, rules.identity);
  const bodyBytes =
    context.bodyBytes === 'as-received' ? headerValue(received, 'content-length') : context.bodyBytes;
  const made = new Map([['content-length', bodyBytes?.toString()]]);
  const kept = keepHeaders(received, made, (name) => options.has(name));
  return [...kept, ...missingHeaders(made), 'Via', `${context.httpVersion} ${rules.viaName}`];
}

/** Headers that the proxy writes itself, by lower-case name; undefined: none is written (any more). */
type MadeHeaders = Map<string, string | undefined>;

/** What is left of the received headers; a made one goes where the peer had it, spelled as the peer spelled it, once. */
function keepHeaders(
  received: RawHeaders,
  made: MadeHeaders,
  isDropped: (name: string) => boolean,
): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < received.length; index += 2) {
    const spelled = received[index] ?? '';
    const name = spelled.toLowerCase();
    if (made.has(name)) {
      const value = made.get(name);
      made.set(name, undefined);
      if (value !== undefined) kept.push(spelled, value);
    } else if (!HOP_BY_HOP.has(name) && !isDropped(name)) {
      kept.push(spelled, received[index + 1] ?? '');
    }
  }
  return kept;
}

const MADE_NAMES = new Map([
  ['host', 'Host'],
  ['content-length', 'Content-Length'],
]);

/** The made headers that the peer had no place for. */
function missingHeaders(made: MadeHeaders): string[] {
  return [...made].flatMap(([key, value]) =>
    value === undefined ? [] : [MADE_NAMES.get(key) ?? key, value],
  );
}

/** The header names that Connection declares to be hop-by-hop, lower case. */
function connectionOptions(received: RawHeaders, identity: ReadonlySet<string>): ReadonlySet<string> {
  const options = new Set<string>();
  for (let index = 0; index + 1 < received.length; index += 2) {
    if (received[index]?.length !== 10 || received[index]?.toLowerCase() !== 'connection') continue;
    for (const option of (received[index + 1] ?? '').split(',')) options.add(option.trim().toLowerCase());
  }
  for (const name of options) {
    if (NOT_CONNECTION_OPTIONS.has(name) || identity.has(comparable(name))) options.delete(name);
  }
  return options;
}

/** CGI-like servers read `X_MSISDN` and `X-MSISDN` as one header, so the rules do too. */
function comparable(name: string): string {
  const lower = name.toLowerCase();
  return lower.includes('_') ? lower.replaceAll('_', '-') : lower;
}
