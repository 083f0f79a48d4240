import { describe, expect, it, vi } from 'vitest';
import { json, type Answer } from '../../src/admin/admin-route.ts';
import { apiError } from '../../src/admin/api-error.ts';
import { audited } from '../../src/admin/audited.ts';
import { RecordedAudit } from '../support/recorded-tasks.ts';

const NOTE = { act: 'quarantine.delete', target: 'id-1', detail: { why: 'w' } };

function startRig(audit = new RecordedAudit()) {
  let nowMs = 0;
  const onUnaudited = vi.fn();
  const act = (carryOut: () => Promise<Answer>): Promise<Answer> =>
    audited(NOTE, carryOut, {
      audit,
      caller: { kind: 'caller', name: 'ann', role: 'analyst' },
      now: () => (nowMs += 1),
      onUnaudited,
    });
  return { audit, act, onUnaudited };
}

describe('an audited act', () => {
  it('is written down before it is done, and then its result', async () => {
    const { audit, act } = startRig();
    const answer = await act(() => {
      expect(audit.acts).toHaveLength(1);
      return Promise.resolve(json({ a: 1 }, { task: 't' }));
    });
    const who = { by: 'ann', role: 'analyst', act: 'quarantine.delete', target: 'id-1' };
    expect(answer).toMatchObject({ status: 200, value: { a: 1 } });
    expect(audit.acts).toEqual([
      { ...who, atMs: 1, detail: { why: 'w' } },
      { ...who, atMs: 2, detail: { of: 1, result: 'done', task: 't' } },
    ]);
  });

  it('is written down with the code of its error', async () => {
    const { audit, act } = startRig();
    await act(() => Promise.resolve(apiError('not-held')));
    expect(audit.acts[1]?.detail).toEqual({ of: 1, result: 'not-held' });
  });

  it('is not done when it cannot be written down', async () => {
    const { audit, act } = startRig();
    audit.isFailing = true;
    const carryOut = vi.fn();
    expect(await act(carryOut)).toMatchObject({ kind: 'error', code: 'audit-unavailable' });
    expect(carryOut).not.toHaveBeenCalled();
  });

  it('that is done is answered also when its result cannot be written down, which is told', async () => {
    const { audit, act, onUnaudited } = startRig();
    const answer = await act(() => {
      audit.isFailing = true;
      return Promise.resolve(json({}));
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(onUnaudited).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ target: 'id-1', detail: { of: 1, result: 'done' } }),
      expect.objectContaining({ kind: 'failed' }),
    );
  });

  it('that met a bug is written down as such', async () => {
    const { audit, act } = startRig();
    await expect(act(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
    expect(audit.acts[1]?.detail).toEqual({ of: 1, result: 'internal-error' });
  });
});
