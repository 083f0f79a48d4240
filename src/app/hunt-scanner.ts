/** Opens rules for one hunt, beside those that are in use. */
import { join } from 'node:path';
import type { HuntScanner } from '../proxy/hunt.ts';
import { startScanPool } from '../scanning/scan-pool.ts';
import type { Config } from './config-schema.ts';
import { COMPILE_MS_MAX, loadRules, ruleDirectories } from './rule-loading.ts';
import { formatRuleProblem } from './rule-log.ts';
import { poolSettings, scanSettings } from './scan-settings.ts';

/** Namespace of the rules that a hunt tries. */
export const HUNT_NAMESPACE = 'hunt';

/** A plain name: whoever asks for a hunt chooses among the folders that the operator put there, and no other. */
const FOLDER_NAME = /^[a-z0-9][\w.-]{0,63}$/i;

/**
 * Opens the configured rules and those of one folder below `root` in a thread of their own, which `close` ends. Nothing
 * in use changes. `root` undefined: hunts have only the rules in use. Rejects only for bugs.
 */
export async function openHuntScanner(
  config: Config,
  root: string | undefined,
  folder: string,
  signal: AbortSignal,
): Promise<HuntScanner> {
  if (root === undefined) return refused('no folder for rules of hunts is configured');
  if (!FOLDER_NAME.test(folder))
    return refused('the rules of a hunt are named by the plain name of a folder');
  const directory = {
    directory: join(root, folder),
    namespace: HUNT_NAMESPACE,
    brokenRules: 'refuse',
  } as const;
  const loading = await loadRules(
    [...ruleDirectories(config.rules), directory],
    AbortSignal.any([signal, AbortSignal.timeout(COMPILE_MS_MAX)]),
  );
  if (!loading.ok) return { ok: false, problems: loading.problems.map(formatRuleProblem) };
  const pool = await startScanPool(loading.ruleSet, {
    pool: { ...poolSettings(config), threads: 1, verdictsMax: 0 },
    scan: scanSettings(config),
  });
  if (pool === undefined) return refused('no scan thread could be started');
  return { ok: true, scanner: pool, close: () => pool.close() };
}

function refused(problem: string): HuntScanner {
  return { ok: false, problems: [problem] };
}
