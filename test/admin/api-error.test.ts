import { describe, expect, it } from 'vitest';
import { API_ERRORS, apiError, changeError, releaseError, rescanError } from '../../src/admin/api-error.ts';

const failure = (code: 'unavailable' | 'timeout' | 'closed' | 'key-missing' | 'seal-broken') =>
  ({ kind: 'failed', code, detail: 'disk full' }) as const;

describe('an error of the API', () => {
  it('has the words of the table, or its own', () => {
    expect(apiError('unknown')).toEqual({
      kind: 'error',
      code: 'unknown',
      message: API_ERRORS.unknown.message,
    });
    expect(apiError('unknown', { message: 'no', details: { a: 1 } })).toMatchObject({
      message: 'no',
      details: { a: 1 },
    });
  });

  it.each([
    [changeError({ kind: 'unknown' }), 404, 'unknown', undefined],
    [
      changeError({ kind: 'not-held', state: 'held', isClaimed: true }),
      409,
      'not-held',
      { state: 'held', isClaimed: true },
    ],
    [changeError(failure('closed')), 503, 'closed', { detail: 'disk full' }],
    [releaseError({ kind: 'still-bad', reasons: ['a:b'] }), 409, 'still-bad', { reasons: ['a:b'] }],
    [releaseError({ kind: 'mmsc-failed', detail: 'reset' }), 502, 'mmsc-failed', { detail: 'reset' }],
    [releaseError({ kind: 'mmsc-refused', status: 'error' }), 502, 'mmsc-refused', { status: 'error' }],
    [releaseError({ kind: 'not-held', state: 'deleted' }), 409, 'not-held', { state: 'deleted' }],
    [releaseError({ kind: 'unknown' }), 404, 'unknown', undefined],
    [releaseError(failure('unavailable')), 503, 'unavailable', { detail: 'disk full' }],
    [rescanError({ kind: 'unknown' }), 404, 'unknown', undefined],
    [rescanError({ kind: 'no-content' }), 410, 'no-content', undefined],
    [rescanError(failure('timeout')), 504, 'timeout', { detail: 'disk full' }],
    [rescanError(failure('key-missing')), 503, 'key-missing', { detail: 'disk full' }],
    [rescanError(failure('seal-broken')), 500, 'seal-broken', { detail: 'disk full' }],
  ] as const)('tells %j with status %i', (error, status, code, details) => {
    expect(error.code).toBe(code);
    expect(API_ERRORS[error.code].status).toBe(status);
    expect(error.details).toEqual(details);
  });

  it('is always a failure of the request or of the server', () => {
    expect(Object.values(API_ERRORS).filter(({ status }) => status < 400 || status > 504)).toEqual([]);
  });
});
