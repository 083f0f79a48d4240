/** The one place where it is decided what becomes of a message. Pure and total. */
import type { MessageType } from '../codec/mms-tokens.ts';
import { SEVERITIES } from '../inspection/finding.ts';
import type { Decision, DecisionInput, DecisionReason, RefusalCause } from './decision.ts';
import { fitsFamily, fitsMessage, fitsSubject } from './entry-match.ts';
import { messageFacts, type MessageFacts } from './message-facts.ts';
import {
  POLICY_ACTIONS,
  type PolicyAction,
  type PolicyEntry,
  type PolicyProfile,
  type PolicySettings,
} from './policy-settings.ts';
import { profileFor } from './profile-choice.ts';
import { subjectsOf, type Subject } from './subject.ts';

/** Reasons that are told of one decision; and as many that are in shadow, so that neither displaces the other. */
export const REASONS_MAX = 32;

/** The PDU types that parts can be taken out of. */
export const STRIPPABLE_TYPES: ReadonlySet<MessageType> = new Set(['m-send-req', 'm-retrieve-conf']);

/**
 * Gives each finding, match and gap the action of the first enforced entry that fits it, or else that of its severity
 * or of the reason why it was not inspected; the message gets the hardest. So nothing that is found in addition, and
 * nothing that is left uninspected in addition, ever softens a decision.
 */
export function decide(input: DecisionInput, policy: PolicySettings): Decision {
  const message = messageFacts(input);
  const profile = profileFor(message, policy);
  const frame = { profile: profile.name, isEnforced: policy.mode === 'enforce' };
  if (input.outcome.kind === 'cancelled') return { ...frame, ...CANCELLED };
  const judgements = judge(subjectsOf(input.outcome), message, profile);
  const action = hardest(judgements.map(({ verdict }) => verdict.action));
  return {
    ...frame,
    action,
    shadowAction: hardest(judgements.map(({ shadow, verdict }) => (shadow ?? verdict).action)),
    stripParts: action === 'strip' ? strippedParts(judgements) : [],
    cause: causeOf(action, judgements, message),
    reasons: reasonsOf(judgements),
  };
}

/** Nobody hears the answer. */
const CANCELLED = {
  action: 'refuse',
  shadowAction: 'refuse',
  stripParts: [],
  cause: 'scan-failed',
  reasons: [
    {
      kind: 'not-inspected',
      code: 'cancelled',
      severity: undefined,
      part: undefined,
      entry: 'not inspected: cancelled',
      action: 'refuse',
      isShadow: false,
    },
  ],
} as const satisfies Partial<Decision>;

/** What is to be done for one thing, and who says so. */
interface Verdict {
  readonly action: PolicyAction;
  /** Of the entry; what stands for one where the profile's defaults decide. */
  readonly name: string;
  readonly isByEntry: boolean;
}

interface Judgement {
  readonly subject: Subject;
  readonly verdict: Verdict;
  /** What it would be if entries in shadow were enforced, where that is another entry. */
  readonly shadow: Verdict | undefined;
}

function judge(
  subjects: readonly Subject[],
  message: MessageFacts,
  profile: PolicyProfile,
): readonly Judgement[] {
  const entries = profile.entries.filter(({ state, when }) => state !== 'off' && fitsMessage(when, message));
  return subjects.map((subject) => {
    const { part } = subject;
    const family = part === undefined ? undefined : message.parts[part]?.family;
    const fitting = entries.filter(({ when }) => fitsSubject(when, subject) && fitsFamily(when, family));
    const enforced = fitting.find(({ state }) => state === 'enforced');
    const verdict = enforced === undefined ? verdictByDefault(subject, profile) : verdictOf(enforced);
    const [first] = fitting;
    return {
      subject,
      verdict: practicable(verdict, subject, message),
      shadow: first?.state === 'shadow' ? practicable(verdictOf(first), subject, message) : undefined,
    };
  });
}

function verdictOf({ action, name }: PolicyEntry): Verdict {
  return { action, name, isByEntry: true };
}

