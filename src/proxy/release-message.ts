/** Releases one held message: the only place where the steps of a release are ordered. */
import type { Severity } from '../inspection/finding.ts';
import type { ReleaseRequest, ReleaseResult } from '../storage/quarantine-service.ts';
import type { ChangeResult, QuarantineStore, RecordAct, StoreFailure } from '../storage/quarantine-store.ts';
import type { Delivery } from './mmsc-confirmation.ts';
import type { Announcement } from './push-announcer.ts';
import { hasBody, isStopped, reasonCodes, rejudge, type JudgeParts, type RecordWithBody } from './rejudge.ts';

/** What a release works with. */
export interface ReleaseParts extends JudgeParts {
  readonly store: Pick<QuarantineStore, 'get' | 'approve' | 'claim' | 'unclaim' | 'end'>;
  /** Sends an outbound message to its MMSC; does not reject. */
  readonly deliver: (record: RecordWithBody) => Promise<Delivery>;
  /** Tells the recipient of an inbound message of it; does not reject. */
  readonly announce: (record: RecordWithBody) => Promise<Announcement>;
  /** Messages of these severities need `APPROVALS_NEEDED` people. */
  readonly twoPersonSeverities: ReadonlySet<Severity>;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
}

/** People of different names who must ask for the release of a message of a two-person severity. */
export const APPROVALS_NEEDED = 2;

/** Characters kept of the id that an MMSC gave to a message. */
export const MESSAGE_ID_CHARACTERS_MAX = 200;

/**
 * Releases a record, if it is held, enough people agree, and today's rules and policy would let it pass or `force` is
 * given. Two releases at once make one delivery: one of them finds it claimed.
 *
 * A process that dies between the MMSC's answer and the end of the record leaves it held. Once its claim has run out the
 * next release sends it again, under the same transaction id: an MMSC that does not look at it delivers it twice. Never
 * rejects but for bugs.
 */
export async function releaseMessage(
  id: string,
  request: ReleaseRequest,
  parts: ReleaseParts,
): Promise<ReleaseResult> {
  const found = await parts.store.get(id);
  if (found.kind !== 'found') return found;
  const record = found.value;
  if (record.state !== 'held' || !hasBody(record)) return { kind: 'not-held', state: record.state };
  const obstacle =
    (await missingApproval(record, request, parts)) ?? (await badToday(record, request, parts));
  if (obstacle !== undefined) return obstacle;
  const act = actOf(request);
  // A claim runs from now: the scan has taken its time.
  const claimed = await parts.store.claim(id, { ...act, atMs: parts.nowMs() });
  if (claimed.kind !== 'done') return notChanged(claimed);
  return record.direction === 'outbound' ? sendOut(record, act, parts) : letIn(record, act, parts);
}

async function missingApproval(
  { id, severity }: RecordWithBody,
  request: ReleaseRequest,
  { store, twoPersonSeverities }: ReleaseParts,
): Promise<ReleaseResult | undefined> {
  if (!twoPersonSeverities.has(severity)) return undefined;
  const noted = await store.approve(id, actOf(request));
  if (noted.kind !== 'found') return noted;
  const approvals = noted.value;
  return new Set(approvals).size < APPROVALS_NEEDED ? { kind: 'approval-noted', approvals } : undefined;
}

async function badToday(
  record: RecordWithBody,
  { force }: ReleaseRequest,
  parts: ReleaseParts,
): Promise<ReleaseResult | undefined> {
  if (force) return undefined;
  const { decision } = await rejudge(record, parts);
  return isStopped(decision) ? { kind: 'still-bad', reasons: reasonCodes(decision) } : undefined;
}

async function sendOut(record: RecordWithBody, act: RecordAct, parts: ReleaseParts): Promise<ReleaseResult> {
  const delivery = await parts.deliver(record);
  if (delivery.kind !== 'taken') {
    // Should this fail, the claim runs out by itself.
    await parts.store.unclaim(record.id);
    return delivery.kind === 'refused'
      ? { kind: 'mmsc-refused', status: delivery.status }
      : { kind: 'mmsc-failed', detail: delivery.detail };
  }
  const messageId = delivery.messageId?.slice(0, MESSAGE_ID_CHARACTERS_MAX);
  const why = messageId === undefined ? act.why : `${act.why} (Message-ID ${messageId})`;
  const ended = await parts.store.end(record.id, 'released', { ...act, why });
  if (ended.kind === 'done') return { kind: 'released', messageId, announced: false };
  if (ended.kind !== 'failed') return notChanged(ended);
  return { ...ended, detail: `the MMSC has taken it, but that could not be stored: ${ended.detail}` };
}

async function letIn(record: RecordWithBody, act: RecordAct, parts: ReleaseParts): Promise<ReleaseResult> {
  const ended = await parts.store.end(record.id, 'released', act);
  if (ended.kind !== 'done') return notChanged(ended);
  // Only now: who is told may fetch at once.
  const announcement = await parts.announce(record);
  const released = { kind: 'released', messageId: undefined } as const;
  if (announcement.kind === 'announced') return { ...released, announced: true };
  const unannounced = announcement.kind === 'failed' ? announcement.detail : announcement.kind;
  return { ...released, announced: false, unannounced };
}

function actOf({ atMs, by, why, force }: ReleaseRequest): RecordAct {
  return { atMs, by, why: force ? `${why} (forced)` : why };
}

function notChanged(
  change: Exclude<ChangeResult, { readonly kind: 'done' }>,
): Extract<ReleaseResult, { readonly kind: 'not-held' | 'unknown' }> | StoreFailure {
  if (change.kind !== 'not-held') return change;
  return { kind: 'not-held', state: change.isClaimed ? 'being released' : change.state };
}
