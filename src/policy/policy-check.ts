/** What is wrong with a policy, as far as it can be told without a message. Pure. */
import { coversAddress, coversCondition, coversList } from './condition-cover.ts';
import { STRIPPABLE_TYPES } from './decide.ts';
import { fitsSubject } from './entry-match.ts';
import { KNOWN_FINDINGS, KNOWN_GAPS, knownMatch } from './known-subjects.ts';
import {
  POLICY_ACTIONS,
  type EntryCondition,
  type PolicyAction,
  type PolicyEntry,
  type PolicyProfile,
  type PolicySettings,
} from './policy-settings.ts';
import type { Subject } from './subject.ts';
import { unknownNames, type NameSources } from './unknown-names.ts';

/** One thing that is wrong with a policy. */
export interface PolicyProblem {
  /** Error: it does not do what it says. Warning: it does, and that may not be meant. */
  readonly level: 'error' | 'warning';
  readonly profile: string;
  /** Undefined for what is about the profile as a whole. */
  readonly entry: string | undefined;
  readonly message: string;
}

/** What a policy is checked against. */
export interface PolicySurroundings extends NameSources {
  /** Names of the listeners. */
  readonly listeners: readonly string[];
}

type Problem = Pick<PolicyProblem, 'level' | 'message'>;

/** Everything that is wrong with a policy, profile by profile in their order, the fallback last. */
export function checkPolicy(policy: PolicySettings, around: PolicySurroundings): readonly PolicyProblem[] {
  // The fallback is for all that is left, whatever its lists say.
  const profiles = [...policy.profiles, { ...policy.fallback, appliesTo: {} }];
  return profiles.flatMap((profile, index) => {
    const { name } = profile;
    const ofProfile = profileProblems(profile, profiles.slice(0, index), around);
    return [
      ...ofProfile.map((problem) => ({ ...problem, profile: name, entry: undefined })),
      ...entriesProblems(profile, around).map((problem) => ({ ...problem, profile: name })),
    ];
  });
}

function profileProblems(
  { appliesTo }: PolicyProfile,
  earlier: readonly PolicyProfile[],
  { listeners, suggestion }: PolicySurroundings,
): readonly Problem[] {
  const cover = earlier.find((other) => coversProfile(other.appliesTo, appliesTo));
  const unknown = (appliesTo.listeners ?? []).filter((name) => !listeners.includes(name));
  return [
    ...(cover === undefined ? [] : [error(`is never used: profile ${cover.name} takes its messages`)]),
    ...unknown.map((name) => error(`there is no listener ${name}${suggestion(name, listeners)}`)),
  ];
}

function coversProfile(outer: PolicyProfile['appliesTo'], inner: PolicyProfile['appliesTo']): boolean {
  const isSame = (one: string, other: string): boolean => one === other;
  return (
    coversList(outer.senders, inner.senders, coversAddress) &&
    coversList(outer.directions, inner.directions, isSame) &&
    coversList(outer.listeners, inner.listeners, isSame)
  );
}

function entriesProblems(
  profile: PolicyProfile,
  around: PolicySurroundings,
): readonly (Problem & { readonly entry: string })[] {
  const inUse = profile.entries.filter(({ state }) => state !== 'off');
  return inUse.flatMap((entry, index) => {
    const unknown = unknownNames(entry.when, around);
    const fitting = knownFitting(entry.when, around);
    const problems = [
      ...reachProblems(entry, inUse.slice(0, index)),
      ...unknown.map(error),
      ...(fitting?.length === 0 && unknown.length === 0 ? [error(FITS_NOTHING)] : []),
      ...(entry.action === 'strip' ? stripProblems(entry.when, fitting ?? []) : []),
      ...mildnessProblems(entry, profile.severities.critical, fitting ?? []),
    ];
    return problems.map((problem) => ({ ...problem, entry: entry.name }));
  });
}

/** A trial in shadow takes nothing from an entry that is enforced. */
function reachProblems(entry: PolicyEntry, earlier: readonly PolicyEntry[]): readonly Problem[] {
  const cover = earlier.find(
    ({ state, when }) =>
      (state === 'enforced' || entry.state === 'shadow') && coversCondition(when, entry.when),
  );
  if (cover === undefined) return [];
  const isSame = coversCondition(entry.when, cover.when);
  if (isSame && cover.action !== entry.action)
    return [error(`contradicts ${cover.name}: the same condition, and ${cover.action}`)];
  return [error(`is never reached: ${cover.name} takes all that it fits`)];
}

const FITS_NOTHING = 'fits nothing that there is: its conditions exclude each other';

/** All that a condition could fit; undefined where only rules could tell, and they are not loaded. */
function knownFitting(when: EntryCondition, { rules }: PolicySurroundings): readonly Subject[] | undefined {
  const known = [...KNOWN_FINDINGS, ...KNOWN_GAPS, ...(rules ?? []).map(knownMatch)];
  const fitting = known.filter((subject) => fitsSubject(when, subject));
  const mayBeOfRules = when.findings === undefined && when.notInspected === undefined;
  return fitting.length === 0 && rules === undefined && mayBeOfRules ? undefined : fitting;
}

function stripProblems(
  { pduTypes, findings, rules, notInspected }: EntryCondition,
  fitting: readonly Subject[],
): readonly Problem[] {
  if (pduTypes?.some((type) => STRIPPABLE_TYPES.has(type)) === false)
    return [error('strips nothing: its PDU types have no parts to take out, and are quarantined')];
  // Without names it is about whatever there is, and what is in no part is meant to be quarantined.
  if ([findings, rules, notInspected].every((names) => names === undefined)) return [];
  const whole = fitting.filter(({ part }) => part === undefined);
  const [first] = whole;
  if (first === undefined) return [];
  const message = `cannot strip what is about the PDU as a whole, and quarantines it: ${first.code}`;
  return [whole.length === fitting.length ? error(message) : warning(message)];
}

function mildnessProblems(
  { action, state }: PolicyEntry,
  critical: PolicyAction,
  fitting: readonly Subject[],
): readonly Problem[] {
  const isMilder = POLICY_ACTIONS.indexOf(action) < POLICY_ACTIONS.indexOf(critical);
  const worst = fitting.find(({ severity }) => severity === 'critical');
  if (state !== 'enforced' || !isMilder || worst === undefined) return [];
  return [
    warning(`is milder (${action}) than what is critical gets without it (${critical}): ${worst.code}`),
  ];
}

function error(message: string): Problem {
  return { level: 'error', message };
}

function warning(message: string): Problem {
  return { level: 'warning', message };
}
