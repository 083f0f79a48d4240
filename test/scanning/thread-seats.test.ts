import { describe, expect, it, onTestFinished } from 'vitest';
import { ThreadSeats, type SeatOptions, type ThreadEvent } from '../../src/scanning/thread-seats.ts';
import { ruleSetCalled, SCRIPTED, scanSettings } from '../support/scan-rig.ts';
import { scanContext } from '../support/scan-subject.ts';

function newSeats(threads: number, changes: Partial<SeatOptions> = {}) {
  const events: ThreadEvent[] = [];
  const seats = new ThreadSeats(ruleSetCalled('one'), {
    threads,
    thread: { entry: SCRIPTED, deadlineMs: 20_000, heapMib: 64 },
    scan: scanSettings(),
    onEvent: (event) => events.push(event),
    onFree: () => undefined,
    ...changes,
  });
  onTestFinished(() => seats.close());
  const scan = (text: string) => seats.scan(Buffer.from(text), scanContext());
  return { seats, events, scan };
}

describe('ThreadSeats', () => {
  it('has no free seat before it is started, and all after', async () => {
    const { seats } = newSeats(2);
    expect([seats.hasFree, seats.counts.ready]).toEqual([false, 0]);
    expect(await seats.start()).toBe(true);
    expect(seats.counts).toEqual({ threads: 2, ready: 2, busy: 0, behind: 0 });
  });

  it('takes a seat for as long as its scan runs', async () => {
    const { seats, scan } = newSeats(1);
    await seats.start();
    const running = scan('spin 50');
    expect([seats.hasFree, seats.counts.busy]).toEqual([false, 1]);
    await expect(scan('too early')).rejects.toThrow('no seat is free');
    expect(await running).toMatchObject({ kind: 'scanned', ruleSetDigest: 'one' });
    expect([seats.hasFree, seats.counts.busy]).toEqual([true, 0]);
  });

  it('says when a seat is free again, also by a new thread', async () => {
    let freed = 0;
    const onFree = (): void => {
      freed += 1;
    };
    const { seats, scan } = newSeats(1, { onFree });
    await seats.start();
    await scan('crash');
    await expect.poll(() => seats.hasFree).toBe(true);
    expect(freed).toBeGreaterThan(0);
  });

  it('tries again when a thread does not start', async () => {
    const { seats, events, scan } = newSeats(1);
    await seats.start();
    expect(await seats.useRules(ruleSetCalled('broken'))).toBe(false);
    expect(events).toEqual([{ kind: 'start-failed', detail: 'these rules do not open' }]);
    expect(await scan('still there')).toMatchObject({ kind: 'scanned', ruleSetDigest: 'one' });
  });

  it('gives a seat that is being taken again the rules of now, not those of when that began', async () => {
    const { seats, scan } = newSeats(2);
    await seats.start();
    await Promise.all([scan('wear'), scan('wear')]);
    expect(await seats.useRules(ruleSetCalled('two'))).toBe(true);
    await expect.poll(() => seats.counts).toEqual({ threads: 2, ready: 2, busy: 0, behind: 0 });
    const answers = await Promise.all([scan('a'), scan('b')]);
    expect(answers.map(({ ruleSetDigest }) => ruleSetDigest)).toEqual(['two', 'two']);
  });

  it('lets a scan end under the rules that it began with', async () => {
    const { seats, scan } = newSeats(1);
    await seats.start();
    const running = scan('spin 200');
    expect(await seats.useRules(ruleSetCalled('two'))).toBe(true);
    expect(seats.hasFree).toBe(true);
    expect(await scan('next')).toMatchObject({ ruleSetDigest: 'two' });
    expect(await running).toMatchObject({ kind: 'scanned', ruleSetDigest: 'one' });
    expect(seats.counts).toEqual({ threads: 1, ready: 1, busy: 0, behind: 0 });
  });

  it('ends what runs when it is closed, also what is being started', async () => {
    const { seats, scan } = newSeats(1);
    await seats.start();
    const running = scan('spin 10000');
    const swap = seats.useRules(ruleSetCalled('two'));
    await seats.close();
    expect(await running).toMatchObject({ kind: 'crashed' });
    await swap;
  });
});
