/** Asks the admin API of a running mmsguard. */
import { z } from 'zod';
import { readBoundedStream } from './bounded-stream.ts';

/** Where it is, and what opens it. */
export interface AdminAccess {
  /** http or https URL of the admin listener, without a slash at its end. */
  readonly url: string;
  /** Undefined: it needs none. */
  readonly token: string | undefined;
}

/** One request. */
export interface AdminRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/api/v1`, with its slash. */
  readonly path: string;
  /** Those that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Why a request had no success. */
export interface AdminFailure {
  readonly ok: false;
  /** `unreachable`, `not-admin` for an answer that is none of the API's, or the code of the API. */
  readonly code: string;
  readonly message: string;
  /** What more the API says. */
  readonly details?: unknown;
}

/** The octets of an answer, or why there are none. */
export type AdminAnswer = { readonly ok: true; readonly bytes: Buffer } | AdminFailure;

/** A value, or why there is none. */
export type AdminValue<T> = { readonly ok: true; readonly value: T } | AdminFailure;

/** Milliseconds until an answer must be complete: a release waits for the MMSC. */
export const ADMIN_TIMEOUT_MS = 300_000;

/** Octets of one answer: an export of the largest message. */
export const ADMIN_ANSWER_BYTES_MAX = 256 * 1024 * 1024;

const API_ERROR = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});

/** A client of one admin side. Nothing rejects but for bugs. */
export class AdminClient {
  readonly #access: AdminAccess;

  constructor(access: AdminAccess) {
    this.#access = access;
  }

  /** Asks, and checks that the answer is JSON of this shape. */
  async json<T>(request: AdminRequest, schema: z.ZodType<T>): Promise<AdminValue<T>> {
    const answer = await this.bytes(request);
    if (!answer.ok) return answer;
    const value = schema.safeParse(parsed(answer.bytes));
    if (value.success) return { ok: true, value: value.data };
    return notAdmin(`an answer that is not expected: ${z.prettifyError(value.error)}`);
  }

  /** Asks, and gives the octets of the answer. */
  async bytes({ method, path, query = {}, body }: AdminRequest): Promise<AdminAnswer> {
    const { url, token } = this.#access;
    const target = new URL(`${url}/api/v1${path}`);
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) target.searchParams.set(key, String(value));
    }
    try {
      const response = await fetch(target, {
        method,
        headers: {
          connection: 'close',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(ADMIN_TIMEOUT_MS),
      });
      const reading = await readBoundedStream(response.body ?? new Blob([]).stream(), ADMIN_ANSWER_BYTES_MAX);
      return reading.ok
        ? answerOf(response.status, reading.bytes)
        : notAdmin(`the answer ${reading.message}`);
    } catch (error) {
      return unreachable(url, error);
    }
  }
}

function answerOf(status: number, bytes: Buffer): AdminAnswer {
  if (status >= 200 && status <= 299) return { ok: true, bytes };
  const error = API_ERROR.safeParse(parsed(bytes));
  return error.success ? { ok: false, ...error.data.error } : notAdmin(`HTTP ${status}`);
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function notAdmin(message: string): AdminFailure {
  return { ok: false, code: 'not-admin', message };
}

/** `fetch` throws these for a network that fails, or a time that is over; anything else is a bug. */
function unreachable(url: string, error: unknown): AdminFailure {
  if (error instanceof DOMException)
    return { ok: false, code: 'unreachable', message: `${url}: no answer in time` };
  if (!(error instanceof TypeError)) throw error;
  const { message } = error.cause instanceof Error ? error.cause : error;
  return { ok: false, code: 'unreachable', message: `${url}: ${message}` };
}
