import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { startAdmin, type AdminParts, type ReloadAnswer, type RunningAdmin } from '../admin/admin-server.ts';
import { startProxy, type RunningProxy } from '../proxy/server.ts';
import { allObservers } from '../proxy/observer.ts';
import type { Config } from './config-schema.ts';
import { readTlsFiles, type TlsTexts } from './config-tls.ts';
import { exchangeLog } from './exchange-log.ts';
import { startInspection, type Inspection } from './inspection.ts';
import type { StartResult } from './lifecycle.ts';
import { Metrics } from './metrics.ts';
import { proxySettings } from './proxy-settings.ts';
import type { ReloadResult, ReloadTrigger } from './rule-reload.ts';
import { listenError, type StartError } from './start-error.ts';

/** The product, running. */
export interface Mmsguard {
  readonly address: AddressInfo;
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
export async function startMmsguard(config: Config, log: Logger): Promise<StartResult<Mmsguard>> {
  const files = await readTlsFiles(config);
  if (!files.ok) return files;
  const metrics = new Metrics();
  const inspecting = await startInspection(config, { log, metrics });
  if (!inspecting.ok) return inspecting;
  const { service: inspection } = inspecting;
  const listeners = await startListeners(config, files.tls, { log, metrics, inspection });
  if (!listeners.ok) {
    await inspection.close();
    return listeners;
  }
  const { proxy, admin } = listeners.service;
  return {
    ok: true,
    service: {
      address: proxy.address,
      adminAddress: admin?.address,
      reloadRules: (trigger) => inspection.reloader.reload(trigger),
      close: async () => {
        await listeners.service.close();
        await inspection.close();
      },
    },
  };
}

interface Parts {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly inspection: Inspection;
}

interface Listeners {
  readonly proxy: RunningProxy;
  readonly admin: RunningAdmin | undefined;
  /** The proxy first: until it has drained, its state can be asked for. */
  close(): Promise<void>;
}

async function startListeners(config: Config, tls: TlsTexts, parts: Parts): Promise<StartResult<Listeners>> {
  const { log, metrics, inspection } = parts;
  const observer = allObservers([exchangeLog(log), metrics]);
  const { host, port } = config.admin;
  const admin = await listening('admin', { host, port: port ?? 0 }, () =>
    port === null ? Promise.resolve(undefined) : startAdmin(adminParts(parts), { host, port }),
  );
  if (!admin.ok) return admin;
  const proxy = await listening('listen', config.listen, () =>
    startProxy(proxySettings(config, tls), { observer, scanner: inspection.pool }),
  );
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

function adminParts({ log, metrics, inspection: { pool, reloader } }: Parts): AdminParts {
  return {
    readiness: () => {
      const { ready, threads, behind } = pool.state.threads;
      const detail = `${ready} of ${threads} scan threads have rules, ${behind} of them those before`;
      return [{ name: 'rules', isReady: ready > 0, detail }];
    },
    metrics: async () => ({
      contentType: metrics.registry.contentType,
      text: await metrics.registry.metrics(),
    }),
    rules: () => {
      const { digest, rules, skipped } = reloader.ruleSet;
      return { digest, rules, skipped };
    },
    reloadRules: async () => answerOf(await reloader.reload('admin')),
    onError: (error) => {
      log.error({ err: error }, 'unexpected error');
    },
  };
}

function answerOf(result: ReloadResult): ReloadAnswer {
  if (result.kind === 'refused') return result;
  const { digest, rules } = result.ruleSet;
  return { kind: result.kind, digest, rules: rules.length };
}
