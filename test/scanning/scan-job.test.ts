import { describe, expect, it, vi } from 'vitest';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { ScanJob } from '../../src/scanning/scan-job.ts';
import { scanContext } from '../support/scan-subject.ts';

const OUTCOME: ScanOutcome = { kind: 'not-a-pdu' };
const newJob = (): ScanJob =>
  new ScanJob({ key: 'k', contentHash: 'h', body: new Uint8Array(), context: scanContext() });

describe('ScanJob', () => {
  it('gives its outcome to all who wait', async () => {
    const job = newJob();
    const waits = [job.wait(undefined, vi.fn()), job.wait(new AbortController().signal, vi.fn())];
    job.settle(OUTCOME);
    expect(await Promise.all(waits)).toEqual([OUTCOME, OUTCOME]);
  });

  it('lets one go and keeps the others; it is abandoned when the last has gone', async () => {
    const job = newJob();
    const [one, other] = [new AbortController(), new AbortController()];
    const onAbandoned = vi.fn();
    const waits = [job.wait(one.signal, onAbandoned), job.wait(other.signal, onAbandoned)];
    one.abort();
    expect(await waits[0]).toEqual({ kind: 'cancelled' });
    expect(onAbandoned).not.toHaveBeenCalled();
    other.abort();
    expect(await waits[1]).toEqual({ kind: 'cancelled' });
    expect(onAbandoned).toHaveBeenCalledOnce();
  });

  it('is abandoned at once by who had gone before', async () => {
    const onAbandoned = vi.fn();
    expect(await newJob().wait(AbortSignal.abort(), onAbandoned)).toEqual({ kind: 'cancelled' });
    expect(onAbandoned).toHaveBeenCalledOnce();
  });

  it('keeps everybody once it has begun', async () => {
    const job = newJob();
    const [gone, onAbandoned] = [new AbortController(), vi.fn()];
    const wait = job.wait(gone.signal, onAbandoned);
    job.begin();
    gone.abort();
    job.settle(OUTCOME);
    expect(await wait).toEqual(OUTCOME);
    expect(onAbandoned).not.toHaveBeenCalled();
  });
});
