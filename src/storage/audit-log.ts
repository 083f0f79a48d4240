/** The contract of the audit log: every act that changes or reveals something, in a chain that shows tampering. */
import type { Page, StoreFailure, StoreResult } from './quarantine-store.ts';

/** One act. */
export interface AuditAct {
  readonly atMs: number;
  /** Name of the token; `mmsguard` for what the program does by itself; `loopback` where no token is configured. */
  readonly by: string;
  readonly role: string;
  /** What was done: `quarantine.release`, `quarantine.view`, `rules.reload`… */
  readonly act: string;
  /** What it was done to: an id; '' for the whole. */
  readonly target: string;
  /** Why, as the person said, and what came of it. Never a plain number. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** An act as it stands in the log. */
export interface AuditEntry extends AuditAct {
  /** From 1, without gaps. */
  readonly number: number;
  /** SHA-256 over the entry and the hash before it, in hexadecimal. */
  readonly hash: string;
}

/** What a check of the chain says. */
export type AuditVerdict =
  | { readonly kind: 'intact'; readonly entries: number; readonly lastHash: string }
  /** The first entry that does not follow from those before it. */
  | { readonly kind: 'broken'; readonly number: number; readonly detail: string }
  | StoreFailure;

/** What lists are narrowed by; all that is there must fit. `fromMs` itself fits, `toMs` does not. */
export interface AuditFilter {
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly by?: string;
  readonly act?: string;
  readonly target?: string;
}

/** The audit log. It only grows. */
export interface AuditLog {
  /** Writes an act durably; what must be audited is done only after. */
  append(act: AuditAct): Promise<{ readonly kind: 'written'; readonly number: number } | StoreFailure>;
  list(
    filter: AuditFilter,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<StoreResult<Page<AuditEntry>>>;
  /** Follows the chain from its beginning. `lastHash`, from elsewhere, shows an end that was cut off. */
  verify(known?: { readonly number: number; readonly hash: string }): Promise<AuditVerdict>;
}
