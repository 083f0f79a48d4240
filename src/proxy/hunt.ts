/** Looks at what is held with other rules: the retro-hunt, as work of a task. */
import type { ScanReport } from '../inspection/scan-outcome.ts';
import type { Decision } from '../policy/decision.ts';
import type { BodyScanner } from '../scanning/scan-pool.ts';
import type { QuarantineStore, RecordAct, RecordFilter } from '../storage/quarantine-store.ts';
import {
  hasBody,
  reasonCodes,
  rejudge,
  type JudgeParts,
  type Judgement,
  type RecordWithBody,
} from './rejudge.ts';
import type { RecordResult } from './task-progress.ts';
import type { RecordWork, WorkStart } from './task-run.ts';

/** A scanner for one hunt, or what is wrong with its rules. */
export type HuntScanner =
  | { readonly ok: true; readonly scanner: BodyScanner; close(): Promise<void> }
  | { readonly ok: false; readonly problems: readonly string[] };

/** What hunts work with. */
export interface HuntParts extends JudgeParts {
  readonly store: Pick<QuarantineStore, 'get'>;
  /** Opens the rules of now together with those of a folder. Rejects only for bugs. */
  readonly openRules: (folder: string, signal: AbortSignal) => Promise<HuntScanner>;
}

/** Messages of a hunt that are scanned at the same time: those on their way must not wait for it. */
export const HUNT_SCANS_AT_ONCE = 2;

/** Codes of one record that a hunt tells of. */
export const HUNT_CODES_MAX = 20;

/** Problems with rules that a hunt tells of. */
export const HUNT_PROBLEMS_MAX = 20;

/**
 * Work that scans each record, and tells of those whose action, reasons or matches are not what they were. What was not
 * scanned this time, by a timeout or the like, is counted and says nothing.
 */
export function hunt(
  filter: RecordFilter,
  act: RecordAct & { readonly rules?: string },
  parts: HuntParts,
): RecordWork {
  const begin = async (_task: string, signal: AbortSignal): Promise<WorkStart> => {
    const rules = await scannerOf(act.rules, parts, signal);
    if (!rules.ok) return { ok: false, problems: rules.problems.slice(0, HUNT_PROBLEMS_MAX) };
    const judge = { scanner: rules.scanner, settings: parts.settings };
    return {
      ok: true,
      steps: { each: ({ id }) => compare(id, parts.store, judge), close: () => rules.close() },
    };
  };
  return { kind: 'retro-hunt', filter, act, atOnce: HUNT_SCANS_AT_ONCE, begin };
}

async function scannerOf(
  folder: string | undefined,
  { scanner, openRules }: HuntParts,
  signal: AbortSignal,
): Promise<HuntScanner> {
  if (folder !== undefined) return openRules(folder, signal);
  return { ok: true, scanner, close: () => Promise.resolve() };
}

async function compare(id: string, store: HuntParts['store'], judge: JudgeParts): Promise<RecordResult> {
  const found = await store.get(id);
  if (found.kind !== 'found') return { result: found.kind };
  const record = found.value;
  if (!hasBody(record)) return { result: 'no-content' };
  const judgement = await rejudge(record, judge);
  return isScanned(judgement) ? difference(record, judgement) : { result: 'not-scanned' };
}

/** False for a scan that ended without a look, and not by what the message is. */
function isScanned({ outcome }: Judgement): boolean {
  if (outcome.kind !== 'not-inspected') return outcome.kind !== 'cancelled';
  return outcome.report !== undefined || outcome.gaps.every(({ reason }) => !PASSING.has(reason));
}

const PASSING: ReadonlySet<string> = new Set(['timeout', 'queue-full', 'crashed', 'rules-missing']);

function difference(record: RecordWithBody, { outcome, decision }: Judgement): RecordResult {
  const report = 'report' in outcome ? outcome.report : undefined;
  const was = codesOf(record.decision, record.report);
  const now = codesOf(decision, report);
  const added = [...now].filter((code) => !was.has(code));
  const gone = [...was].filter((code) => !now.has(code));
  const isSame = decision.action === record.decision.action && added.length + gone.length === 0;
  if (isSame) return { result: 'unchanged' };
  return {
    result: 'changed',
    note: {
      id: record.id,
      was: record.decision.action,
      now: decision.action,
      added: added.slice(0, HUNT_CODES_MAX),
      gone: gone.slice(0, HUNT_CODES_MAX),
    },
  };
}

/** What counted in a decision, and every rule that matched. */
function codesOf(decision: Decision, report: ScanReport | undefined): ReadonlySet<string> {
  const matches = (report?.matches ?? []).map(({ namespace, rule }) => `${namespace}:${rule}`);
  return new Set([...reasonCodes(decision), ...matches]);
}
