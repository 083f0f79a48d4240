import { describe, expect, it } from 'vitest';
import { releasedMessages } from '../../src/proxy/released-messages.ts';
import { ReleasedTokens } from '../../src/proxy/released-token.ts';
import type { NewRecord } from '../../src/storage/quarantine-store.ts';
import { newRecord } from '../support/held-records.ts';
import { MemoryQuarantine } from '../support/memory-quarantine.ts';
import { retrieveConfirmation } from '../support/mms-messages.ts';

const TOKENS = new ReleasedTokens(Buffer.alloc(32, 7));
const ACT = { atMs: 1, by: 'ada', why: 'harmless' };
const FETCH = { method: 'GET', authority: 'mmsc', path: '/m?1', headers: [], contentEncodings: ['gzip'] };

function inbound(changes: Partial<NewRecord> = {}): NewRecord {
  return newRecord({ direction: 'inbound', body: retrieveConfirmation(), http: FETCH, ...changes });
}

async function released(record: NewRecord) {
  const store = await MemoryQuarantine.with(record);
  await store.claim(record.id);
  await store.end(record.id, 'released', ACT);
  const messages = releasedMessages({ store, tokens: TOKENS, nowMs: () => record.expiresAtMs - 1 });
  return { store, messages };
}

const FOUND = {
  kind: 'found',
  body: retrieveConfirmation(),
  contentType: 'application/vnd.wap.mms-message',
  contentEncodings: ['gzip'],
};

describe('a released message', () => {
  it('is found at the URL of its fetch, and at that of its announcement under any name of the proxy', async () => {
    const record = inbound();
    const { messages } = await released(record);
    expect(await messages.find('mmsc', '/m?1')).toEqual(FOUND);
    expect(await messages.find('guard.example', TOKENS.pathOf(record.id))).toEqual(FOUND);
  });

  it.each([
    ['mmsc', '/m?2'],
    ['other', '/m?1'],
    ['mmsc', '/mmsguard/released/'],
  ])('is not found at %s%s', async (authority, path) => {
    const { messages } = await released(inbound());
    expect(await messages.find(authority, path)).toEqual({ kind: 'none' });
  });

  it('is not found by a token of a record that is held, is outbound, was deleted, or does not exist', async () => {
    const [held, outbound, deleted] = [inbound(), newRecord(), inbound()];
    const store = await MemoryQuarantine.with(held, outbound, deleted);
    await store.claim(outbound.id);
    await store.end(outbound.id, 'released', ACT);
    await store.end(deleted.id, 'deleted', ACT);
    const messages = releasedMessages({ store, tokens: TOKENS, nowMs: () => 0 });
    const ids = [held.id, outbound.id, deleted.id, newRecord().id];
    for (const id of ids) expect(await messages.find('mmsc', TOKENS.pathOf(id))).toEqual({ kind: 'none' });
  });

  it('is none that answered a POST to the same URL', async () => {
    const { messages } = await released(inbound({ http: { ...FETCH, method: 'POST' } }));
    expect(await messages.find('mmsc', '/m?1')).toEqual({ kind: 'none' });
  });

  it('is not found from the moment that it expires', async () => {
    const record = inbound();
    const { store } = await released(record);
    const messages = releasedMessages({ store, tokens: TOKENS, nowMs: () => record.expiresAtMs });
    expect(await messages.find('mmsc', '/m?1')).toEqual({ kind: 'none' });
  });

  it.each(['get', 'releasedAt'] as const)('may be there when the store fails: %s', async (method) => {
    const record = inbound();
    const { store, messages } = await released(record);
    store.failing.add(method);
    const path = method === 'get' ? TOKENS.pathOf(record.id) : '/m?1';
    expect(await messages.find('mmsc', path)).toEqual({ kind: 'failed' });
  });
});
