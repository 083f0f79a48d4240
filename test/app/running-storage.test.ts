import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import { createLog } from '../../src/app/log.ts';
import { Metrics } from '../../src/app/metrics.ts';
import { proxySettings } from '../../src/app/proxy-settings.ts';
import { hasStorage, startStorage, type RunningStorage } from '../../src/app/running-storage.ts';
import { TestIo } from '../support/command-run.ts';
import { newRecord } from '../support/held-records.ts';
import { localScanner } from '../support/local-scanner.ts';
import { storageVariables } from '../support/storage-variables.ts';

async function start(): Promise<{ readonly storage: RunningStorage; readonly metrics: Metrics }> {
  const result = readConfig('', storageVariables());
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  const { config } = result;
  const metrics = new Metrics();
  const started = await startStorage({
    config,
    environment: {},
    settings: proxySettings(config, { listen: {}, furtherListeners: [], mmsc: {}, allowedMmscs: [] }),
    scanner: localScanner(),
    log: createLog({ level: 'silent', destination: 'stdout' }, new TestIo()),
    metrics,
  });
  if (!started.ok) throw new Error(JSON.stringify(started.errors));
  onTestFinished(() => started.service.close());
  return { storage: started.service, metrics };
}

describe('a storage that runs', () => {
  it('is ready until it is closed, and says why not', async () => {
    const { storage } = await start();
    expect(await storage.readiness()).toEqual({ name: 'storage', isReady: true, detail: 'open' });
    await storage.close();
    const check = await storage.readiness();
    expect(check).toMatchObject({ isReady: false, detail: expect.stringContaining('closed') as string });
  });

  it('shows what it holds', async () => {
    const { storage, metrics } = await start();
    await storage.forProxy.quarantine.hold(newRecord());
    const text = await metrics.registry.metrics();
    expect(text).toContain('mmsguard_quarantine_records{state="held"} 1');
    expect(text).toMatch(/^mmsguard_quarantine_bytes [1-9]/m);
    await storage.close();
    expect(await metrics.registry.metrics()).not.toContain('mmsguard_quarantine_records{');
  });

  it('is there only where the configuration says so', () => {
    const of = (sqliteFile: string | null, postgresUrl: string | null) => {
      const result = readConfig('', {});
      if (!result.ok) throw new Error('the defaults are wrong');
      return hasStorage({ storage: { ...result.config.storage, sqliteFile, postgresUrl } });
    };
    expect([of(null, null), of('a', null), of(null, 'postgres://h/d')]).toEqual([false, true, true]);
  });
});
