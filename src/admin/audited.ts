/** Writes an act down before it is done, and then what came of it. */
import type { AuditAct, AuditLog } from '../storage/audit-log.ts';
import type { Caller } from './access.ts';
import type { AdminParts } from './admin-parts.ts';
import type { Answer, AuditDetail, AuditNote } from './admin-route.ts';
import { apiError } from './api-error.ts';

/** What an audited act works with. */
export interface AuditedParts extends Pick<AdminParts, 'now' | 'onUnaudited'> {
  readonly audit: Pick<AuditLog, 'append'>;
  readonly caller: Caller;
}

/**
 * Carries out an act between two entries: what is about to be done, and by `of` its number, what came of it. When the
 * first cannot be written, nothing is done. When the second cannot, the act is done: `onUnaudited` is told.
 */
export async function audited(
  note: AuditNote,
  carryOut: () => Promise<Answer>,
  { audit, caller, now, onUnaudited }: AuditedParts,
): Promise<Answer> {
  const act = (detail: AuditDetail): AuditAct => {
    return { ...note, atMs: now(), by: caller.name, role: caller.role, detail };
  };
  const begun = await audit.append(act(note.detail));
  if (begun.kind === 'failed') return apiError('audit-unavailable', { details: { detail: begun.detail } });
  const end = async (result: AuditDetail): Promise<void> => {
    const ended = act({ of: begun.number, ...result });
    const written = await audit.append(ended);
    if (written.kind === 'failed') onUnaudited(ended, written);
  };
  let answer: Answer;
  try {
    answer = await carryOut();
  } catch (error) {
    await end({ result: 'internal-error' });
    throw error;
  }
  await end(resultOf(answer));
  return answer;
}

function resultOf(answer: Answer): AuditDetail {
  if (answer.kind === 'error') return { result: answer.code };
  return { result: 'done', ...(answer.kind === 'json' && answer.noted) };
}
