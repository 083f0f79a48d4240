import { headerValues, type RawHeaders } from './raw-headers.ts';

/**
 * Why a request's framing is refused. Two readers of such a request could see two different requests (RFC 9112, 11.2),
 * so it is answered with an HTTP error, nothing is forwarded, and the connection is closed.
 */
export type FramingRefusalCode =
  | 'http-version'
  | 'host-missing'
  | 'host-ambiguous'
  | 'content-length-ambiguous'
  | 'transfer-encoding-unknown'
  | 'body-not-allowed';

/** What the header section says about where the body ends. */
export type Framing =
  | {
      readonly kind: 'accepted';
      /** The Host header, undefined when absent or empty. */
      readonly host: string | undefined;
      /** Undefined for a chunked body and for no body at all. */
      readonly contentLength: number | undefined;
      readonly hasBody: boolean;
    }
  | { readonly kind: 'refused'; readonly status: 400 | 505; readonly code: FramingRefusalCode };

/** What the framing check reads of a request. */
export interface RequestHead {
  readonly method: string;
  readonly httpVersion: string;
  readonly rawHeaders: RawHeaders;
}

/**
 * Refuses every framing that two HTTP readers could understand differently. node's strict parser already refuses
 * Content-Length with Transfer-Encoding, a repeated or non-decimal Content-Length, line folding, bare CR or LF, and a
 * space before the colon (`test/proxy/smuggling.test.ts` holds it to that); the rest is refused here, and what decides
 * where a body ends is checked again. Pure.
 */
export function checkFraming(head: RequestHead): Framing {
  if (head.httpVersion !== '1.1' && head.httpVersion !== '1.0') return refused('http-version');
  const hosts = headerValues(head.rawHeaders, 'host');
  const refusal = hostRefusal(hosts, head.httpVersion);
  if (refusal !== undefined) return refused(refusal);

  const length = bodyLength(head);
  if (typeof length === 'string' && length !== 'chunked') return refused(length);
  const hasBody = length === 'chunked' || (length ?? 0) > 0;
  // RFC 9110, 9.3.1: a body on GET has no meaning, and is a way to smuggle a request past an MMSC that ignores it.
  if (hasBody && head.method !== 'POST') return refused('body-not-allowed');
  const contentLength = length === 'chunked' ? undefined : length;
  return { kind: 'accepted', host: hosts[0] === '' ? undefined : hosts[0], contentLength, hasBody };
}

/** What the header says of the body: its length, `chunked`, nothing, or the code of its refusal. */
function bodyLength(head: RequestHead): number | 'chunked' | undefined | FramingRefusalCode {
  const lengths = headerValues(head.rawHeaders, 'content-length');
  const encodings = headerValues(head.rawHeaders, 'transfer-encoding');
  if (lengths.length > 1 || !lengths.every(isDecimal)) return 'content-length-ambiguous';
  if (encodings.length === 0) return lengths.length === 0 ? undefined : Number(lengths[0]);
  // RFC 9112, 6.1: `chunked` alone, once, in HTTP/1.1, and no Content-Length beside it.
  const isChunkedAlone = encodings.length === 1 && encodings[0]?.toLowerCase() === 'chunked';
  const isPlain = isChunkedAlone && lengths.length === 0 && head.httpVersion === '1.1';
  return isPlain ? 'chunked' : 'transfer-encoding-unknown';
}

/** No userinfo, path, list or space: what is left is a host, a port and the brackets of IPv6. */
const HOST_VALUE = /^[\w.~!$&'()*+;=%:[\]-]*$/;

function hostRefusal(hosts: readonly string[], httpVersion: string): FramingRefusalCode | undefined {
  if (hosts.length === 0) return httpVersion === '1.0' ? undefined : 'host-missing';
  return hosts.length > 1 || !hosts.every((host) => HOST_VALUE.test(host)) ? 'host-ambiguous' : undefined;
}

/** Digits only, and few enough to be counted without loss. */
function isDecimal(length: string): boolean {
  return /^\d{1,15}$/.test(length);
}

function refused(code: FramingRefusalCode): Framing {
  return { kind: 'refused', status: code === 'http-version' ? 505 : 400, code };
}
