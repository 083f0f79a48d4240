/** What the admin side shows and does, out of the parts of the product. */
import type { Logger } from 'pino';
import { ACCESS_LIMITS } from '../admin/access-failures.ts';
import type { AdminParts, ReadinessCheck, ReloadAnswer } from '../admin/admin-parts.ts';
import type { PolicySettings } from '../policy/policy-settings.ts';
import type { Inspection } from './inspection.ts';
import type { Metrics } from './metrics.ts';
import type { ReloadResult } from './rule-reload.ts';
import type { RunningStorage } from './running-storage.ts';

/** The parts of the product that the admin side is about. */
export interface AdminSources {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly inspection: Inspection;
  readonly policy: PolicySettings;
  readonly storage: RunningStorage | undefined;
}

/** The parts of the admin side. */
export function adminParts({ log, metrics, inspection, policy, storage }: AdminSources): AdminParts {
  const { reloader } = inspection;
  return {
    readiness: async () => [
      rulesReady(inspection),
      ...(storage === undefined ? [] : [await storage.readiness()]),
    ],
    metrics: async () => ({
      contentType: metrics.registry.contentType,
      text: await metrics.registry.metrics(),
    }),
    rules: () => {
      const { digest, rules, skipped } = reloader.ruleSet;
      return { digest, rules, skipped };
    },
    reloadRules: async () => answerOf(await reloader.reload('admin')),
    policy: () => policy,
    ...(storage && { storage: storage.stores, service: storage.acts }),
    access: ACCESS_LIMITS,
    now: Date.now,
    onError: (error) => {
      log.error({ err: error }, 'unexpected error');
    },
    onUnaudited: ({ by, act, target }, { code, detail }) => {
      log.error({ by, act, target, code, detail }, 'act not in the audit log');
    },
  };
}

function rulesReady({ pool }: Inspection): ReadinessCheck {
  const { ready, threads, behind } = pool.state.threads;
  const detail = `${ready} of ${threads} scan threads have rules, ${behind} of them those before`;
  return { name: 'rules', isReady: ready > 0, detail };
}

function answerOf(result: ReloadResult): ReloadAnswer {
  if (result.kind === 'refused') return result;
  const { digest, rules } = result.ruleSet;
  return { kind: result.kind, digest, rules: rules.length };
}
