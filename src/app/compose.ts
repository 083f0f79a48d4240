import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { startAdmin, type AdminStart, type RunningAdmin } from '../admin/admin-server.ts';
import { startProxy, type RunningProxy } from '../proxy/server.ts';
import { allObservers } from '../proxy/observer.ts';
import { adminParts } from './admin-parts.ts';
import type { Environment } from './config-environment.ts';
import type { Config } from './config-schema.ts';
import { readTlsFiles } from './config-tls.ts';
import { exchangeLog } from './exchange-log.ts';
import { startInspection, type Inspection } from './inspection.ts';
import type { Service, StartResult } from './lifecycle.ts';
import { Metrics } from './metrics.ts';
import { policySettings } from './policy-settings.ts';
import { proxySettings } from './proxy-settings.ts';
import type { ReloadResult, ReloadTrigger } from './rule-reload.ts';
import { hasStorage, startStorage, type RunningStorage } from './running-storage.ts';
import { listenError, type StartError } from './start-error.ts';
import type { ProxySettings } from '../proxy/settings.ts';

/** The product, running. */
export interface Mmsguard {
  readonly address: AddressInfo;
  /** Of further listeners, in the order of the configuration. */
  readonly furtherAddresses: readonly AddressInfo[];
  /** Undefined when there is no admin listener. */
  readonly adminAddress: AddressInfo | undefined;
  /** Loads the rules again; what comes of it is in the log. Rejects only for bugs. */
  reloadRules(trigger: ReloadTrigger): Promise<ReloadResult>;
  close(): Promise<void>;
}

/**
 * Builds the product out of its parts and starts it: the only place that constructs adapters. When it resolves, every
 * scan thread has its rules, and the listeners listen. Rejects only for bugs.
 */
export async function startMmsguard(
  config: Config,
  log: Logger,
  environment: Environment = {},
): Promise<StartResult<Mmsguard>> {
  const files = await readTlsFiles(config);
  if (!files.ok) return files;
  const started = new StartedServices();
  const metrics = new Metrics();
  const inspecting = await startInspection(config, { log, metrics });
  if (!inspecting.ok) return inspecting;
  const inspection = started.add(inspecting.service);
  const settings = proxySettings(config, files.tls);
  const parts = { config, environment, settings, scanner: inspection.pool, log, metrics };
  const storing = hasStorage(config) ? await startStorage(parts) : undefined;
  if (storing?.ok === false) return started.failed(storing.errors);
  const storage = storing && started.add(storing.service);
  const listening = await startListeners(config, { log, metrics, inspection, storage, settings });
  if (!listening.ok) return started.failed(listening.errors);
  const { proxy, admin } = started.add(listening.service);
  return {
    ok: true,
    service: {
      address: proxy.address,
      furtherAddresses: proxy.furtherAddresses,
      adminAddress: admin?.address,
      reloadRules: (trigger) => inspection.reloader.reload(trigger),
      close: () => started.close(),
    },
  };
}

/** What has been started, which is closed in the opposite order. */
class StartedServices {
  readonly #services: Service[] = [];

  add<S extends Service>(service: S): S {
    this.#services.unshift(service);
    return service;
  }

  async failed(errors: readonly StartError[]): Promise<{ ok: false; errors: readonly StartError[] }> {
    await this.close();
    return { ok: false, errors };
  }

  async close(): Promise<void> {
    for (const service of this.#services) await service.close();
  }
}

interface Parts {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly inspection: Inspection;
  readonly storage: RunningStorage | undefined;
  readonly settings: ProxySettings;
}

interface Listeners {
  readonly proxy: RunningProxy;
  readonly admin: RunningAdmin | undefined;
  /** The proxy first: until it has drained, its state can be asked for. */
  close(): Promise<void>;
}

async function startListeners(config: Config, parts: Parts): Promise<StartResult<Listeners>> {
  const { log, metrics, inspection, storage, settings } = parts;
  const observer = allObservers([exchangeLog(log), metrics]);
  const admin = await startAdminSide(config, parts);
  if (!admin.ok) return admin;
  const dependencies = {
    observer,
    scanner: inspection.pool,
    ...(storage && { storage: storage.forProxy }),
  };
  const proxy = await listening('listen', config.listen, () => startProxy(settings, dependencies));
  if (!proxy.ok) {
    await admin.service?.close();
    return proxy;
  }
  const close = async (): Promise<void> => {
    await proxy.service.close();
    await admin.service?.close();
  };
  return { ok: true, service: { proxy: proxy.service, admin: admin.service, close } };
}

async function startAdminSide(config: Config, parts: Parts): Promise<Listening<RunningAdmin | undefined>> {
  const { host, port } = config.admin;
  if (port === null) return { ok: true, service: undefined };
  const sources = { ...parts, policy: policySettings(config.policy) };
  const started = await listening('admin', { host, port }, () =>
    startAdmin(adminParts(sources), { host, port }),
  );
  if (!started.ok) return started;
  return started.service.ok
    ? { ok: true, service: started.service.admin }
    : { ok: false, errors: [adminError(started.service)] };
}

function adminError(refused: Extract<AdminStart, { readonly ok: false }>): StartError {
  const path = 'admin.host';
  switch (refused.code) {
    case 'tokens-needed': {
      const message = 'is not loopback, and there is no token: make one with `mmsguard token create`';
      return { code: 'tokens-needed', path, message };
    }
    case 'tokens-unreadable':
      return { code: 'storage-unavailable', path, message: refused.detail };
  }
}

type Listening<T> =
  { readonly ok: true; readonly service: T } | { readonly ok: false; readonly errors: readonly StartError[] };

/** Starts a listener; what commonly keeps one from listening is told as an error of the configuration. */
async function listening<T>(
  group: 'listen' | 'admin',
  at: { readonly host: string; readonly port: number },
  start: () => Promise<T>,
): Promise<Listening<T>> {
  try {
    return { ok: true, service: await start() };
  } catch (error) {
    const expected = listenError(error, at, group);
    if (expected === undefined) throw error;
    return { ok: false, errors: [expected] };
  }
}
