import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ScanThread } from '../../src/scanning/scan-thread.ts';
import { ruleSetCalled, SCRIPTED, scanSettings } from '../support/scan-rig.ts';
import { scanContext } from '../support/scan-subject.ts';

function startThread(ruleSetDigest = 'one', deadlineMs = 20_000): ScanThread {
  const { image } = ruleSetCalled(ruleSetDigest);
  const thread = new ScanThread(
    { image, ruleSetDigest, settings: scanSettings() },
    { entry: SCRIPTED, deadlineMs, heapMib: 64 },
  );
  onTestFinished(() => thread.close());
  return thread;
}

const scan = (thread: ScanThread, text: string) => thread.scan(Buffer.from(text), scanContext());

describe('ScanThread', () => {
  it('says when it can scan, and scans one body after the other', async () => {
    const thread = startThread();
    expect(await thread.started).toBeUndefined();
    expect(await scan(thread, 'a')).toMatchObject({ kind: 'scanned', outcome: { kind: 'inspected' } });
    expect(await scan(thread, 'b')).toMatchObject({ kind: 'scanned' });
    expect([thread.isGone, thread.isWorn]).toEqual([false, false]);
  });

  it('says why it cannot', async () => {
    const thread = startThread('broken');
    expect(await thread.started).toBe('these rules do not open');
    expect(thread.isGone).toBe(true);
  });

  it('leaves the body alone, however its scan ends', async () => {
    const thread = startThread('one', 200);
    await thread.started;
    const body = Buffer.from('loop');
    expect(await thread.scan(body, scanContext())).toEqual({ kind: 'timeout' });
    expect([body.toString(), thread.isGone]).toEqual(['loop', true]);
  });

  it('tells what a scan ended with that ended the thread, and ends any later one', async () => {
    const thread = startThread();
    await thread.started;
    expect(await scan(thread, 'crash')).toEqual({ kind: 'crashed', detail: 'a bug' });
    expect(await scan(thread, 'next')).toMatchObject({ kind: 'crashed' });
  });

  it('tells of an end between two scans', async () => {
    const thread = startThread();
    await thread.started;
    const { promise, resolve } = Promise.withResolvers<string>();
    thread.onLost = resolve;
    await scan(thread, 'exit-later');
    expect(await promise).toMatch(/code 4/);
  });

  it('tells nothing of an end that was wanted', async () => {
    const thread = startThread();
    await thread.started;
    const onLost = vi.fn();
    thread.onLost = onLost;
    await thread.close();
    await thread.close();
    expect(onLost).not.toHaveBeenCalled();
  });

  it('is worn when it says so', async () => {
    const thread = startThread();
    await thread.started;
    await scan(thread, 'wear');
    expect(thread.isWorn).toBe(true);
  });
});
