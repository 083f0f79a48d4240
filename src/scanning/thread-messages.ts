/** What the pool and its threads say to each other. All of it is plain data. */
import type { ScanOutcome } from '../inspection/scan-outcome.ts';
import type { RuleImage } from './rule-set.ts';
import type { ScanContext } from './scan-context.ts';
import type { ScanSettings } from './scan-settings.ts';

/** What a thread is started with. */
export interface ThreadStart {
  readonly image: RuleImage;
  readonly ruleSetDigest: string;
  readonly settings: ScanSettings;
}

/** One scan: the octets are the first `length` of the slot. */
export interface ScanCommand {
  readonly length: number;
  /** The memory that both sides see; sent when it is new. */
  readonly slot: SharedArrayBuffer | undefined;
  readonly context: ScanContext;
}

/** What a thread says: once that it is ready, then one answer for each scan. */
export type ThreadReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'scanned'; readonly outcome: ScanOutcome; readonly scansLeft: number };
