import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScanJob } from '../../src/scanning/scan-job.ts';
import { ScanQueue } from '../../src/scanning/scan-queue.ts';
import { scanContext } from '../support/scan-subject.ts';

const LIMITS = { queueMax: 2, queueBytesMax: 100, queueWaitMs: 1000 };
const jobOf = (bytes: number): ScanJob =>
  new ScanJob({ key: 'k', contentHash: 'h', body: new Uint8Array(bytes), context: scanContext() });

describe('ScanQueue', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives back in the order of coming', () => {
    const queue = new ScanQueue(LIMITS, vi.fn());
    const jobs = [jobOf(1), jobOf(2)];
    expect(jobs.map((job) => queue.add(job))).toEqual([true, true]);
    expect([queue.length, queue.bytes]).toEqual([2, 3]);
    expect([queue.take(), queue.take(), queue.take()]).toEqual([...jobs, undefined]);
    expect([queue.length, queue.bytes, vi.getTimerCount()]).toEqual([0, 0, 0]);
  });

  it('takes as many as it may, and not one more', () => {
    const queue = new ScanQueue(LIMITS, vi.fn());
    expect([queue.add(jobOf(1)), queue.add(jobOf(1)), queue.add(jobOf(1))]).toEqual([true, true, false]);
  });

  it('takes as many bytes as it may, and not one more', () => {
    const queue = new ScanQueue(LIMITS, vi.fn());
    expect([queue.add(jobOf(60)), queue.add(jobOf(41)), queue.add(jobOf(40))]).toEqual([true, false, true]);
  });

  it('lets nobody wait for too long', () => {
    const onExpired = vi.fn();
    const queue = new ScanQueue(LIMITS, onExpired);
    const job = jobOf(1);
    queue.add(job);
    vi.advanceTimersByTime(LIMITS.queueWaitMs - 1);
    expect(onExpired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onExpired).toHaveBeenCalledExactlyOnceWith(job);
    expect([queue.length, queue.bytes]).toEqual([0, 0]);
  });

  it('lets go whom it is told to, once', () => {
    const queue = new ScanQueue(LIMITS, vi.fn());
    const job = jobOf(5);
    queue.add(job);
    expect([queue.remove(job), queue.remove(job), queue.bytes, vi.getTimerCount()]).toEqual([
      true,
      false,
      0,
      0,
    ]);
  });
});
