/** What a decision is made of, and what it says. */
import type { Severity } from '../inspection/finding.ts';
import type { ScanOutcome } from '../inspection/scan-outcome.ts';
import type { Direction, PolicyAction } from './policy-settings.ts';

/** All that a decision depends on, beside the policy. */
export interface DecisionInput {
  readonly outcome: ScanOutcome;
  readonly direction: Direction;
  /** Name of the listener that the message came in by. */
  readonly listener: string;
  /** Number or address of the subscriber, where the gateway has vouched for it. */
  readonly authenticatedSender: string | undefined;
}

/** How a message that does not pass is told of to who sent, or fetched, it. */
export type RefusalCause =
  /** Something in it is not accepted. */
  | 'content'
  /** It cannot be decoded. */
  | 'undecodable'
  /** It was not looked into, and will not be next time: too large to unfold, enciphered, or poison. */
  | 'not-inspected'
  /** It was not looked into this time: it may be tried again. */
  | 'scan-failed'
  /** It is not taken now: it may be tried again. */
  | 'throttled';

/** What one finding, match or gap contributed. */
export interface DecisionReason {
  readonly kind: 'finding' | 'rule' | 'not-inspected';
  /** Code of the finding, `namespace:rule`, or code of the gap. */
  readonly code: string;
  /** Undefined for a gap. */
  readonly severity: Severity | undefined;
  readonly part: number | undefined;
  /** Name of the entry that fitted; `severity high` or `not inspected: timeout` where none did. */
  readonly entry: string;
  readonly action: PolicyAction;
  /** True for what an entry in shadow would have chosen: it counts only in `shadowAction`. */
  readonly isShadow: boolean;
}

/** What becomes of a message, and why. */
export interface Decision {
  /** Name of the profile that was used. */
  readonly profile: string;
  /** What the policy says: the hardest action of its reasons. */
  readonly action: PolicyAction;
  /** False in monitor mode: the message is forwarded whatever `action` says. */
  readonly isEnforced: boolean;
  /** What it would be if the entries in shadow were enforced. */
  readonly shadowAction: PolicyAction;
  /** The parts that `strip` takes out, in reading order; empty for every other action. */
  readonly stripParts: readonly number[];
  /** Undefined when the message passes, whole or stripped. */
  readonly cause: RefusalCause | undefined;
  /** The hardest first; those in shadow last. */
  readonly reasons: readonly DecisionReason[];
}
