import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import { startInspection, type Inspection } from '../../src/app/inspection.ts';
import { createLog } from '../../src/app/log.ts';
import { Metrics } from '../../src/app/metrics.ts';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { TestIo } from '../support/command-run.ts';
import { messageWith } from '../support/messages-with.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';
import { scanContext } from '../support/scan-subject.ts';

const MESSAGE = messageWith([{ bytes: 'a first and a second word' }]);

const start = (folder: string, metrics: Metrics, io: TestIo) => {
  const loaded = readConfig(
    `
rules: { builtIn: false, directories: [{ path: '${folder}', namespace: ours }] }
scanning: { threads: 1 }
`,
    {},
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  const log = createLog({ level: 'trace', destination: 'stdout' }, io);
  return startInspection(loaded.config, { log, metrics });
};

async function startRig(rules: string) {
  const folder = ruleFolder({ 'a.yar': rules });
  const [metrics, io] = [new Metrics(), new TestIo()];
  const started = await start(folder, metrics, io);
  if (!started.ok) throw new Error(JSON.stringify(started.errors));
  onTestFinished(() => started.service.close());
  return { folder, metrics, io, inspection: started.service };
}

const rulesIn = (outcome: ScanOutcome): string[] =>
  outcome.kind === 'inspected' ? outcome.report.matches.map(({ rule }) => rule) : [];

const scan = async ({ pool }: Inspection): Promise<string[]> =>
  rulesIn(await pool.scan(MESSAGE, scanContext()));

describe('startInspection', () => {
  it('scans with the configured rules, and counts them', async () => {
    const { inspection, metrics, io } = await startRig(ruleFor('first', 'FIRST'));
    expect(await scan(inspection)).toEqual(['FIRST']);
    const digest = inspection.reloader.ruleSet.digest;
    const text = await metrics.registry.metrics();
    expect(text).toContain(`mmsguard_rule_set_info{digest="${digest}"`);
    expect(text).toContain('mmsguard_scan_threads_ready 1');
    expect(io.outText).toContain('"msg":"rules loaded"');
  });

  it('does not start with broken rules, and says where they are broken', async () => {
    const folder = ruleFolder({ 'a.yar': 'rule a { condition: missing }' });
    const started = await start(folder, new Metrics(), new TestIo());
    expect(started).toMatchObject({
      ok: false,
      errors: [{ code: 'rules-broken', message: expect.stringContaining('a.yar:1:21') as string }],
    });
  });

  it('takes up rules that are renamed over the old ones, and scans the same message anew', async () => {
    const { inspection, folder } = await startRig(ruleFor('first', 'FIRST'));
    expect(await scan(inspection)).toEqual(['FIRST']);
    await writeFile(join(folder, 'new'), ruleFor('second', 'SECOND'));
    await rename(join(folder, 'new'), join(folder, 'a.yar'));
    await expect.poll(() => scan(inspection), { timeout: 15_000, interval: 100 }).toEqual(['SECOND']);
  });

  it('keeps the rules in use when the new ones are broken, says so, and takes them up once they are mended', async () => {
    const { inspection, folder, metrics, io } = await startRig(ruleFor('first', 'FIRST'));
    await writeFile(join(folder, 'a.yar'), 'rule broken { condition: missing }');
    expect(await inspection.reloader.reload('admin')).toMatchObject({ kind: 'refused' });
    expect(await scan(inspection)).toEqual(['FIRST']);
    expect(await metrics.registry.metrics()).toContain('mmsguard_rule_reloads_total{result="refused"}');
    expect(io.outText).toContain('rules refused, the set before stays in use');
    await writeFile(join(folder, 'a.yar'), ruleFor('second', 'SECOND'));
    expect(await inspection.reloader.reload('admin')).toMatchObject({ kind: 'loaded' });
    expect(await scan(inspection)).toEqual(['SECOND']);
  });
});
