import { request } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { startPlainAdmin } from '../support/admin-rig.ts';

describe('every answer', () => {
  it.each(['/healthz', '/api/v1/rules', '/api/v1/tokens', '/nothing', '/api/v1/rules?x=1'])(
    'is kept by nobody, guessed by nobody, and runs nothing: %s',
    async (path) => {
      const { ask } = await startPlainAdmin();
      const { headers } = await ask(path);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('etag')).toBeNull();
    },
  );
});

describe('what is not there', () => {
  it.each([
    ['GET', '/nothing'],
    ['GET', '/api/v1/rules/reload'],
    ['POST', '/api/v1/rules'],
    ['DELETE', '/api/v1/quarantine/a'],
  ])('is not found: %s %s', async (method, path) => {
    const { ask } = await startPlainAdmin();
    expect(await ask(path, { method })).toMatchObject({ status: 404, code: 'not-found' });
  });

  it.each(['PUT', 'PATCH', 'OPTIONS'])('is not told by the method %s', async (method) => {
    const { ask } = await startPlainAdmin();
    expect(await ask('/api/v1/rules', { method })).toMatchObject({ status: 405, code: 'method-not-allowed' });
  });

  it('is no path that cannot be decoded', async () => {
    const { url } = await startPlainAdmin();
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    request(`${url}/api/v1/tasks/%ff`, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
    expect(await promise).toBe(400);
  });
});

describe('a bug', () => {
  it('is answered with a code and nothing of it, and told', async () => {
    const bug = new Error('SECRET');
    const onError = vi.fn();
    const { ask } = await startPlainAdmin({ onError, metrics: () => Promise.reject(bug) });
    const answer = await ask('/metrics');
    expect(answer).toMatchObject({ status: 500, code: 'internal-error' });
    expect(answer.bytes.toString()).not.toContain('SECRET');
    expect(onError).toHaveBeenCalledExactlyOnceWith(bug);
  });
});
