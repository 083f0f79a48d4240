import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Answer } from '../../src/admin/admin-route.ts';
import { apiError } from '../../src/admin/api-error.ts';
import { sendAnswer } from '../../src/admin/send-answer.ts';

async function sent(answer: Answer): Promise<Response> {
  const app = express();
  app.get('/', (_request, response) => {
    sendAnswer(response, answer);
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

describe('an answer', () => {
  it('in JSON has its status', async () => {
    const response = await sent({ kind: 'json', status: 202, value: { a: undefined, b: 1 } });
    expect([response.status, await response.json()]).toEqual([202, { b: 1 }]);
  });

  it('in text has its type', async () => {
    const response = await sent({ kind: 'text', contentType: 'text/plain; version=0.0.4', text: 'up 1' });
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; .*version=0\.0\.4/);
    expect(await response.text()).toBe('up 1');
  });

  it('of octets is those, and of a larger buffer only them', async () => {
    const bytes = new Uint8Array([9, 0, 255, 60, 9]).subarray(1, 4);
    const response = await sent({
      kind: 'file',
      contentType: 'application/octet-stream',
      fileName: 'a.mms',
      bytes,
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255, 60]));
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="?a\.mms"?$/);
  });

  it('that is an error has its code, its status, and what goes with it', async () => {
    const response = await sent({ ...apiError('too-many-failures', { details: { a: 1 } }), retryAfterS: 7 });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await response.json()).toEqual({
      error: { code: 'too-many-failures', message: expect.any(String) as string, details: { a: 1 } },
    });
  });

  it.each(['token-missing', 'token-invalid'] as const)('says how to be let in: %s', async (code) => {
    const response = await sent(apiError(code));
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="mmsguard"',
    ]);
  });
});
