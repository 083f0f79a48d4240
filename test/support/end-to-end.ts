/** The whole path for end-to-end tests: the lab's MMSC, and a proxy in front of it as the product composes it. */
import { onTestFinished } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import { proxySettings } from '../../src/app/proxy-settings.ts';
import { Mmsc, type MmscOptions } from '../../src/lab/mmsc.ts';
import type { ProxyStorage } from '../../src/proxy/exchange-context.ts';
import { startProxy } from '../../src/proxy/server.ts';
import { scanSettings } from '../../src/app/scan-settings.ts';
import { localScanner } from './local-scanner.ts';
import { RecordingObserver } from './recording-observer.ts';

/** A proxy on a free port, its MMSC, and what the proxy told. */
export interface Path {
  readonly mmsc: Mmsc;
  readonly port: number;
  readonly observer: RecordingObserver;
}

/**
 * Starts both ends with the product's default settings, or those of `config`, closed when the test has ended. The MMSC is called
 * `http://mmsc/`, as handsets call it; messages of the corpus name others, and may. Scans run on this thread, without rules.
 */
export async function startPath(
  options: MmscOptions = {},
  { config = '', storage }: { readonly config?: string; readonly storage?: ProxyStorage } = {},
): Promise<Path> {
  const mmsc = await Mmsc.start(options);
  onTestFinished(() => mmsc.close());
  const observer = new RecordingObserver();
  const result = readConfig(config, {
    MMSGUARD_LISTEN_PORT: '0',
    MMSGUARD_MMSC_URL: 'http://mmsc/',
    MMSGUARD_MMSC_CONNECT_TO: `127.0.0.1:${mmsc.port}`,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  const settings = proxySettings(result.config, {
    listen: {},
    furtherListeners: [],
    mmsc: {},
    allowedMmscs: [],
  });
  const proxy = await startProxy(settings, {
    observer,
    scanner: localScanner({ ...scanSettings(result.config), mmscHosts: undefined }),
    ...(storage && { storage }),
  });
  onTestFinished(() => proxy.close());
  return { mmsc, port: proxy.address.port, observer };
}
