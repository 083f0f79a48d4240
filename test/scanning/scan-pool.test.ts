import { describe, expect, it, onTestFinished } from 'vitest';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { startScanPool, type ScanPool } from '../../src/scanning/scan-pool.ts';
import type { PoolSettings } from '../../src/scanning/scan-settings.ts';
import type { ThreadEvent } from '../../src/scanning/thread-seats.ts';
import { poolSettings, ruleSetCalled, SCRIPTED, scanSettings } from '../support/scan-rig.ts';
import { scanContext } from '../support/scan-subject.ts';

const CONTEXT = scanContext();
const body = (text: string): Buffer => Buffer.from(text);

interface Rig {
  readonly pool: ScanPool;
  readonly events: ThreadEvent[];
  readonly scan: (text: string, signal?: AbortSignal) => Promise<ScanOutcome>;
}

async function startRig(changes: Partial<PoolSettings> = {}): Promise<Rig> {
  const events: ThreadEvent[] = [];
  const pool = await startScanPool(ruleSetCalled('one'), {
    pool: poolSettings(changes),
    scan: scanSettings(),
    entry: SCRIPTED,
    onThreadEvent: (event) => events.push(event),
  });
  if (pool === undefined) throw new Error('the pool did not start');
  onTestFinished(() => pool.close());
  return { pool, events, scan: (text, signal) => pool.scan(body(text), CONTEXT, signal) };
}

const digestOf = (outcome: ScanOutcome): string | undefined =>
  outcome.kind === 'inspected' ? outcome.report.ruleSetDigest : undefined;

const gapOf = (reason: string): object => ({ kind: 'not-inspected', gaps: [{ reason }] });

describe('a scan', () => {
  it('has an outcome, and leaves the body to its owner', async () => {
    const { pool } = await startRig();
    const bytes = body('an ordinary body');
    expect(await pool.scan(bytes, CONTEXT)).toMatchObject({
      kind: 'inspected',
      report: { parts: [{ octets: 16 }] },
    });
    expect(bytes.toString()).toBe('an ordinary body');
  });

  it('takes bodies of every size, small after large', async () => {
    const { pool } = await startRig();
    for (const bytes of [0, 1, 65_536, 65_537, 1_000_000, 5]) {
      const outcome = await pool.scan(new Uint8Array(bytes), CONTEXT);
      expect(outcome).toMatchObject({ report: { parts: [{ octets: bytes }] } });
    }
  });

  it.each([
    ['loop', 'timeout'],
    ['crash', 'crashed'],
    ['exit', 'crashed'],
    ['memory', 'crashed'],
  ])('that ends by force is not inspected, and the next is scanned: %s', async (act, reason) => {
    const { scan, events } = await startRig({ deadlineMs: act === 'loop' ? 300 : 20_000 });
    expect(await scan(act)).toMatchObject(gapOf(reason));
    expect(await scan('next')).toMatchObject({ kind: 'inspected' });
    expect(events).toMatchObject([{ kind: 'replaced', cause: reason }]);
  });

  it('is lost to nobody when its thread ends between two scans', async () => {
    const { scan, events } = await startRig();
    await scan('exit-later');
    await expect.poll(() => events).toMatchObject([{ kind: 'replaced', cause: 'crashed' }]);
    expect(await scan('next')).toMatchObject({ kind: 'inspected' });
  });

  it('is not tried again once its content has ended as many threads as it may', async () => {
    const { scan, events } = await startRig({ poisonScansMax: 2 });
    expect(await scan('crash')).toMatchObject({ ...gapOf('crashed'), isPoison: false });
    expect(await scan('crash')).toMatchObject({ ...gapOf('crashed'), isPoison: true });
    expect(await scan('crash')).toMatchObject({ ...gapOf('crashed'), isPoison: true });
    expect(events).toHaveLength(2);
    expect(await scan('another')).toMatchObject({ kind: 'inspected' });
  });

  it('is done once for the same content in flight, and not again while its verdict is kept', async () => {
    const { pool, scan } = await startRig({ threads: 2 });
    const both = [scan('spin 50'), scan('spin 50')];
    expect(pool.state).toMatchObject({ threads: { busy: 1 }, queued: 0 });
    const [one, other] = await Promise.all(both);
    expect(one).toBe(other);
    expect(await scan('spin 50')).toBe(one);
    expect(pool.state.verdicts).toBe(1);
  });

  it('is done again in another context, or when no verdict is kept', async () => {
    const { pool, scan } = await startRig({ verdictsMax: 0 });
    expect(await scan('a')).not.toBe(await scan('a'));
    const cached = await startRig();
    const inbound = cached.pool.scan(body('a'), scanContext({ direction: 'inbound' }));
    expect(await cached.scan('a')).not.toBe(await inbound);
    expect([pool.state.verdicts, cached.pool.state.verdicts]).toEqual([0, 2]);
  });
});

