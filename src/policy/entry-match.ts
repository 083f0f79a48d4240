/** Whether an entry of a policy fits. */
import { addressList } from './address-list.ts';
import type { MessageFacts } from './message-facts.ts';
import type { EntryCondition, SenderClass } from './policy-settings.ts';
import type { Subject } from './subject.ts';
import { fitsText } from './text-pattern.ts';

/** True when a message is one that the entry is about. A sender that is not known fits no list. */
export function fitsMessage(
  { directions, pduTypes, senderClasses, senders, recipients }: EntryCondition,
  message: MessageFacts,
): boolean {
  return (
    holdsOne(directions, (direction) => direction === message.direction) &&
    holdsOne(pduTypes, (type) => type === message.pduType) &&
    holdsOne(senderClasses, (senderClass) => senderClass === senderClassOf(message)) &&
    fitsAddress(senders, message.sender === undefined ? [] : [message.sender]) &&
    fitsAddress(recipients, message.recipients)
  );
}

function senderClassOf({ sender }: MessageFacts): SenderClass {
  return sender === undefined ? 'unknown' : 'authenticated';
}

/** Conditions that nothing of a kind can meet. */
const FOREIGN: Readonly<Record<Subject['kind'], readonly (keyof EntryCondition)[]>> = {
  finding: ['rules', 'namespaces', 'tags', 'scoreMin', 'notInspected'],
  rule: ['findings', 'notInspected'],
  'not-inspected': ['findings', 'rules', 'namespaces', 'tags', 'severities', 'scoreMin'],
};

/** True when the entry is about parts of a family; what is in no part, or in one without a family, fits no list. */
export function fitsFamily({ mediaFamilies }: EntryCondition, family: string | undefined): boolean {
  return holdsOne(mediaFamilies, (name) => family !== undefined && fitsText(name, family));
}

/**
 * True when the entry is about a finding, match or gap, whatever it is in. What was not inspected is fitted only by an
 * entry that names the reason: nothing milder may reach it by chance.
 */
export function fitsSubject(when: EntryCondition, subject: Subject): boolean {
  if (FOREIGN[subject.kind].some((key) => when[key] !== undefined)) return false;
  if (!holdsOne(when.severities, (severity) => severity === subject.severity)) return false;
  switch (subject.kind) {
    case 'finding':
      return holdsOne(when.findings, (code) => fitsText(code, subject.code));
    case 'rule':
      return fitsRule(when, subject);
    case 'not-inspected':
      return when.notInspected?.includes(subject.reason) === true;
  }
}

function fitsRule(when: EntryCondition, subject: Extract<Subject, { kind: 'rule' }>): boolean {
  const { rule, code, namespace, tags, score } = subject;
  const { scoreMin } = when;
  return (
    holdsOne(when.rules, (pattern) => fitsText(pattern, pattern.includes(':') ? code : rule)) &&
    holdsOne(when.namespaces, (pattern) => fitsText(pattern, namespace)) &&
    holdsOne(when.tags, (pattern) => tags.some((tag) => fitsText(pattern, tag))) &&
    (scoreMin === undefined || (score !== undefined && score >= scoreMin))
  );
}

/** A list that is absent asks nothing; one that is there must hold one that fits. */
function holdsOne<T>(list: readonly T[] | undefined, fits: (item: T) => boolean): boolean {
  return list === undefined || list.some(fits);
}

function fitsAddress(list: readonly string[] | undefined, keys: readonly string[]): boolean {
  if (list === undefined) return true;
  const wanted = addressList(list);
  return keys.some((key) => wanted.fitsKey(key));
}
