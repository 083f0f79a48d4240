/** The contract of the quarantine: what is kept of a message that was stopped, and what may become of it. */
import type { MessageType } from '../codec/mms-tokens.ts';
import type { Severity } from '../inspection/finding.ts';
import type { ScanReport, Gap } from '../inspection/scan-outcome.ts';
import type { Decision } from '../policy/decision.ts';
import type { Direction } from '../policy/policy-settings.ts';
import type { SqlFailureCode } from './sql-database.ts';

/** Where a message stands. It leaves `held` once, and never comes back. */
export const HELD_STATES = ['held', 'released', 'deleted', 'expired'] as const;

/** One of `HELD_STATES`. */
export type HeldState = (typeof HELD_STATES)[number];

/** The plain numbers and addresses of a message. They are stored sealed. */
export interface Envelope {
  /** As the gateway or the MMSC gave it; undefined when nobody did. */
  readonly sender: string | undefined;
  /** The From field, when it holds an address. */
  readonly from: string | undefined;
  /** To, Cc and Bcc. */
  readonly recipients: readonly string[];
}

/** What is needed to send a message on as the proxy would have, or to answer the fetch of one. Stored sealed. */
export interface HttpRequestFacts {
  readonly method: string;
  /** Host and port of the MMSC as handsets name it, lower case. */
  readonly authority: string;
  readonly path: string;
  /** Names and values in turn: those that the proxy sends on. */
  readonly headers: readonly string[];
  /**
   * Values of the Content-Encoding headers that the body came with. Absent: those among `headers`, which are the body's
   * own where it was posted, and the fetch's where it was fetched.
   */
  readonly contentEncodings?: readonly string[];
  /** Name of the listener that it came in by; absent: the first one. */
  readonly listener?: string;
}

/** What who sent or fetched the message was told. */
export type SenderTold = 'refused' | 'accepted' | 'notice' | 'try-later';

/** What is known of a message when it is stopped. */
export interface NewRecord {
  /** Of the exchange: a UUID. */
  readonly id: string;
  readonly atMs: number;
  readonly expiresAtMs: number;
  readonly direction: Direction;
  readonly pduType: MessageType | undefined;
  /** The octets as they came: content encodings and all. */
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
  readonly envelope: Envelope;
  readonly http: HttpRequestFacts;
  readonly decision: Decision;
  /** The worst severity among findings and matches. */
  readonly severity: Severity;
  readonly report: ScanReport | undefined;
  readonly gaps: readonly Gap[];
  readonly ruleSetDigest: string | undefined;
  /** Of mmsguard and of the engine. */
  readonly versions: Readonly<Record<string, string>>;
  readonly told: SenderTold;
}

/** Who did what to a record, when and why. */
export interface RecordAct {
  readonly atMs: number;
  /** Name of the token, or `mmsguard` for what the program does by itself. */
  readonly by: string;
  readonly why: string;
}

/** A record as lists show it: no plain number, no content. */
export interface RecordSummary extends Pick<
  NewRecord,
  'id' | 'atMs' | 'expiresAtMs' | 'direction' | 'pduType' | 'severity' | 'decision' | 'ruleSetDigest' | 'told'
> {
  readonly state: HeldState;
  readonly bodyBytes: number;
  /** SHA-256 of the body, in hexadecimal. */
  readonly contentHash: string;
  /** Keyed pseudonyms: the same number gives the same one. */
  readonly sender: string | undefined;
  readonly recipients: readonly string[];
  /** The act that ended `held`; undefined while it is held. */
  readonly ended: RecordAct | undefined;
  /** Names of those who have agreed to a release that needs two. */
  readonly approvals: readonly string[];
}

/** Everything: for those who may see it. The body is undefined once the record was deleted or has expired. */
export interface FullRecord extends RecordSummary, Omit<NewRecord, keyof RecordSummary | 'body'> {
  readonly body: Uint8Array | undefined;
}

/** What lists are narrowed by; all that is there must fit. */
export interface RecordFilter {
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly state?: HeldState;
  readonly direction?: Direction;
  readonly severity?: Severity;
  /** A plain number or address, of the sender or a recipient: it is looked for by its pseudonym. */
  readonly number?: string;
  readonly pseudonym?: string;
  /** A `namespace:rule`, or a code of a finding or gap, among the reasons. */
  readonly reason?: string;
  readonly contentHash?: string;
}

/** A page of a list, newest first; `next` goes on behind it and is undefined at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** A limit that is reached. */
export type QuarantineLimit = 'records' | 'bytes';

/** A failure of the database, or of a key: a record sealed with a key that is not there. */
export interface StoreFailure {
  readonly kind: 'failed';
  readonly code: SqlFailureCode | 'key-missing' | 'seal-broken';
  readonly detail: string;
}

/** How holding a message ended. Anything but `held`: it is not stored. */
export type HoldResult =
  { readonly kind: 'held' } | { readonly kind: 'full'; readonly limit: QuarantineLimit } | StoreFailure;

/** How a change ended. */
export type ChangeResult =
  | { readonly kind: 'done' }
  /** It was not held any more, or somebody else is releasing it; `state` says how it stands. */
  | { readonly kind: 'not-held'; readonly state: HeldState; readonly isClaimed: boolean }
  | { readonly kind: 'unknown' }
  | StoreFailure;

/** A value, or why there is none. */
export type StoreResult<T> =
  { readonly kind: 'found'; readonly value: T } | { readonly kind: 'unknown' } | StoreFailure;

/** What is held, for metrics and limits. */
export interface QuarantineStats {
  readonly records: Readonly<Record<HeldState, number>>;
  /** Octets of bodies as stored: of equal ones once. */
  readonly bytes: number;
  /** Of those that are held. */
  readonly oldestMs: number | undefined;
}

/** The quarantine. Nothing rejects but for bugs. */
export interface QuarantineStore {
  /** Stores a message; when it resolves with `held`, it is durable. */
  hold(record: NewRecord): Promise<HoldResult>;
  list(
    filter: RecordFilter,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<StoreResult<Page<RecordSummary>>>;
  get(id: string): Promise<StoreResult<FullRecord>>;
  /** Notes that `by` agrees to the release; tells everybody who has. One voice a name. */
  approve(id: string, act: RecordAct): Promise<StoreResult<readonly string[]>>;
  /**
   * Reserves a held record for one release, so that two make one delivery. The claim of a process that died runs out
   * after `CLAIM_MS`.
   */
  claim(id: string, act: RecordAct): Promise<ChangeResult>;
  /** Gives up a claim: the record is held again. */
  unclaim(id: string): Promise<ChangeResult>;
  /** Ends `held`. `released` needs a claim before; the others need that there is none. `deleted` and `expired` wipe the body. */
  end(id: string, state: Exclude<HeldState, 'held'>, act: RecordAct): Promise<ChangeResult>;
  /** The newest released inbound message of a URL, as long as it has not expired. */
  releasedAt(authority: string, path: string): Promise<StoreResult<FullRecord>>;
  /** Ends what has outlived `expiresAtMs`, and wipes bodies of what was released that long ago; tells how many. */
  expire(nowMs: number): Promise<StoreResult<number>>;
  stats(): Promise<StoreResult<QuarantineStats>>;
}

/** For how long a record is reserved for one release: longer than a delivery to the MMSC may take. */
export const CLAIM_MS = 5 * 60_000;
