/** Releases or deletes everything that is held and fits, as work of a task. */
import type { ReleaseRequest, ReleaseResult } from '../storage/quarantine-service.ts';
import type { AuditAct, AuditLog } from '../storage/audit-log.ts';
import type { QuarantineStore, RecordAct, RecordFilter } from '../storage/quarantine-store.ts';
import type { RecordResult } from './task-progress.ts';
import type { RecordWork } from './task-run.ts';

/** What bulk acts work with. */
export interface BulkParts {
  readonly store: Pick<QuarantineStore, 'end'>;
  readonly audit: Pick<AuditLog, 'append'>;
  /** Releases one record. */
  readonly release: (id: string, request: ReleaseRequest) => Promise<ReleaseResult>;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
}

/** Messages that are released at the same time: an MMSC must not feel it. */
export const RELEASES_AT_ONCE = 4;

/** Records that are deleted at the same time. */
export const DELETIONS_AT_ONCE = 4;

/** Work that releases each record. */
export function bulkRelease(filter: RecordFilter, request: ReleaseRequest, parts: BulkParts): RecordWork {
  return {
    kind: 'bulk-release',
    filter,
    act: request,
    atOnce: RELEASES_AT_ONCE,
    begin: auditedWork('quarantine.release', request, parts, async (id, now) => {
      const result = await parts.release(id, { ...request, ...now });
      return { result: result.kind, ...(result.kind !== 'released' && { why: whyNot(result) }) };
    }),
  };
}

/** Work that deletes each record. */
export function bulkDelete(filter: RecordFilter, act: RecordAct, parts: BulkParts): RecordWork {
  return {
    kind: 'bulk-delete',
    filter,
    act,
    atOnce: DELETIONS_AT_ONCE,
    begin: auditedWork('quarantine.delete', act, parts, async (id, now) => {
      const change = await parts.store.end(id, 'deleted', { ...act, ...now });
      switch (change.kind) {
        case 'done':
          return { result: 'deleted' };
        case 'not-held':
          return { result: change.kind, why: change.isClaimed ? 'being released' : change.state };
        case 'unknown':
          return { result: change.kind, why: '' };
        case 'failed':
          return { result: change.kind, why: change.detail };
      }
    }),
  };
}

/** What an act did to one record; `why` where it did not what was asked. */
interface ActResult {
  readonly result: string;
  readonly why?: string;
}

type ActOnRecord = (id: string, now: Pick<RecordAct, 'atMs'>) => Promise<ActResult>;

/** Nothing is done to a record before the audit log has it; what came of it follows, with the number of that entry. */
function auditedWork(
  act: string,
  { by, why }: RecordAct,
  { audit, nowMs }: BulkParts,
  perform: ActOnRecord,
): RecordWork['begin'] {
  return (task) => {
    const append = (id: string, detail: AuditAct['detail']): ReturnType<AuditLog['append']> =>
      audit.append({ atMs: nowMs(), by, role: 'task', act, target: id, detail: { task, ...detail } });
    const each = async ({ id }: { readonly id: string }): Promise<RecordResult> => {
      const announced = await append(id, { why });
      if (announced.kind === 'failed') return noted(id, { result: 'not-audited', why: announced.detail });
      const result = await perform(id, { atMs: nowMs() });
      await append(id, { of: announced.number, ...result });
      return noted(id, result);
    };
    return Promise.resolve({ ok: true, steps: { each, close: () => Promise.resolve() } });
  };
}

function noted(id: string, { result, why }: ActResult): RecordResult {
  return why === undefined ? { result } : { result, note: { id, result, why } };
}

function whyNot(result: Exclude<ReleaseResult, { readonly kind: 'released' }>): string {
  switch (result.kind) {
    case 'approval-noted':
      return `agreed: ${result.approvals.join(', ')}`;
    case 'still-bad':
      return result.reasons.join(', ');
    case 'mmsc-failed':
    case 'failed':
      return result.detail;
    case 'mmsc-refused':
      return result.status;
    case 'not-held':
      return result.state;
    case 'unknown':
      return '';
  }
}
