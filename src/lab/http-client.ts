/** HTTP/1.1 as a handset speaks it: one connection a request, no redirects, absolute form when there is a proxy. */
import { once } from 'node:events';
import { request as openRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readBody } from './bounded-body.ts';

/** One request. */
export interface LabRequest {
  readonly method: 'GET' | 'POST';
  /** `http://host[:port]/path`; host, path and query are sent letter by letter. */
  readonly url: string;
  /** `http://host:port` of the MMS proxy; none: the request goes to the URL's own host, in origin form. */
  readonly proxy?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Gives the request up. */
  readonly signal?: AbortSignal | undefined;
}

/** An answer. `body` is decoded where it came gzip'd. */
export interface LabAnswer {
  readonly ok: true;
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

/** Why there is no answer. */
export interface LabFailure {
  readonly ok: false;
  readonly reason:
    'bad-url' | 'no-connection' | 'timed-out' | 'broken-off' | 'too-large' | 'bad-encoding' | 'given-up';
  readonly detail: string;
}

/** What bounds a request: milliseconds and bytes. */
export interface ClientLimits {
  readonly timeoutMs: number;
  readonly bodyBytesMax: number;
}

/** Longer than the proxy waits for its MMSC, so that its answer is seen; larger than any known carrier's messages. */
export const DEFAULT_CLIENT_LIMITS: ClientLimits = { timeoutMs: 90_000, bodyBytesMax: 32 * 1024 * 1024 };

const gunzipBounded = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(gunzip);

/** Sends a request and reads its answer. Never rejects. */
export async function sendRequest(
  request: LabRequest,
  limits: ClientLimits = DEFAULT_CLIENT_LIMITS,
): Promise<LabAnswer | LabFailure> {
  const route = routeOf(request);
  if (route === undefined) return failure('bad-url', 'no http:// URL that can be asked');
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const signal = AbortSignal.any([timeout, ...(request.signal === undefined ? [] : [request.signal])]);
  const answer = await exchange(request, { ...route, signal }, limits);
  if (answer.ok || !signal.aborted) return answer;
  return timeout.aborted
    ? failure('timed-out', `no answer in ${limits.timeoutMs} ms`)
    : failure('given-up', 'stopped by its owner');
}

async function exchange(
  { method, headers, body }: LabRequest,
  route: Route,
  { bodyBytesMax }: ClientLimits,
): Promise<LabAnswer | LabFailure> {
  let response: IncomingMessage;
  try {
    const outgoing = openRequest({
      ...route,
      method,
      headers: { ...headers, ...route.headers },
      agent: false,
    });
    // A server that answers early may close before it has read: the answer counts, and the response has its own errors.
    outgoing.on('error', () => undefined);
    const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
    outgoing.end(body);
    [response] = await answered;
  } catch (error) {
    return connectionFailure(error);
  }
  const reading = await readBody(response, bodyBytesMax);
  response.destroy();
  return reading.ok ? await decoded(response, reading.bytes, bodyBytesMax) : reading;
}

async function decoded(
  response: IncomingMessage,
  bytes: Buffer,
  bytesMax: number,
): Promise<LabAnswer | LabFailure> {
  const { statusCode: status = 0, rawHeaders, headers } = response;
  const contentType = headers['content-type'];
  if (headers['content-encoding'] !== 'gzip')
    return { ok: true, status, rawHeaders, contentType, body: bytes };
  try {
    const body = await gunzipBounded(bytes, { maxOutputLength: bytesMax });
    return { ok: true, status, rawHeaders, contentType, body };
  } catch (error) {
    return failure('bad-encoding', messageOf(error));
  }
}

/** Where the connection goes, and what is asked there. */
interface Route extends RequestOptions {
  readonly headers: Readonly<Record<string, string>>;
}

function routeOf({ url, proxy, body }: LabRequest): Route | undefined {
  const target = parseHttpUrl(url);
  const peer = proxy === undefined ? target : parseHttpUrl(proxy);
  if (target === undefined || peer === undefined) return undefined;
  const length = body === undefined ? {} : { 'Content-Length': String(body.length) };
  return {
    host: peer.host,
    port: peer.port,
    path: proxy === undefined ? target.path : `http://${target.authority}${target.path}`,
    headers: { Host: target.authority, ...length },
  };
}

/** The pieces of an http URL, letter by letter. */
export interface HttpUrl {
  readonly host: string;
  readonly port: number;
  readonly authority: string;
  /** Path and query. */
  readonly path: string;
}

const HTTP_URL = /^http:\/\/(\[[0-9a-f:.]+\]|[a-z0-9._~-]+)(?::(\d{1,5}))?([/?][\x21\x22\x24-\x7e]*)?$/i;

/**
 * Takes an http URL to pieces without changing a letter: a Content-Location is a key, not text to normalise. Spaces
 * around it are dropped, as handsets do. Undefined for anything else.
 */
export function parseHttpUrl(url: string): HttpUrl | undefined {
  const [, host = '', port, rest = '/'] = HTTP_URL.exec(url.trim()) ?? [];
  if (host === '' || Number(port ?? 80) > 65_535) return undefined;
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port ?? 80),
    authority: port === undefined ? host : `${host}:${port}`,
    path: rest.startsWith('?') ? `/${rest}` : rest,
  };
}

const NO_CONNECTION: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
]);

function connectionFailure(error: unknown): LabFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return failure(NO_CONNECTION.has(code) ? 'no-connection' : 'broken-off', messageOf(error));
}

function failure(reason: LabFailure['reason'], detail: string): LabFailure {
  return { ok: false, reason, detail };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
