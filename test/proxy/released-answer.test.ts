import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ProxyStorage } from '../../src/proxy/exchange-context.ts';
import { releasedMessages } from '../../src/proxy/released-messages.ts';
import { ReleasedTokens } from '../../src/proxy/released-token.ts';
import { newRecord } from '../support/held-records.ts';
import { retrieveConfirmation } from '../support/mms-messages.ts';
import { proxyStorage } from '../support/proxy-storage.ts';
import { startRig } from '../support/proxy-rig.ts';

const BODY = retrieveConfirmation();
const ACT = { atMs: Date.now(), by: 'ann', why: 'harmless' };

/** A storage with one released inbound message, and the path under which it was announced. */
async function released(): Promise<{ readonly storage: ProxyStorage; readonly path: string }> {
  const storage = await proxyStorage();
  const { quarantine } = storage;
  const http = { method: 'GET', authority: 'mmsc', path: '/m1', headers: [] };
  const times = { atMs: Date.now(), expiresAtMs: Date.now() + 1e6 };
  const record = { ...newRecord(), ...times, direction: 'inbound' as const, body: BODY, http };
  await quarantine.hold(record);
  await quarantine.claim(record.id, ACT);
  expect(await quarantine.end(record.id, 'released', ACT)).toEqual({ kind: 'done' });
  const tokens = new ReleasedTokens(randomBytes(32));
  const messages = releasedMessages({ store: quarantine, tokens, nowMs: Date.now });
  return { storage: { ...storage, released: messages }, path: tokens.pathOf(record.id) };
}

const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: proxy\r\n\r\n`;

describe('what was announced', () => {
  it.each(['', 'http://proxy.example'])('is served to a fetch of %s/mmsguard/released/…', async (origin) => {
    const { storage, path } = await released();
    const rig = await startRig({}, { storage });
    const answer = await rig.ask(get(`${origin}${path}`));
    expect([answer.status, answer.body.equals(BODY), rig.mmsc.connections]).toEqual([200, true, 0]);
  });

  it('is not found under a forged token, and no MMSC is asked', async () => {
    const { storage, path } = await released();
    const rig = await startRig({}, { storage });
    const forged = path.slice(0, -1) + (path.endsWith('A') ? 'Q' : 'A');
    expect((await rig.ask(get(forged))).status).toBe(404);
    expect([rig.mmsc.connections, (await rig.onlyRecord())?.outcome]).toMatchObject([
      0,
      { code: 'not-released' },
    ]);
  });

  it('is not there for now when the store fails, and not at all without one', async () => {
    const { storage, path } = await released();
    const failing = { find: () => Promise.resolve({ kind: 'failed' as const }) };
    const rig = await startRig({}, { storage: { ...storage, released: failing } });
    expect((await rig.ask(get(path))).status).toBe(503);
    const without = await startRig();
    expect((await without.ask(get(path))).status).toBe(404);
    expect([rig.mmsc.connections, without.mmsc.connections]).toEqual([0, 0]);
  });
});

describe('what was fetched before', () => {
  it('comes from the store when it was released, and from the MMSC when the store fails', async () => {
    const { storage } = await released();
    let fails = false;
    const lookup = (authority: string, path: string) =>
      fails ? Promise.resolve({ kind: 'failed' as const }) : storage.released.find(authority, path);
    const rig = await startRig({}, { storage: { ...storage, released: { find: lookup } } });
    const answer = await rig.ask(get('/m1'));
    expect([answer.body.equals(BODY), rig.mmsc.requests.length]).toEqual([true, 0]);
    fails = true;
    await rig.ask(get('/m1'));
    expect(rig.mmsc.requests.length).toBe(1);
  });
});
