import { describe, expect, it } from 'vitest';
import { NOW_MS, startAdminRig, STORE_FAILURE } from '../support/admin-rig.ts';
import { trackedMessageOf } from '../support/tracked-messages.ts';

const NUMBER = '+12025550111';

const REFUSED = { end: 'refused', action: 'refuse', sender: NUMBER, reasons: ['mmsguard:A'] } as const;

async function startRig() {
  const rig = await startAdminRig();
  const { track } = rig.storage;
  track.note(trackedMessageOf({ id: 'a', atMs: NOW_MS, ...REFUSED }));
  track.note(trackedMessageOf({ id: 'b', atMs: NOW_MS + 1 }));
  await track.flush();
  return rig;
}

describe('the track', () => {
  it('is listed without numbers', async () => {
    const { api, acts } = await startRig();
    const answer = await api('/messages', { as: 'viewer' });
    expect(answer).toMatchObject({ status: 200, json: { items: [{ id: 'b' }, { id: 'a' }] } });
    expect(answer.bytes.toString()).not.toContain(NUMBER.slice(1));
    expect(await acts()).toEqual([]);
  });

  it('is narrowed down', async () => {
    const { api } = await startRig();
    const path = '/messages?end=refused&action=refuse&from=2026-11-25T12:00Z&limit=5';
    expect((await api(path, { as: 'viewer' })).json).toMatchObject({ items: [{ id: 'a' }] });
    expect((await api('/messages?end=throttled', { as: 'viewer' })).json).toMatchObject({ items: [] });
  });

  it('is counted', async () => {
    const { api } = await startRig();
    expect(await api('/messages/counts', { as: 'viewer' })).toMatchObject({
      status: 200,
      json: { refused: 1, forwarded: 1, stripped: 0 },
    });
  });

  it.each(['/messages', '/messages/counts'])('is searched for a number by an analyst: %s', async (path) => {
    const { api, acts } = await startRig();
    const search = `${path}?number=${encodeURIComponent(NUMBER)}`;
    expect(await api(search, { as: 'viewer' })).toMatchObject({ status: 403 });
    expect(await api(search, { as: 'analyst' })).toMatchObject({ status: 200 });
    const entries = await acts();
    expect(entries[0]?.detail).toEqual({ number: 'given' });
  });

  it('has each message', async () => {
    const { api } = await startRig();
    expect(await api('/messages/a', { as: 'viewer' })).toMatchObject({
      status: 200,
      json: { items: [{ id: 'a', end: 'refused', reasons: ['mmsguard:A'] }] },
    });
    expect(await api('/messages/none', { as: 'viewer' })).toMatchObject({ status: 404, code: 'unknown' });
  });

  it('tells when its store fails', async () => {
    const { api, storage } = await startRig();
    storage.track.counts = () => Promise.resolve(STORE_FAILURE);
    expect(await api('/messages/counts', { as: 'viewer' })).toMatchObject({ status: 503 });
  });
});
