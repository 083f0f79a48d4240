/** The errors of the API, and which of them each failure of the contracts is. */
import type { ChangeResult, StoreFailure } from '../storage/quarantine-store.ts';
import type { ReleaseResult, RescanResult } from '../storage/quarantine-service.ts';

/** Every error that the API can answer, with its HTTP status and what it says when nothing more exact is known. */
export const API_ERRORS = {
  'bad-request': { status: 400, message: 'something in the request is not as the API takes it' },
  'bad-cursor': { status: 400, message: 'the cursor is not one that this list has given' },
  'bad-json': { status: 400, message: 'the body is not JSON' },
  'bad-path': { status: 400, message: 'the path cannot be decoded' },
  'token-missing': { status: 401, message: 'a token is needed: Authorization: Bearer mmsguard_…' },
  'token-invalid': { status: 401, message: 'the token is not known, has run out, or was revoked' },
  'foreign-page': { status: 403, message: 'not from a web page' },
  'foreign-host': {
    status: 403,
    message: 'without a token the admin side answers only to a name of loopback',
  },
  'role-too-low': { status: 403, message: 'the role of the token does not allow this' },
  'not-found': { status: 404, message: 'there is nothing at this path' },
  'no-storage': { status: 404, message: 'no storage is configured, so nothing is kept' },
  unknown: { status: 404, message: 'there is nothing with this id' },
  'method-not-allowed': { status: 405, message: 'the API knows GET, POST and DELETE' },
  'not-held': { status: 409, message: 'the message is not held any more, or is being released' },
  'still-bad': { status: 409, message: 'the rules and policy of now would stop it again' },
  'task-not-running': { status: 409, message: 'the task does not run in this process' },
  'name-taken': { status: 409, message: 'a valid token has this name' },
  'no-content': { status: 410, message: 'the content was wiped' },
  'body-too-large': { status: 413, message: 'the body of the request is too large' },
  'not-json': { status: 415, message: 'the body must be application/json in UTF-8, not compressed' },
  'rules-refused': { status: 422, message: 'the rules are broken; those before stay in use' },
  'too-many-failures': { status: 429, message: 'too many wrong tokens from this address' },
  'internal-error': { status: 500, message: 'a bug; the log has it' },
  'seal-broken': { status: 500, message: 'the stored record was changed, or damaged' },
  'export-failed': { status: 500, message: 'the archive could not be made, or not in time' },
  'mmsc-failed': { status: 502, message: 'the MMSC did not take the message; it is held as before' },
  'mmsc-refused': { status: 502, message: 'the MMSC refused the message; it is held as before' },
  unavailable: { status: 503, message: 'the database does not answer' },
  closed: { status: 503, message: 'mmsguard is stopping' },
  'export-busy': { status: 503, message: 'other exports are being made; try again in a moment' },
  'key-missing': { status: 503, message: 'the key that the record is sealed with is not there' },
  'audit-unavailable': { status: 503, message: 'the audit log cannot be written, so nothing was done' },
  timeout: { status: 504, message: 'the database did not answer in time' },
} as const satisfies Record<string, { readonly status: number; readonly message: string }>;

/** One of `API_ERRORS`. */
export type ApiErrorCode = keyof typeof API_ERRORS;

/** An error, as it is answered. */
export interface ApiError {
  readonly kind: 'error';
  readonly code: ApiErrorCode;
  readonly message: string;
  /** What of it programs can use. Plain JSON, without plain numbers. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Seconds after which it may be tried again. */
  readonly retryAfterS?: number;
}

/** An error with its own words, or those of the table. */
export function apiError(
  code: ApiErrorCode,
  { message = API_ERRORS[code].message, details }: Partial<Pick<ApiError, 'message' | 'details'>> = {},
): ApiError {
  return { kind: 'error', code, message, ...(details !== undefined && { details }) };
}

/** What a store could not do, with the words of its database: whoever has a token is the operator's own. */
export function storeError({ code, detail }: StoreFailure): ApiError {
  return apiError(code, { details: { detail } });
}

/** A failed change of a record. */
export function changeError(result: Exclude<ChangeResult, { kind: 'done' }>): ApiError {
  switch (result.kind) {
    case 'unknown':
      return apiError('unknown');
    case 'not-held':
      return apiError('not-held', { details: { state: result.state, isClaimed: result.isClaimed } });
    case 'failed':
      return storeError(result);
  }
}

/** A release that did not take place. */
export function releaseError(
  result: Exclude<ReleaseResult, { kind: 'released' | 'approval-noted' }>,
): ApiError {
  switch (result.kind) {
    case 'still-bad':
      return apiError('still-bad', { details: { reasons: result.reasons } });
    case 'mmsc-failed':
      return apiError('mmsc-failed', { details: { detail: result.detail } });
    case 'mmsc-refused':
      return apiError('mmsc-refused', { details: { status: result.status } });
    case 'not-held':
      return apiError('not-held', { details: { state: result.state } });
    case 'unknown':
      return apiError('unknown');
    case 'failed':
      return storeError(result);
  }
}

/** A record that could not be scanned again. */
export function rescanError(result: Exclude<RescanResult, { kind: 'scanned' }>): ApiError {
  switch (result.kind) {
    case 'unknown':
    case 'no-content':
      return apiError(result.kind);
    case 'failed':
      return storeError(result);
  }
}
