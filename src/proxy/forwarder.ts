import type { ByteHold } from './byte-budget.ts';
import type { RawHeaders } from './raw-headers.ts';
import type { MmscSettings } from './settings.ts';

/** One request to an MMSC, whole. */
export interface UpstreamRequest {
  readonly mmsc: MmscSettings;
  readonly method: string;
  /** Path and query, written as they are. */
  readonly path: string;
  /** Every header to send, Host and Content-Length included. */
  readonly headers: string[];
  readonly body: Buffer | undefined;
  /** What the bytes of the answer are counted on. */
  readonly hold: ByteHold;
}

/** The whole answer of an MMSC. */
export interface UpstreamResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly statusMessage: string;
  readonly httpVersion: string;
  readonly rawHeaders: RawHeaders;
  readonly body: Buffer;
}

/** Why there is no whole answer. */
export type UpstreamFailureCode =
  /** No connection: refused, unreachable, name unknown, TLS refused. */
  | 'connect-failed'
  /** No connection in time, or none free in time. */
  | 'connect-timeout'
  /** The answer was not complete in time. */
  | 'response-timeout'
  /** The connection broke before the answer's header was complete. */
  | 'reset'
  /** The connection ended inside the answer's body: shorter than it said, or cut. */
  | 'response-truncated'
  /** The answer's body is over the byte limit. */
  | 'response-too-large'
  /** There was no room for the answer in the shared byte budget. */
  | 'response-overloaded'
  /** The answer is not HTTP/1.x, or not one that can be passed on. */
  | 'response-malformed'
  /** The exchange was given up, or the proxy is stopping. */
  | 'aborted';

/** The outcome of one request to an MMSC. */
export type UpstreamResult =
  | UpstreamResponse
  | {
      readonly kind: 'failure';
      readonly code: UpstreamFailureCode;
      /** The first bytes of an answer that was given up for its size: a reply takes transaction id and From from them. */
      readonly head?: Buffer;
    };

/**
 * Sends requests to MMSCs. `send` never rejects. A POST is written to at most one connection, once; a GET or HEAD may be
 * written twice. Aborting the signal ends the attempt.
 */
export interface Forwarder {
  send(request: UpstreamRequest, signal?: AbortSignal): Promise<UpstreamResult>;
  /** Ends everything in flight with `aborted` and closes every connection. */
  close(): void;
}
