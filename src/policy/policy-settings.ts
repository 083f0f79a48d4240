/** What a policy says. Plain data: `app` makes it of the configuration. */
import type { MessageType } from '../codec/mms-tokens.ts';
import type { Severity } from '../inspection/finding.ts';
import type { NotInspectedReason } from '../inspection/scan-outcome.ts';

/** What may become of a message, mildest first: of several the hardest counts. */
export const POLICY_ACTIONS = ['forward', 'strip', 'throttle', 'quarantine', 'refuse'] as const;

/** One of `POLICY_ACTIONS`. */
export type PolicyAction = (typeof POLICY_ACTIONS)[number];

/** Off: as if it were not there. Shadow: reported as it would have been, and nothing else. */
export const ENTRY_STATES = ['off', 'shadow', 'enforced'] as const;

/** One of `ENTRY_STATES`. */
export type EntryState = (typeof ENTRY_STATES)[number];

/** The way that a message goes. */
export type Direction = 'outbound' | 'inbound';

/** Authenticated: somebody vouches for the sender, the gateway for who sends and the MMSC for who has sent. */
export const SENDER_CLASSES = ['authenticated', 'unknown'] as const;

/** One of `SENDER_CLASSES`. */
export type SenderClass = (typeof SENDER_CLASSES)[number];

/** Why a message was not inspected; `poison` is content that ended its thread, or its time, too often. */
export type UninspectedReason = NotInspectedReason | 'poison';

/**
 * What an entry asks of one finding, rule match or gap, and of the message that it is in. Each list that is there must
 * hold one that fits; a list that is absent asks nothing. A `*` at the end of a text fits whatever follows.
 */
export interface EntryCondition {
  /** Codes of findings. */
  readonly findings?: readonly string[];
  /** Rules, as `rule` or `namespace:rule`. */
  readonly rules?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly tags?: readonly string[];
  readonly severities?: readonly Severity[];
  /** The least `score` in the metadata of a rule. */
  readonly scoreMin?: number;
  readonly notInspected?: readonly UninspectedReason[];
  readonly directions?: readonly Direction[];
  readonly pduTypes?: readonly MessageType[];
  readonly senderClasses?: readonly SenderClass[];
  /** Families of the part that it is in, by content. */
  readonly mediaFamilies?: readonly string[];
  /** Numbers or addresses of senders that are known: authenticated, or given by the MMSC. */
  readonly senders?: readonly string[];
  /** Numbers or addresses; one recipient that fits is enough. */
  readonly recipients?: readonly string[];
}

/** One line of a policy: the first that fits a finding, match or gap says what comes of it. */
export interface PolicyEntry {
  readonly name: string;
  readonly state: EntryState;
  readonly when: EntryCondition;
  readonly action: PolicyAction;
}

/** A policy for some messages. What no entry fits goes by severity, or by the reason why it was not inspected. */
export interface PolicyProfile {
  readonly name: string;
  /** The first profile whose lists all fit is used; one without lists fits every message. */
  readonly appliesTo: {
    readonly senders?: readonly string[];
    readonly directions?: readonly Direction[];
    readonly listeners?: readonly string[];
  };
  readonly entries: readonly PolicyEntry[];
  readonly severities: Readonly<Record<Severity, PolicyAction>>;
  readonly notInspected: Readonly<Record<UninspectedReason, PolicyAction>>;
}

/** The whole policy. */
export interface PolicySettings {
  /** Monitor: nothing is touched, and everything is reported as it would have been. */
  readonly mode: 'monitor' | 'enforce';
  /** In the order in which they are tried; `fallback` fits what none of them fits. */
  readonly profiles: readonly PolicyProfile[];
  readonly fallback: PolicyProfile;
}
