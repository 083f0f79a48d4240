/** The contract of the acts on held messages: `proxy` carries them out, the admin side asks for them. */
import type { ScanOutcome } from '../inspection/scan-outcome.ts';
import type { RecordAct, RecordFilter, StoreFailure } from './quarantine-store.ts';
import type { Task } from './task-list.ts';

/** How a release is asked for. */
export interface ReleaseRequest extends RecordAct {
  /** Release although today's rules would stop it again. */
  readonly force: boolean;
}

/** How a release ended. */
export type ReleaseResult =
  /** The MMSC took it, or the next fetch of its URL gets it; `announced` when a push went to the recipient. */
  | {
      readonly kind: 'released';
      readonly messageId: string | undefined;
      readonly announced: boolean;
      /** Why no push went to the recipient of an inbound message. */
      readonly unannounced?: string;
    }
  /** Another person must agree first; the names of those who have. */
  | { readonly kind: 'approval-noted'; readonly approvals: readonly string[] }
  /** Today's rules and policy would stop it again: nothing was done. */
  | { readonly kind: 'still-bad'; readonly reasons: readonly string[] }
  /** The MMSC did not take it: it is held as before. */
  | { readonly kind: 'mmsc-failed'; readonly detail: string }
  /** The MMSC refused it: it is held as before. */
  | { readonly kind: 'mmsc-refused'; readonly status: string }
  /** It is not held any more, or is being released. */
  | { readonly kind: 'not-held'; readonly state: string }
  | { readonly kind: 'unknown' }
  | StoreFailure;

/** What came of scanning a held message with the rules of now. */
export type RescanResult =
  | {
      readonly kind: 'scanned';
      readonly outcome: ScanOutcome;
      readonly action: string;
      readonly reasons: readonly string[];
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'no-content' }
  | StoreFailure;

/** The acts on held messages. Each is idempotent: asked for twice, it is done once. */
export interface QuarantineService {
  release(id: string, request: ReleaseRequest): Promise<ReleaseResult>;
  rescan(id: string): Promise<RescanResult>;
  /** Releases everything held that fits: `reason` and `fromMs` undo a rule. */
  releaseAll(filter: RecordFilter, request: ReleaseRequest): Promise<Task | StoreFailure>;
  deleteAll(filter: RecordFilter, act: RecordAct): Promise<Task | StoreFailure>;
  /** Scans everything held that fits with the rules of now, or with those of a folder beside them. */
  hunt(filter: RecordFilter, act: RecordAct & { readonly rules?: string }): Promise<Task | StoreFailure>;
  /** Ends a task at its next record; false when there is none that runs. */
  cancelTask(id: string): boolean;
}
