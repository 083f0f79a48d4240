/** The contract of the track: what became of every message of the last days. */
import type { MessageType } from '../codec/mms-tokens.ts';
import type { Direction, PolicyAction } from '../policy/policy-settings.ts';
import type { Page, StoreResult } from './quarantine-store.ts';

/** How a message ended: every message ends in exactly one of these. */
export const MESSAGE_ENDS = [
  'forwarded',
  'stripped',
  'quarantined',
  'refused',
  'throttled',
  'failed',
] as const;

/** One of `MESSAGE_ENDS`. */
export type MessageEnd = (typeof MESSAGE_ENDS)[number];

/** One message in the track. No plain number, no text. */
export interface TrackedMessage {
  /** Of the exchange, and of its record in the quarantine. */
  readonly id: string;
  readonly atMs: number;
  readonly direction: Direction;
  readonly pduType: MessageType | undefined;
  readonly end: MessageEnd;
  /** More exactly why it ended so: a code of a refusal or failure; undefined for what was forwarded. */
  readonly code: string | undefined;
  /** What the policy said, and what it would have said with its shadow entries. */
  readonly action: PolicyAction;
  readonly shadowAction: PolicyAction;
  readonly profile: string;
  /** `code` of each reason, hardest first, at most `TRACKED_REASONS_MAX`. */
  readonly reasons: readonly string[];
  readonly bodyBytes: number;
  /** SHA-256 of the body, in hexadecimal. */
  readonly contentHash: string;
  /** Plain numbers: the track keeps only their pseudonyms. */
  readonly sender: string | undefined;
  readonly recipients: readonly string[];
  readonly ruleSetDigest: string | undefined;
  /** Milliseconds by stage. */
  readonly durationsMs: Readonly<Record<string, number>>;
  readonly totalMs: number;
}

/** Reasons kept of one message. */
export const TRACKED_REASONS_MAX = 16;

/** A tracked message as lists show it: `sender` and `recipients` are pseudonyms. */
export type TrackEntry = TrackedMessage;

/** What lists are narrowed by; all that is there must fit. `fromMs` itself fits, `toMs` does not. */
export interface TrackFilter {
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly direction?: Direction;
  readonly end?: MessageEnd;
  readonly action?: PolicyAction;
  /** A plain number or address, of the sender or a recipient: it is looked for by its pseudonym. */
  readonly number?: string;
  readonly pseudonym?: string;
  readonly reason?: string;
  readonly contentHash?: string;
}

/** How many messages ended how, over a time. */
export type EndCounts = Readonly<Record<MessageEnd, number>>;

/** The track. Nothing rejects but for bugs. */
export interface MessageTrack {
  /**
   * Notes a message. It returns at once and writes in batches: a message must not wait for its track. What finds no room
   * in the buffer, or could not be written, is counted in `lost`.
   */
  note(message: TrackedMessage): void;
  /** Resolves when everything that was noted before is written, or lost. */
  flush(): Promise<void>;
  readonly lost: number;
  list(
    filter: TrackFilter,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<StoreResult<Page<TrackEntry>>>;
  get(id: string): Promise<StoreResult<readonly TrackEntry[]>>;
  counts(filter: TrackFilter): Promise<StoreResult<EndCounts>>;
  /** Forgets what is older; tells how many. */
  prune(beforeMs: number): Promise<StoreResult<number>>;
}
