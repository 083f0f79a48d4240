/** The storage of a running product: the stores, the acts on what they hold, and what keeps them up. */
import type { Logger } from 'pino';
import type { ReadinessCheck } from '../admin/admin-parts.ts';
import type { ProxyStorage } from '../proxy/exchange-context.ts';
import { NodeForwarder } from '../proxy/node-forwarder.ts';
import { PushAnnouncer } from '../proxy/push-announcer.ts';
import { QuarantineActs } from '../proxy/quarantine-acts.ts';
import { releasedMessages } from '../proxy/released-messages.ts';
import { ReleasedTokens } from '../proxy/released-token.ts';
import type { ProxySettings } from '../proxy/settings.ts';
import type { BodyScanner } from '../scanning/scan-pool.ts';
import type { QuarantineStats } from '../storage/quarantine-store.ts';
import type { Environment } from './config-environment.ts';
import type { Config } from './config-schema.ts';
import { openHuntScanner } from './hunt-scanner.ts';
import type { StartResult } from './lifecycle.ts';
import type { Metrics } from './metrics.ts';
import { openStorage, type OpenStorage } from './open-storage.ts';
import { StorageUpkeep } from './storage-upkeep.ts';

const DAY_MS = 86_400_000;

/** What runs of a storage. */
export interface RunningStorage {
  readonly stores: OpenStorage;
  readonly acts: QuarantineActs;
  /** What exchanges need. */
  readonly forProxy: ProxyStorage;
  readonly readiness: () => Promise<ReadinessCheck>;
  /** Writes what is still to be written, and ends everything. */
  close(): Promise<void>;
}

/** What a storage is started with. */
export interface StorageSources {
  readonly config: Config;
  readonly environment: Environment;
  readonly settings: ProxySettings;
  readonly scanner: BodyScanner;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Whether anything is to be kept. */
export function hasStorage({ storage }: Pick<Config, 'storage'>): boolean {
  return storage.sqliteFile !== null || storage.postgresUrl !== null;
}

/** Opens the configured storage and starts what works on it. Rejects only for bugs. */
export async function startStorage(sources: StorageSources): Promise<StartResult<RunningStorage>> {
  const { config, environment, settings, scanner, log, metrics } = sources;
  const { trackDays } = config.storage;
  const opened = await openStorage(config, environment, log);
  if (!opened.ok) return opened;
  const stores = opened.storage;
  const { quarantine, track } = stores;
  await stores.tasks.markInterrupted(Date.now());
  const tokens = new ReleasedTokens(stores.keys.released);
  const forwarder = new NodeForwarder(settings);
  const acts = new QuarantineActs({
    settings,
    store: quarantine,
    audit: stores.audit,
    tasks: stores.tasks,
    scanner,
    forwarder,
    announcer: announcerOf(config, settings, tokens),
    openRules: (folder, signal) =>
      openHuntScanner(config, config.quarantine.huntFolder ?? undefined, folder, signal),
    twoPersonSeverities: new Set(config.quarantine.twoPersonSeverities),
    nowMs: Date.now,
    onError: (error) => {
      log.error({ err: error }, 'unexpected error');
    },
  });
  const upkeep = new StorageUpkeep({ quarantine, track, trackMs: trackDays * DAY_MS, log, nowMs: Date.now });
  metrics.watchStorage(() => statsOf(stores), track);
  const forProxy = {
    quarantine,
    track,
    released: releasedMessages({ store: quarantine, tokens, nowMs: Date.now }),
  };
  const close = async (): Promise<void> => {
    await acts.close();
    forwarder.close();
    await upkeep.close();
    await stores.close();
  };
  return { ok: true, service: { stores, acts, forProxy, readiness: () => readinessOf(stores), close } };
}

function announcerOf(
  { quarantine }: Config,
  settings: ProxySettings,
  tokens: ReleasedTokens,
): PushAnnouncer | undefined {
  const { pushGatewayUrl, pushGatewayAuthorization, pushGatewayTimeoutMs, publicUrl } = quarantine;
  if (pushGatewayUrl === null || publicUrl === null) return undefined;
  const gateway = {
    url: pushGatewayUrl,
    authorization: pushGatewayAuthorization ?? undefined,
    publicUrl: publicUrl.replace(/\/+$/, ''),
    timeoutMs: pushGatewayTimeoutMs,
  };
  return new PushAnnouncer({ gateway, settings, tokens, nowMs: Date.now });
}

async function statsOf({ quarantine }: OpenStorage): Promise<QuarantineStats | undefined> {
  const found = await quarantine.stats();
  return found.kind === 'found' ? found.value : undefined;
}

async function readinessOf({ quarantine }: OpenStorage): Promise<ReadinessCheck> {
  const found = await quarantine.stats();
  const detail = found.kind === 'failed' ? `${found.code}: ${found.detail}` : 'open';
  return { name: 'storage', isReady: found.kind === 'found', detail };
}
