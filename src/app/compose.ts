import type { Logger } from 'pino';
import { startProxy, type RunningProxy } from '../proxy/server.ts';
import type { Config } from './config-schema.ts';
import { readTlsFiles } from './config-tls.ts';
import { exchangeLog } from './exchange-log.ts';
import type { StartResult } from './lifecycle.ts';
import { proxySettings } from './proxy-settings.ts';
import { listenError } from './start-error.ts';

/**
 * Builds the product out of its parts and starts it: the only place that constructs adapters. Rejects only for bugs.
 */
export async function startMmsguard(config: Config, log: Logger): Promise<StartResult<RunningProxy>> {
  const files = await readTlsFiles(config);
  if (!files.ok) return files;
  try {
    const proxy = await startProxy(proxySettings(config, files.tls), { observer: exchangeLog(log) });
    return { ok: true, service: proxy };
  } catch (error) {
    const expected = listenError(error, config.listen);
    if (expected === undefined) throw error;
    return { ok: false, errors: [expected] };
  }
}
