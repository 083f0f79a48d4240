/** What the demo shows: an MMSC, the proxy as the product composes it, and two handsets, on loopback and free ports. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Handset, type HandsetOptions } from '../lab/handset.ts';
import { Inbox } from '../lab/inbox.ts';
import { Mmsc } from '../lab/mmsc.ts';
import type { ExchangeObserver, ExchangeRecord } from '../proxy/observer.ts';
import { startProxy } from '../proxy/server.ts';
import { readConfig } from './config-load.ts';
import type { Config } from './config-schema.ts';
import { startInspection, type Inspection } from './inspection.ts';
import { Metrics } from './metrics.ts';
import { KEYS_VARIABLE } from './config-environment.ts';
import { proxySettings } from './proxy-settings.ts';
import { startStorage, type RunningStorage } from './running-storage.ts';
import { newKeysText } from './storage-keys.ts';

/** The MMSC as handsets call it; only the proxy knows where it really is. */
export const DEMO_MMSC_URL = 'http://mmsc/';

/** The subscribers. */
export const ALICE = '+12025550111';
export const BOB = '+12025550122';

/** Everything that runs, and what the proxy tells of it. */
export interface DemoPath {
  readonly mmsc: Mmsc;
  readonly proxyUrl: string;
  /** Defers her messages, and fetches them when she likes. */
  readonly alice: Handset;
  /** Fetches his messages at once. */
  readonly bob: Handset;
  /** What was stopped and is kept. */
  readonly storage: RunningStorage;
  /** Every exchange through the proxy, in the order of their ends. */
  readonly exchanges: Inbox<ExchangeRecord>;
  /** Bugs that the proxy met. */
  readonly bugs: readonly unknown[];
  close(): Promise<void>;
}

/** Starts everything. Handsets play the gateway as well: they name their subscriber in X-MSISDN. */
export async function startDemoPath(): Promise<DemoPath> {
  const exchanges = new Inbox<ExchangeRecord>();
  const bugs: unknown[] = [];
  const mmsc = await Mmsc.start({ publicBase: DEMO_MMSC_URL });
  const folder = await mkdtemp(join(tmpdir(), 'mmsguard-demo-'));
  const config = demoConfig(mmsc.port, join(folder, 'demo.sqlite'));
  const settings = proxySettings(config, { listen: {}, furtherListeners: [], mmsc: {}, allowedMmscs: [] });
  const metrics = new Metrics();
  const inspection = await startDemoInspection(config, metrics);
  const scanner = inspection.pool;
  const storage = await startDemoStorage({ config, settings, scanner, metrics });
  const observer = observerInto(exchanges, bugs);
  const proxy = await startProxy(settings, { observer, scanner, storage: storage.forProxy });
  const proxyUrl = `http://127.0.0.1:${proxy.address.port}`;
  const switchOn = async (number: string, retrieval: HandsetOptions['retrieval']): Promise<Handset> => {
    const headers = { 'X-MSISDN': number };
    const handset = await Handset.start({ mmscUrl: DEMO_MMSC_URL, proxy: proxyUrl, headers, retrieval });
    mmsc.subscribe(number, handset.pushUrl);
    return handset;
  };
  const [alice, bob] = [await switchOn(ALICE, 'deferred'), await switchOn(BOB, 'immediate')];
  return {
    mmsc,
    proxyUrl,
    storage,
    alice,
    bob,
    exchanges,
    bugs,
    close: async () => {
      await Promise.all([alice.close(), bob.close()]);
      await proxy.close();
      await storage.close();
      await inspection.close();
      await mmsc.close();
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * The default settings, but for the addresses (the handsets' is that of the gateway), a storage that lives as long as the
 * demo, and a policy that shows what one can say.
 */
function demoConfig(mmscPort: number, sqliteFile: string): Config {
  const result = readConfig(
    `
listen: { port: 0 }
mmsc: { url: '${DEMO_MMSC_URL}', connectTo: '127.0.0.1:${mmscPort}' }
headers: { trustedGateways: [127.0.0.1/32] }
rules: { watch: false }
scanning: { threads: 1 }
storage: { sqliteFile: '${sqliteFile}' }
policy:
  entries:
    - name: shortened links wait for an analyst
      when: { findings: [url-shortener], directions: [outbound] }
      action: quarantine
    - name: web pages are taken out
      when: { mediaFamilies: [html] }
      action: strip
`,
    {},
  );
  if (!result.ok) throw new Error(`the configuration of the demo: ${JSON.stringify(result.errors)}`);
  return result.config;
}

/** The rules and threads of the product; what they log is not what the demo shows. */
async function startDemoInspection(config: Config, metrics: Metrics): Promise<Inspection> {
  const started = await startInspection(config, { log: SILENT, metrics });
  if (!started.ok) throw new Error(`the rules of the demo: ${JSON.stringify(started.errors)}`);
  return started.service;
}

const SILENT = pino({ level: 'silent' });

/** With keys that nobody keeps. */
async function startDemoStorage(
  parts: Omit<Parameters<typeof startStorage>[0], 'environment' | 'log'>,
): Promise<RunningStorage> {
  const environment = { [KEYS_VARIABLE]: newKeysText('demo') };
  const started = await startStorage({ ...parts, environment, log: SILENT });
  if (!started.ok) throw new Error(`the storage of the demo: ${JSON.stringify(started.errors)}`);
  return started.service;
}

function observerInto(exchanges: Inbox<ExchangeRecord>, bugs: unknown[]): ExchangeObserver {
  return {
    exchangeDone: (record) => {
      exchanges.add(record);
    },
    connectionRefused: () => undefined,
    unexpectedError: (error) => {
      bugs.push(error);
    },
  };
}
