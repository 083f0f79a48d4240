import { describe, expect, it, vi } from 'vitest';
import { isPlainAddress, SENDER_MESSAGES } from '../../src/admin/sender-routes.ts';
import { startAdminRig, STORE_FAILURE } from '../support/admin-rig.ts';
import { pseudonymOf } from '../support/admin-storage.ts';
import { trackedMessageOf } from '../support/tracked-messages.ts';

const PSEUDONYM = 'Kx3-_aB90zQ-4567';

describe('what a sender is named by', () => {
  it.each([
    '+12025550111',
    '12025550111',
    '202-555-0111',
    'a@b.test',
    '+1/TYPE=PLMN',
    '10.0.0.1',
    'INFO',
    '1202555011112345',
    '',
  ])('is a number or an address: %j', (text) => {
    expect(isPlainAddress(text)).toBe(true);
  });

  it.each(['Kx3-_aB90zQ-4567', 'abcdef0123456789'])('is a pseudonym: %s', (text) => {
    expect(isPlainAddress(text)).toBe(false);
  });
});

describe('a sender', () => {
  it.each([
    ['+12025550111', { number: '+12025550111' }, { act: 'senders.search', target: '' }],
    [PSEUDONYM, { pseudonym: PSEUDONYM }, { act: 'senders.view', target: PSEUDONYM }],
  ])('%s is looked for in the track', async (sender, filter, audited) => {
    const { api, storage, acts } = await startAdminRig();
    const list = vi.spyOn(storage.track, 'list');
    const counts = vi.spyOn(storage.track, 'counts');
    const answer = await api(`/senders/${encodeURIComponent(sender)}`, { as: 'admin' });
    expect(answer).toMatchObject({ status: 200, json: { counts: { forwarded: 0 }, messages: [] } });
    expect(list).toHaveBeenCalledExactlyOnceWith(filter, { limit: SENDER_MESSAGES });
    expect(counts).toHaveBeenCalledExactlyOnceWith(filter);
    expect((await acts())[0]).toMatchObject(audited);
  });

  it('is found by number and by pseudonym', async () => {
    const { api, storage } = await startAdminRig();
    storage.track.note(trackedMessageOf({ id: 'a', sender: '+12025550111', end: 'refused' }));
    await storage.track.flush();
    for (const sender of ['+12025550111', pseudonymOf('+12025550111')]) {
      const { json } = await api(`/senders/${encodeURIComponent(sender)}`, { as: 'admin' });
      expect(json).toMatchObject({ counts: { refused: 1 }, messages: [{ id: 'a' }] });
    }
  });

  it('is shown to an admin only', async () => {
    const { api } = await startAdminRig();
    expect(await api('/senders/abc', { as: 'analyst' })).toMatchObject({ status: 403 });
  });

  it.each(['list', 'counts'] as const)('is not half shown when the store fails: %s', async (method) => {
    const { api, storage } = await startAdminRig();
    storage.track[method] = () => Promise.resolve(STORE_FAILURE);
    expect(await api('/senders/abc', { as: 'admin' })).toMatchObject({ status: 503, code: 'unavailable' });
  });
});
