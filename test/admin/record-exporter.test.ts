import { describe, expect, it } from 'vitest';
import { EXPORT_LIMITS, RecordExporter, type ExportLimits } from '../../src/admin/record-exporter.ts';
import { heldRecord } from '../support/memory-quarantine.ts';

const threadOf = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const WAITING = threadOf('setInterval(() => {}, 1000)');
const LOOPING = threadOf('for (;;);');

function exporterWith(worker: URL | undefined, limits: Partial<ExportLimits> = {}): RecordExporter {
  return new RecordExporter({ ...EXPORT_LIMITS, ...limits }, worker);
}

describe('an export in a thread', () => {
  it('gives an archive', async () => {
    const result = await exporterWith(undefined).export(await heldRecord());
    expect(result.ok && Buffer.from(result.bytes).subarray(0, 2).toString()).toBe('PK');
  });

  it.each([
    ['fails', threadOf('throw new Error("a bug")')],
    ['ends', threadOf('process.exit(0)')],
    ['is not there', new URL('file:///nowhere/thread.ts')],
  ])('that %s is told', async (_, worker) => {
    expect(await exporterWith(worker).export(await heldRecord())).toEqual({ ok: false, reason: 'crashed' });
  });

  it('that needs too much memory is ended', async () => {
    const hungry = threadOf('const all = []; for (;;) all.push(new Array(1e6).fill(all.length))');
    const exporter = exporterWith(hungry, { heapMib: 16 });
    expect(await exporter.export(await heldRecord())).toEqual({ ok: false, reason: 'crashed' });
  });

  it('that takes too long is ended, even when it never listens', async () => {
    const exporter = exporterWith(LOOPING, { deadlineMs: 100 });
    expect(await exporter.export(await heldRecord())).toEqual({ ok: false, reason: 'timeout' });
  });

  it('is refused beside as many as may be, and not after one of them', async () => {
    const exporter = exporterWith(WAITING, { atOnceMax: 1, deadlineMs: 200 });
    const record = await heldRecord();
    const first = exporter.export(record);
    expect(await exporter.export(record)).toEqual({ ok: false, reason: 'busy' });
    expect(await first).toEqual({ ok: false, reason: 'timeout' });
    expect(await exporter.export(record)).toEqual({ ok: false, reason: 'timeout' });
  });

  it('ends when its owner closes', async () => {
    const exporter = exporterWith(WAITING);
    const running = exporter.export(await heldRecord());
    await exporter.close();
    expect(await running).toEqual({ ok: false, reason: 'closed' });
    expect(await exporter.export(await heldRecord())).toEqual({ ok: false, reason: 'closed' });
  });
});
