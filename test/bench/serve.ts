/**
 * One proxy of the benchmarks, as a process of its own: `serve.ts MODE PORT MMSC_PORT [CONFIGURATION]`, the last as text.
 * `node` and `http-proxy-3` inspect nothing and name the forwarder; `inspect` is the product without its log.
 */
import { pino } from 'pino';
import { readConfig } from '../../src/app/config-load.ts';
import type { Config } from '../../src/app/config-schema.ts';
import { startInspection } from '../../src/app/inspection.ts';
import { Metrics } from '../../src/app/metrics.ts';
import { proxySettings } from '../../src/app/proxy-settings.ts';
import { allObservers, type ExchangeObserver } from '../../src/proxy/observer.ts';
import { startProxy, type ProxyDependencies } from '../../src/proxy/server.ts';
import type { BodyScanner } from '../../src/scanning/scan-pool.ts';
import { HttpProxy3Forwarder } from './http-proxy-3-forwarder.ts';

const NO_INSPECTION: BodyScanner = { scan: () => Promise.resolve({ kind: 'not-a-pdu' }) };

/** Errors are printed, because they would spoil the figures; the rest is not what is measured. */
const errors: ExchangeObserver = {
  exchangeDone: ({ outcome }) => {
    if (outcome.kind === 'failed' && outcome.code !== 'handset-gone') console.error(outcome);
  },
  connectionRefused: (code) => {
    console.error(code);
  },
  unexpectedError: (error) => {
    console.error(error);
  },
};

interface Parts {
  readonly dependencies: ProxyDependencies;
  readonly close: () => Promise<void>;
}

const closeNothing = (): Promise<void> => Promise.resolve();

const MODES: Readonly<Record<string, (config: Config) => Promise<Parts>>> = {
  node: () =>
    Promise.resolve({ dependencies: { observer: errors, scanner: NO_INSPECTION }, close: closeNothing }),
  'http-proxy-3': () => {
    const forwarder = new HttpProxy3Forwarder();
    return Promise.resolve({
      dependencies: { observer: errors, scanner: NO_INSPECTION, forwarder },
      close: closeNothing,
    });
  },
  inspect: async (config) => {
    const metrics = new Metrics();
    const started = await startInspection(config, { log: pino({ level: 'warn' }, process.stderr), metrics });
    if (!started.ok) throw new Error(JSON.stringify(started.errors));
    const { service: inspection } = started;
    const dependencies = { observer: allObservers([errors, metrics]), scanner: inspection.pool };
    return { dependencies, close: () => inspection.close() };
  },
};

const [mode = '', port = '', mmscPort = '', configuration = ''] = process.argv.slice(2);
const result = readConfig(configuration, {
  MMSGUARD_LISTEN_PORT: port,
  MMSGUARD_MMSC_URL: `http://127.0.0.1:${mmscPort}/`,
});
if (!result.ok) throw new Error(JSON.stringify(result.errors));
const start = MODES[mode];
if (start === undefined) throw new Error(`no mode is called ${mode}`);
const { dependencies, close } = await start(result.config);
const proxy = await startProxy(
  proxySettings(result.config, { listen: {}, furtherListeners: [], mmsc: {}, allowedMmscs: [] }),
  dependencies,
);
process.once('SIGTERM', () => {
  void proxy.close().then(close);
});
