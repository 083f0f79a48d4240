/** Everything that inspects: the rules, the threads that run them, and what loads rules again. */
import type { Logger } from 'pino';
import { startScanPool, type ScanPool } from '../scanning/scan-pool.ts';
import type { RuleProblem } from '../scanning/rule-set.ts';
import type { ThreadEvent } from '../scanning/thread-seats.ts';
import type { Config } from './config-schema.ts';
import type { StartResult } from './lifecycle.ts';
import type { Metrics } from './metrics.ts';
import { COMPILE_MS_MAX, loadRules, ruleDirectories } from './rule-loading.ts';
import { formatRuleProblem, logReload, logRules, logThread } from './rule-log.ts';
import { RuleReloader } from './rule-reload.ts';
import { watchRules } from './rule-watch.ts';
import { poolSettings, scanSettings } from './scan-settings.ts';
import type { StartError } from './start-error.ts';

/** Scan threads with their rules, and how to give them other ones. */
export interface Inspection {
  readonly pool: ScanPool;
  readonly reloader: RuleReloader;
  /** Ends everything. */
  close(): Promise<void>;
}

/** Where an inspection tells what happens. */
export interface InspectionObservers {
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Loads the rules and starts the threads; resolves when every thread has its rules. Rejects only for bugs. */
export async function startInspection(
  config: Config,
  { log, metrics }: InspectionObservers,
): Promise<StartResult<Inspection>> {
  const directories = ruleDirectories(config.rules);
  const loading = await loadRules(directories);
  if (!loading.ok) return { ok: false, errors: loading.problems.map(startErrorOf) };
  const { ruleSet } = loading;
  logRules(ruleSet, log);
  metrics.rulesInUse(ruleSet, Date.now());
  const onThreadEvent = (event: ThreadEvent): void => {
    metrics.threadEvent(event);
    logThread(event, log);
  };
  const pool = await startScanPool(ruleSet, {
    pool: poolSettings(config),
    scan: scanSettings(config),
    onThreadEvent,
  });
  if (pool === undefined) return { ok: false, errors: [THREADS_FAILED] };
  metrics.watchPool(() => pool.state);
  const closing = new AbortController();
  const reloader = new RuleReloader(ruleSet, {
    load: () =>
      loadRules(directories, AbortSignal.any([closing.signal, AbortSignal.timeout(COMPILE_MS_MAX)])),
    use: (next) => pool.useRules(next),
    onResult: (result, trigger) => {
      metrics.reloaded(result, Date.now());
      logReload(result, trigger, log);
    },
  });
  const watching = config.rules.watch ? watch(config, reloader, log) : undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    await watching?.close();
    await reloader.settled();
    await pool.close();
  };
  return { ok: true, service: { pool, reloader, close } };
}

const THREADS_FAILED: StartError = {
  code: 'threads-failed',
  path: 'scanning.threads',
  message: 'the scan threads could not start; the log says why',
};

function watch({ rules }: Config, reloader: RuleReloader, log: Logger): ReturnType<typeof watchRules> {
  return watchRules(
    ruleDirectories(rules).map(({ directory }) => directory),
    () => {
      reloader.reload('file').catch((error: unknown) => {
        log.error({ err: error }, 'unexpected error');
      });
    },
  );
}

function startErrorOf(problem: RuleProblem): StartError {
  return { code: 'rules-broken', path: 'rules', message: formatRuleProblem(problem) };
}
