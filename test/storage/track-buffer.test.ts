import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SqlResult } from '../../src/storage/sql-database.ts';
import { TRACK_BUFFER_LIMITS, TrackBuffer, type TrackBufferLimits } from '../../src/storage/track-buffer.ts';

const LIMITS: TrackBufferLimits = { recordsMax: 4, batchMax: 2, writeAfterMs: 100, retryAfterMs: 1000 };

const OK: SqlResult = { ok: true, rows: [] };
const failing = (code: 'unavailable' | 'timeout' | 'closed'): SqlResult => ({ ok: false, code, detail: '' });

interface Rig {
  readonly buffer: TrackBuffer<number>;
  readonly written: (readonly number[])[];
  readonly bugs: unknown[];
  /** What the database says, from now on; a function decides, or rejects. */
  answer: SqlResult | (() => Promise<SqlResult>);
}

function rig(limits: TrackBufferLimits = LIMITS): Rig {
  const written: (readonly number[])[] = [];
  const bugs: unknown[] = [];
  const made: Rig = {
    written,
    bugs,
    answer: OK,
    buffer: new TrackBuffer<number>({
      limits,
      onBug: (error) => bugs.push(error),
      write: async (batch) => {
        const result = await (typeof made.answer === 'function' ? made.answer() : made.answer);
        written.push(batch);
        return result;
      },
    }),
  };
  return made;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a buffer', () => {
  it('writes what has waited for its time, together and in order', async () => {
    const { buffer, written } = rig({ ...LIMITS, batchMax: 10 });
    buffer.add(1);
    await vi.advanceTimersByTimeAsync(LIMITS.writeAfterMs - 1);
    buffer.add(2);
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(written).toEqual([[1, 2]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('writes a full batch at once, and never more in one', async () => {
    const { buffer, written } = rig();
    for (const record of [1, 2, 3]) buffer.add(record);
    await vi.advanceTimersByTimeAsync(0);
    expect(written).toEqual([[1, 2], [3]]);
  });

  it('writes what came while it was writing', async () => {
    const made = rig();
    let answer: (result: SqlResult) => void = () => undefined;
    made.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    made.buffer.add(1);
    made.buffer.add(2);
    made.buffer.add(3);
    made.answer = OK;
    answer(OK);
    await made.buffer.flush();
    expect(made.written).toEqual([[1, 2], [3]]);
  });

  it('takes as many as its limit, and counts one more as lost', async () => {
    const made = rig();
    made.answer = failing('unavailable');
    for (let record = 1; record <= LIMITS.recordsMax; record += 1) made.buffer.add(record);
    expect(made.buffer.lost).toBe(0);
    made.buffer.add(5);
    expect(made.buffer.lost).toBe(1);
    await vi.advanceTimersByTimeAsync(0);
    made.answer = OK;
    await vi.advanceTimersByTimeAsync(LIMITS.retryAfterMs);
    expect(made.written.slice(1).flat()).toEqual([1, 2, 3, 4]);
    expect(made.buffer.lost).toBe(1);
  });

  it.each(['unavailable', 'timeout'] as const)('tries again after %s until it is written', async (code) => {
    const made = rig();
    made.answer = failing(code);
    made.buffer.add(1);
    await vi.advanceTimersByTimeAsync(LIMITS.writeAfterMs + 2 * LIMITS.retryAfterMs);
    expect(made.written).toEqual([[1], [1], [1]]);
    made.answer = OK;
    await vi.advanceTimersByTimeAsync(LIMITS.retryAfterMs);
    expect(made.written).toEqual([[1], [1], [1], [1]]);
    expect([made.buffer.lost, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('does not knock at a database that is away for every record that comes', async () => {
    const made = rig();
    made.answer = failing('unavailable');
    made.buffer.add(1);
    await vi.advanceTimersByTimeAsync(LIMITS.writeAfterMs);
    made.buffer.add(2);
    made.buffer.add(3);
    await vi.advanceTimersByTimeAsync(LIMITS.retryAfterMs - 1);
    expect(made.written).toHaveLength(1);
  });

  it('loses what a closed database did not take', async () => {
    const made = rig();
    made.answer = failing('closed');
    made.buffer.add(1);
    await made.buffer.flush();
    expect(made.buffer.lost).toBe(1);
  });

  it('loses the batch that a bug is in, says so, and goes on', async () => {
    const made = rig();
    const bug = new Error('a statement is wrong');
    made.answer = () => {
      made.answer = OK;
      return Promise.reject(bug);
    };
    for (const record of [1, 2, 3]) made.buffer.add(record);
    await made.buffer.flush();
    expect([made.bugs, made.buffer.lost, made.written]).toEqual([[bug], 2, [[3]]]);
  });
});

describe('flush', () => {
  it('resolves at once when nothing waits', async () => {
    await rig().buffer.flush();
  });

  it('waits for a database that is away', async () => {
    const made = rig();
    made.answer = failing('unavailable');
    made.buffer.add(1);
    let isFlushed = false;
    const flushed = made.buffer.flush().then(() => {
      isFlushed = true;
    });
    await vi.advanceTimersByTimeAsync(3 * LIMITS.retryAfterMs);
    expect(isFlushed).toBe(false);
    made.answer = OK;
    await vi.advanceTimersByTimeAsync(LIMITS.retryAfterMs);
    await flushed;
  });

  it('does not wait for what was added after', async () => {
    const made = rig({ ...LIMITS, batchMax: 1 });
    made.buffer.add(1);
    const flushed = made.buffer.flush();
    made.answer = () => new Promise(() => undefined);
    made.buffer.add(2);
    await flushed;
    expect(made.written).toEqual([[1]]);
  });
});

describe('close', () => {
  it('writes what waits and leaves no timer', async () => {
    const made = rig();
    for (const record of [1, 2, 3]) made.buffer.add(record);
    await made.buffer.close();
    expect([made.written.flat(), vi.getTimerCount()]).toEqual([[1, 2, 3], 0]);
  });

  it('loses what waits when the database is away, after one try, and lets flushes end', async () => {
    const made = rig();
    made.answer = failing('unavailable');
    for (const record of [1, 2, 3]) made.buffer.add(record);
    const flushed = made.buffer.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(made.written).toHaveLength(1);
    await made.buffer.close();
    await flushed;
    expect([made.written.length, made.buffer.lost, vi.getTimerCount()]).toEqual([2, 3, 0]);
  });

  it('loses what is added after, and may be called again', async () => {
    const made = rig();
    await made.buffer.close();
    made.buffer.add(1);
    await made.buffer.close();
    expect([made.written, made.buffer.lost]).toEqual([[], 1]);
  });
});

it('has limits that hold a batch', () => {
  expect(TRACK_BUFFER_LIMITS.batchMax).toBeLessThanOrEqual(TRACK_BUFFER_LIMITS.recordsMax);
});
