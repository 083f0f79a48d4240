import { describe, expect, it, vi } from 'vitest';
import type { RuleLoading } from '../../src/app/rule-loading.ts';
import { RuleReloader, type ReloaderParts } from '../../src/app/rule-reload.ts';
import { ruleSetCalled } from '../support/scan-rig.ts';

const ONE = ruleSetCalled('one');
const TWO = ruleSetCalled('two');
const PROBLEM = { file: 'a.yar', line: 3, column: 5, code: 'syntax', message: 'a bracket is missing' };

function reloader(loading: RuleLoading, parts: Partial<ReloaderParts> = {}) {
  const onResult = vi.fn();
  const rules = new RuleReloader(ONE, {
    load: () => Promise.resolve(loading),
    use: () => Promise.resolve(true),
    onResult,
    ...parts,
  });
  return { rules, onResult };
}

describe('RuleReloader', () => {
  it('uses another set, and tells of it', async () => {
    const use = vi.fn(() => Promise.resolve(true));
    const { rules, onResult } = reloader({ ok: true, ruleSet: TWO }, { use });
    const result = { kind: 'loaded', ruleSet: TWO };
    expect(await rules.reload('signal')).toEqual(result);
    expect(use).toHaveBeenCalledExactlyOnceWith(TWO);
    expect(onResult).toHaveBeenCalledExactlyOnceWith(result, 'signal');
    expect(rules.ruleSet).toBe(TWO);
  });

  it('leaves alone what has not changed', async () => {
    const use = vi.fn(() => Promise.resolve(true));
    const { rules } = reloader({ ok: true, ruleSet: ruleSetCalled('one') }, { use });
    expect((await rules.reload('file')).kind).toBe('unchanged');
    expect(use).not.toHaveBeenCalled();
  });

  it('keeps the set in use when the new one is bad', async () => {
    const { rules, onResult } = reloader({ ok: false, problems: [PROBLEM] });
    expect(await rules.reload('admin')).toEqual({ kind: 'refused', problems: [PROBLEM] });
    expect(onResult).toHaveBeenCalledOnce();
    expect(rules.ruleSet).toBe(ONE);
  });

  it('keeps the set in use when no thread can open the new one', async () => {
    const { rules } = reloader({ ok: true, ruleSet: TWO }, { use: () => Promise.resolve(false) });
    expect(await rules.reload('admin')).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'thread-failed' }],
    });
    expect(rules.ruleSet).toBe(ONE);
  });

  it('loads once more for all who ask while it loads', async () => {
    const waiting: (() => void)[] = [];
    const load = vi.fn(
      () =>
        new Promise<RuleLoading>((resolve) => {
          waiting.push(() => {
            resolve({ ok: true, ruleSet: TWO });
          });
        }),
    );
    const { rules, onResult } = reloader({ ok: true, ruleSet: TWO }, { load });
    const first = rules.reload('file');
    await vi.waitFor(() => {
      expect(waiting).toHaveLength(1);
    });
    const others = [rules.reload('file'), rules.reload('signal')];
    waiting[0]?.();
    await first;
    await vi.waitFor(() => {
      expect(waiting).toHaveLength(2);
    });
    waiting[1]?.();
    expect((await Promise.all(others)).map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
    expect([load.mock.calls.length, onResult.mock.calls.length]).toEqual([2, 2]);
  });

  it('goes on after a bug, and does not hide it', async () => {
    const load = vi.fn<ReloaderParts['load']>();
    load.mockRejectedValueOnce(new Error('a bug')).mockResolvedValueOnce({ ok: true, ruleSet: TWO });
    const { rules } = reloader({ ok: true, ruleSet: TWO }, { load });
    await expect(rules.reload('file')).rejects.toThrow('a bug');
    expect((await rules.reload('file')).kind).toBe('loaded');
    await rules.settled();
  });
});
