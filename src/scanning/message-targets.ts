/** What of a message rules are run on: the PDU, each part, the text of text parts, and the members of archives. */
import type { FindingCollector } from '../inspection/finding-collector.ts';
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

/** The whole PDU, for rules about PDUs. */
export function pduTarget(bytes: Uint8Array, message: MessageExternals): ScanTarget {
  const externals = { ...message, declared_type: '', sniffed_type: '', filename: '', part_index: -1 };
  return { target: 'pdu', bytes, part: undefined, member: undefined, externals };
}

/** The targets of one part, one after the other, so that only one opened member is held at a time. */
export function* partTargets(
  part: PartView,
  message: MessageExternals,
  collector: FindingCollector,
): Generator<ScanTarget> {
  const { index, octets, declaredType, sniffedType, fileName, texts } = part;
  const externals = {
    ...message,
    declared_type: declaredType,
    sniffed_type: sniffedType,
    filename: fileName,
    part_index: index,
  };
  const base = { part: index, member: undefined, externals };
  yield { ...base, target: 'part', bytes: octets.bytes };
  for (const text of texts) yield { ...base, target: 'text', bytes: new TextEncoder().encode(text) };
  for (const { member, bytes } of membersOf(part, collector)) {
    yield { ...base, target: 'archive-member', bytes, member };
  }
}

/** The members of the archives in a part that could be opened, numbered through; the others are reported. */
function* membersOf(
  { index, octets }: PartView,
  collector: FindingCollector,
): Generator<{ readonly bytes: Uint8Array; readonly member: number }> {
  for (const step of walkZip(octets, inflateRaw)) {
    if (step.kind === 'limit') collector.add(MEMBER_FINDINGS, 'archive-not-exhausted', index);
    if (step.kind !== 'member') continue;
    const { opened, member, number } = step;
    if (opened.kind === 'opened') yield { bytes: opened.bytes, member: number };
    else if (member.isListed) collector.add(MEMBER_FINDINGS, UNOPENED[opened.kind], index);
  }
}

const UNOPENED = {
  encrypted: 'archive-member-encrypted',
  'over-limit': 'archive-not-exhausted',
  broken: 'archive-member-unread',
  'unsupported-method': 'archive-member-unread',
} as const;