describe('the queue', () => {
  it('is refused when as many wait as may', async () => {
    const { scan } = await startRig({ queueMax: 1 });
    const running = [scan('spin 100 a'), scan('spin 1 b')];
    expect(await scan('c')).toMatchObject(gapOf('queue-full'));
    expect(await Promise.all(running)).toMatchObject([{ kind: 'inspected' }, { kind: 'inspected' }]);
  });

  it('keeps nobody for too long', async () => {
    const { scan } = await startRig({ queueWaitMs: 100 });
    const running = scan('spin 400 a');
    expect(await scan('b')).toMatchObject(gapOf('queue-full'));
    expect(await running).toMatchObject({ kind: 'inspected' });
  });

  it('is left by who goes away, and what nobody wants is not scanned', async () => {
    const { pool, scan } = await startRig();
    const gone = new AbortController();
    const running = scan('spin 100 a');
    const waiting = scan('b', gone.signal);
    gone.abort();
    expect(await waiting).toEqual({ kind: 'cancelled' });
    await running;
    expect(pool.state).toMatchObject({ verdicts: 1, queued: 0, queuedBytes: 0 });
  });

  it('is emptied at the close, and takes nothing after it', async () => {
    const { pool, scan } = await startRig();
    const [running, waiting] = [scan('spin 10000 a'), scan('b')];
    await pool.close();
    expect(await running).toMatchObject(gapOf('crashed'));
    expect(await waiting).toMatchObject(gapOf('queue-full'));
    expect(await scan('c')).toMatchObject(gapOf('queue-full'));
  });
});

describe('the threads', () => {
  it('are not there when one cannot open its rules', async () => {
    const options = { pool: poolSettings({ threads: 2 }), scan: scanSettings(), entry: SCRIPTED };
    expect(await startScanPool(ruleSetCalled('broken'), options)).toBeUndefined();
  });

  it('are replaced when they are worn', async () => {
    const { pool, scan, events } = await startRig();
    expect(await scan('wear')).toMatchObject({ kind: 'inspected' });
    await expect.poll(() => events).toMatchObject([{ kind: 'replaced', cause: 'worn' }]);
    expect(await scan('next')).toMatchObject({ kind: 'inspected' });
    expect(pool.state.threads.ready).toBe(1);
  });

  it('are replaced once for being worn, however many scans end before the successor sits', async () => {
    const { scan, events } = await startRig();
    await scan('wear');
    for (let count = 0; count < 20; count += 1) await scan(`next ${count}`);
    expect(events).toMatchObject([{ kind: 'replaced', cause: 'worn' }]);
  });

  it('get another rule set while messages flow, and every verdict is of one of the two', async () => {
    const { pool, scan } = await startRig({ threads: 2, verdictsMax: 0 });
    const digests: (string | undefined)[] = [];
    const done = new AbortController();
    const flow = (async () => {
      for (let count = 0; !done.signal.aborted; count += 1)
        digests.push(digestOf(await scan(`spin 1 ${count}`)));
    })();
    const running = scan('spin 300 x');
    expect(await pool.useRules(ruleSetCalled('two'))).toBe(true);
    done.abort();
    await flow;
    expect(digestOf(await running)).toBe('one');
    expect(new Set(digests)).toEqual(new Set(['one', 'two']));
    expect(digestOf(await scan('after'))).toBe('two');
    expect(pool.state).toMatchObject({ ruleSetDigest: 'two', threads: { ready: 2, behind: 0 } });
  });

  it('keep their rule set when another does not open', async () => {
    const { pool, scan } = await startRig();
    expect(await pool.useRules(ruleSetCalled('broken'))).toBe(false);
    expect(digestOf(await scan('a'))).toBe('one');
    expect(pool.state.ruleSetDigest).toBe('one');
  });

  it('get the last of several rule sets that are given at once', async () => {
    const { pool, scan } = await startRig();
    const names = ['two', 'three', 'broken', 'four'];
    const given = names.map((name) => pool.useRules(ruleSetCalled(name)));
    expect(await Promise.all(given)).toEqual([true, true, false, true]);
    expect(digestOf(await scan('a'))).toBe('four');
  });

  it('try poison again with another rule set', async () => {
    const { pool, scan } = await startRig({ poisonScansMax: 1 });
    expect(await scan('crash')).toMatchObject({ isPoison: true });
    await pool.useRules(ruleSetCalled('two'));
    expect(await scan('spin 1 crash')).toMatchObject({ kind: 'inspected' });
    expect(await scan('crash')).toMatchObject({
      gaps: [{ reason: 'crashed', code: 'crashed' }],
      isPoison: true,
    });
    await expect.poll(() => pool.state.threads.ready).toBe(1);
  });

  it('forget no verdict of the rule set before, and use none', async () => {
    const { pool, scan } = await startRig();
    const before = await scan('a');
    await pool.useRules(ruleSetCalled('two'));
    expect(digestOf(await scan('a'))).toBe('two');
    await pool.useRules(ruleSetCalled('one'));
    expect(await scan('a')).toBe(before);
  });
});
