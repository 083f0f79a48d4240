import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { StorageUpkeep, UPKEEP_EVERY_MS } from '../../src/app/storage-upkeep.ts';
import type { StoreResult } from '../../src/storage/quarantine-store.ts';
import { TestIo } from '../support/command-run.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function startUpkeep(
  expired: () => Promise<StoreResult<number>> = () => Promise.resolve({ kind: 'found', value: 2 }),
) {
  const io = new TestIo();
  const expire = vi.fn(expired);
  const prune = vi.fn((): Promise<StoreResult<number>> => Promise.resolve({ kind: 'found', value: 0 }));
  const log = createLog({ level: 'info', destination: 'stdout' }, io);
  const upkeep = new StorageUpkeep({
    quarantine: { expire },
    track: { prune },
    trackMs: 5000,
    log,
    nowMs: Date.now,
  });
  return { upkeep, expire, prune, io };
}

describe('the upkeep', () => {
  it('looks at once and every minute, until it is closed', async () => {
    const { upkeep, expire, prune, io } = startUpkeep();
    await vi.advanceTimersByTimeAsync(UPKEEP_EVERY_MS);
    await upkeep.close();
    await vi.advanceTimersByTimeAsync(2 * UPKEEP_EVERY_MS);
    expect(expire.mock.calls).toEqual([[1_000_000], [1_000_000 + UPKEEP_EVERY_MS]]);
    expect(prune.mock.calls).toEqual([[995_000], [995_000 + UPKEEP_EVERY_MS]]);
    expect(io.outText).toContain('"records":2');
  });

  it('goes on after a store that fails, and after a bug, and tells of both', async () => {
    const failure = { kind: 'failed', code: 'unavailable', detail: 'disk full' } as const;
    const failing = startUpkeep(() => Promise.resolve(failure));
    await failing.upkeep.close();
    expect([failing.io.outText, failing.prune.mock.calls.length]).toEqual([
      expect.stringContaining('disk full'),
      1,
    ]);
    const broken = startUpkeep(() => Promise.reject(new Error('a bug')));
    await vi.advanceTimersByTimeAsync(UPKEEP_EVERY_MS);
    await broken.upkeep.close();
    expect([broken.io.outText, broken.expire.mock.calls.length]).toEqual([
      expect.stringContaining('a bug'),
      2,
    ]);
  });
});