function verdictByDefault(subject: Subject, { severities, notInspected }: PolicyProfile): Verdict {
  return subject.kind === 'not-inspected'
    ? {
        action: notInspected[subject.reason],
        name: `not inspected: ${subject.reason}`,
        isByEntry: false,
      }
    : {
        action: severities[subject.severity],
        name: `severity ${subject.severity}`,
        isByEntry: false,
      };
}

/** What is in no part that can be taken out takes the message with it, so that an analyst sees it. */
function practicable(verdict: Verdict, { part }: Subject, { pduType }: MessageFacts): Verdict {
  const canStrip = part !== undefined && pduType !== undefined && STRIPPABLE_TYPES.has(pduType);
  if (verdict.action !== 'strip' || canStrip) return verdict;
  return { ...verdict, action: 'quarantine', name: `${verdict.name} (no part to strip)` };
}

function hardest(actions: readonly PolicyAction[]): PolicyAction {
  return actions.reduce((hard, action) => (rankOf(action) > rankOf(hard) ? action : hard), 'forward');
}

function rankOf(action: PolicyAction): number {
  return POLICY_ACTIONS.indexOf(action);
}

function strippedParts(judgements: readonly Judgement[]): readonly number[] {
  const parts = judgements
    .filter(({ verdict }) => verdict.action === 'strip')
    .map(({ subject }) => subject.part)
    .filter((part) => part !== undefined);
  return [...new Set(parts)].toSorted((one, other) => one - other);
}

/** Bad content is told before what was not inspected: the worse is known. */
function causeOf(
  action: PolicyAction,
  judgements: readonly Judgement[],
  { pduType }: MessageFacts,
): RefusalCause | undefined {
  if (action === 'forward' || action === 'strip') return undefined;
  const deciding = judgements.filter(({ verdict }) => verdict.action === action);
  const isContent = deciding.some(({ subject }) => subject.kind !== 'not-inspected');
  if (action === 'throttle') return isContent ? 'throttled' : 'scan-failed';
  if (isContent) return 'content';
  // A PDU that was read but for a part of it is not a corrupt PDU.
  const isCorrupt = pduType === undefined && deciding.some(({ subject }) => isUndecodable(subject));
  return isCorrupt ? 'undecodable' : 'not-inspected';
}

function isUndecodable(subject: Subject): boolean {
  return subject.kind === 'not-inspected' && subject.reason === 'undecodable';
}

function reasonsOf(judgements: readonly Judgement[]): readonly DecisionReason[] {
  const counted = judgements.map(({ subject, verdict }) => reasonOf(subject, verdict, false));
  const shadowed = judgements.map(({ subject, shadow }) => shadow && reasonOf(subject, shadow, true));
  return [...hardestFirst(counted), ...hardestFirst(shadowed)];
}

/** Undefined for what passes because nobody asks for more. */
function reasonOf(subject: Subject, verdict: Verdict, isShadow: boolean): DecisionReason | undefined {
  const { kind, code, severity, part } = subject;
  const { action, name: entry, isByEntry } = verdict;
  if (action === 'forward' && !isByEntry) return undefined;
  return { kind, code, severity, part, entry, action, isShadow };
}

/** Each once: one thing may be found many times in a part. */
function hardestFirst(reasons: readonly (DecisionReason | undefined)[]): readonly DecisionReason[] {
  const given = reasons.filter((reason) => reason !== undefined);
  const once = new Map(given.map((reason) => [JSON.stringify(Object.values(reason)), reason]));
  return [...once.values()].toSorted(byHardness).slice(0, REASONS_MAX);
}

function byHardness(one: DecisionReason, other: DecisionReason): number {
  return rankOf(other.action) - rankOf(one.action) || badness(other) - badness(one);
}

/** -1 for a gap: what is known to be bad comes first. */
function badness({ severity }: DecisionReason): number {
  return severity === undefined ? -1 : SEVERITIES.indexOf(severity);
}
