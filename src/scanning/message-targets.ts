/** What of a message rules are run on: the PDU, each part, the text of text parts, and the members of archives. */
import { encodeUtf8 } from '../codec/text.ts';
import type { FindingCollector } from '../inspection/finding-collector.ts';
import { PART_FINDINGS } from '../inspection/message-parts.ts';
import type { PartView } from '../inspection/part-view.ts';
import { MEMBER_FINDINGS, walkZip } from '../inspection/zip-walk.ts';
import { inflateRaw } from './content-encoding.ts';
import type { Externals } from './externals.ts';
import type { ScanTarget } from './yara-engine.ts';

/** What is known of the message that the parts are of. */
export type MessageExternals = Pick<
  Externals,
  'direction' | 'pdu_type' | 'part_count' | 'message_size' | 'sender_class'
>;

/** Octets of archive members of one message that rules are run on: more takes longer than a scan may. */
export const MEMBER_OCTETS_MAX = 8 * 1024 * 1024;

/** Characters of one message, all readings of all parts, that text rules are run on: they are the slow ones. */
export const TEXT_CHARACTERS_MAX = 64 * 1024;

/** What is left for the parts of one message. */
export interface TargetBudget {
  memberOctets: number;
  textCharacters: number;
}

/** The budget of one message. */
export function targetBudget(): TargetBudget {
  return { memberOctets: MEMBER_OCTETS_MAX, textCharacters: TEXT_CHARACTERS_MAX };
}

/** What the rules of one part need of its message. */
export interface TargetContext {
  readonly message: MessageExternals;
  readonly collector: FindingCollector;
  readonly budget: TargetBudget;
}

/** The whole PDU, for rules about PDUs. */
export function pduTarget(bytes: Uint8Array, message: MessageExternals): ScanTarget {
  const externals = { ...message, declared_type: '', sniffed_type: '', filename: '', part_index: -1 };
  return { target: 'pdu', bytes, part: undefined, member: undefined, externals };
}

/**
 * The targets of one part, one after the other, so that only one opened member is held at a time. Most texts are, octet
 * for octet, their part, and are searched once.
 */
export function* partTargets(part: PartView, context: TargetContext): Generator<ScanTarget> {
  const { index, octets, declaredType, sniffedType, fileName } = part;
  const externals = {
    ...context.message,
    declared_type: declaredType,
    sniffed_type: sniffedType,
    filename: fileName,
    part_index: index,
  };
  const base = { part: index, member: undefined, externals };
  const texts = Array.from(textsWithin(part, context), encodeUtf8);
  const others = texts.filter((text) => Buffer.compare(text, octets.bytes) !== 0);
  yield { ...base, target: 'part', bytes: octets.bytes, isOwnText: others.length < texts.length };
  for (const bytes of others) yield { ...base, target: 'text', bytes };
  for (const { member, bytes } of membersWithin(part, context)) {
    yield { ...base, target: 'archive-member', bytes, member };
  }
}

/** The readings of a text, as long as the budget lasts. */
function* textsWithin({ index, texts }: PartView, { budget, collector }: TargetContext): Generator<string> {
  for (const text of texts) {
    const read = text.slice(0, budget.textCharacters);
    budget.textCharacters -= read.length;
    if (read.length < text.length) collector.add(PART_FINDINGS, 'text-cut', index);
    if (read !== '' || text === '') yield read;
  }
}

/** The members of the archives in a part, as long as the budget lasts; those that cannot be opened are reported. */
function* membersWithin(
  part: PartView,
  { budget, collector }: TargetContext,
): Generator<{ readonly bytes: Uint8Array; readonly member: number }> {
  for (const opened of membersOf(part, collector)) {
    budget.memberOctets -= opened.bytes.length;
    if (budget.memberOctets < 0) {
      collector.add(MEMBER_FINDINGS, 'archive-not-exhausted', part.index);
      return;
    }
    yield opened;
  }
}

/** The members of the archives in a part that could be opened, numbered through; the others are reported. */
function* membersOf(
  { index, octets, family }: PartView,
  collector: FindingCollector,
): Generator<{ readonly bytes: Uint8Array; readonly member: number }> {
  if (family !== undefined && UNOPENED_FAMILIES.has(family))
    collector.add(MEMBER_FINDINGS, 'archive-not-opened', index);
  for (const step of walkZip(octets, inflateRaw)) {
    if (step.kind === 'limit') collector.add(MEMBER_FINDINGS, 'archive-not-exhausted', index);
    if (step.kind !== 'member') continue;
    const { opened, member, number } = step;
    if (opened.kind === 'opened') yield { bytes: opened.bytes, member: number };
    else if (member.isListed) collector.add(MEMBER_FINDINGS, UNOPENED[opened.kind], index);
  }
}

/** Archives and compressions that nothing here opens: gzip, RAR, 7z, tar and the like. */
const UNOPENED_FAMILIES: ReadonlySet<string> = new Set(['gzip', 'archive']);

const UNOPENED = {
  encrypted: 'archive-member-encrypted',
  'over-limit': 'archive-not-exhausted',
  broken: 'archive-member-unread',
  'unsupported-method': 'archive-member-unread',
} as const;
