/** Whether one condition takes all that another could ever get: then an entry behind it is never reached. */
import type { EntryCondition } from './policy-settings.ts';
import { addressKey, coversText } from './text-pattern.ts';

/** The conditions that are lists; `scoreMin` is the other one. */
type ListKey = Exclude<keyof EntryCondition, 'scoreMin'>;

/** When one item of a list takes all that another item of the same list fits. */
const COVERS: Readonly<Record<ListKey, (outer: string, inner: string) => boolean>> = {
  findings: coversText,
  rules: coversRule,
  namespaces: coversText,
  tags: coversText,
  severities: coversText,
  notInspected: coversText,
  directions: coversText,
  pduTypes: coversText,
  senderClasses: coversText,
  mediaFamilies: coversText,
  senders: coversAddress,
  recipients: coversAddress,
};

const LIST_KEYS = Object.keys(COVERS) as ListKey[];

/** True when whatever fits `inner` fits `outer`, too, as far as the conditions themselves tell. */
export function coversCondition(outer: EntryCondition, inner: EntryCondition): boolean {
  // What was not inspected is fitted only by a condition that names the reason.
  if (inner.notInspected !== undefined && outer.notInspected === undefined) return false;
  const { scoreMin } = outer;
  if (scoreMin !== undefined && (inner.scoreMin === undefined || inner.scoreMin < scoreMin)) return false;
  return LIST_KEYS.every((key) => coversList(outer[key], inner[key], COVERS[key]));
}

/** True when a list, absent for all there is, takes all that the other takes. */
export function coversList(
  outer: readonly string[] | undefined,
  inner: readonly string[] | undefined,
  covers: (outer: string, inner: string) => boolean,
): boolean {
  if (outer === undefined) return true;
  if (inner === undefined) return false;
  return inner.every((item) => outer.some((wide) => covers(wide, item)));
}

/** True when all addresses that fit one pattern fit the other, too. */
export function coversAddress(outer: string, inner: string): boolean {
  return coversText(addressKey(outer), addressKey(inner));
}

/** A pattern without namespace takes the rule of every namespace. */
function coversRule(outer: string, inner: string): boolean {
  return coversText(outer, outer.includes(':') ? inner : inner.slice(inner.indexOf(':') + 1));
}
