/** What the admin side shows and does: `app` hands it in. */
import type { PolicySettings } from '../policy/policy-settings.ts';
import type { RuleInfo, RuleProblem } from '../scanning/rule-set.ts';
import type { AccessTokens } from '../storage/access-tokens.ts';
import type { AuditAct, AuditLog } from '../storage/audit-log.ts';
import type { MessageTrack } from '../storage/message-track.ts';
import type { QuarantineStore, StoreFailure } from '../storage/quarantine-store.ts';
import type { TaskList } from '../storage/task-list.ts';
import type { AccessLimits } from './access-failures.ts';
import type { QuarantineService } from '../storage/quarantine-service.ts';

/** One thing that must be so for messages to be inspected and passed on. */
export interface ReadinessCheck {
  readonly name: string;
  readonly isReady: boolean;
  readonly detail: string;
}

/** What the rule set in use is. */
export interface RulesInUse {
  readonly digest: string;
  readonly rules: readonly RuleInfo[];
  readonly skipped: readonly RuleProblem[];
}

/** How a reload ended, as it is told. */
export type ReloadAnswer =
  | { readonly kind: 'loaded' | 'unchanged'; readonly digest: string; readonly rules: number }
  | { readonly kind: 'refused'; readonly problems: readonly RuleProblem[] };

/** The stores, all of one database. */
export interface AdminStorage {
  readonly quarantine: Pick<QuarantineStore, 'list' | 'get' | 'end'>;
  readonly track: Pick<MessageTrack, 'list' | 'get' | 'counts'>;
  readonly audit: AuditLog;
  readonly tokens: AccessTokens;
  readonly tasks: Pick<TaskList, 'list' | 'get'>;
}

/** What the admin side works with. All of it stays open when the admin side closes. */
export interface AdminParts {
  readonly readiness: () => Promise<readonly ReadinessCheck[]>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly rules: () => RulesInUse;
  readonly reloadRules: () => Promise<ReloadAnswer>;
  /** The policy in use. */
  readonly policy: () => PolicySettings;
  /** Undefined: nothing is kept, so there are no tokens either, and only health, metrics, rules and policy are there. */
  readonly storage?: AdminStorage;
  /** Undefined: messages cannot be released, scanned again, or dealt with in bulk. */
  readonly service?: QuarantineService;
  readonly access: AccessLimits;
  /** Wall clock, Unix milliseconds. */
  readonly now: () => number;
  /** Is told of a bug in a handler. It must not throw. */
  readonly onError: (error: unknown) => void;
  /** Is told of the result of an act that is done, but could not be written to the audit log. It must not throw. */
  readonly onUnaudited: (act: AuditAct, failure: StoreFailure) => void;
}
