import type { DeviationCode } from '../codec/deviations.ts';
import type { MessageType } from '../codec/mms-tokens.ts';
import type { Severity } from '../inspection/finding.ts';
import type { NotInspectedReason, ScanOutcome } from '../inspection/scan-outcome.ts';
import type { Decision, DecisionReason } from '../policy/decision.ts';
import type { QuarantineLimit, SenderTold } from '../storage/quarantine-store.ts';
import type { UpstreamFailureCode } from './forwarder.ts';
import type { FramingRefusalCode } from './framing.ts';
import type { TargetRefusalCode } from './target.ts';

/** Where the cause of an outcome lies. */
export type Side = 'handset' | 'mmsc' | 'proxy';

/** Why the proxy did not let a message or an answer pass. */
export type RefusalCode =
  | FramingRefusalCode
  | TargetRefusalCode
  | 'expectation-unknown'
  /** What was announced is not there any more, or never was. */
  | 'not-released'
  /** The request body is over the byte limit, declared or received. */
  | 'body-too-large'
  /** No room in the shared byte budget. */
  | 'overloaded'
  /** The message, or the answer, holds what is not accepted. */
  | 'content'
  /** The message, or the answer, could not be inspected and the setting says refuse. */
  | 'not-inspected';

/** Why a message was not taken for now. */
export type ThrottleCode =
  /** The policy says so. */
  | 'policy'
  /** It should have been kept, there was no room, and the setting says throttle. */
  | 'quarantine-full'
  /** It should have been kept and could not be, and the setting says throttle. */
  | 'quarantine-failed';

/** Why an exchange came to no good end although nothing was refused. */
export type FailureCode =
  | UpstreamFailureCode
  /** The request body did not arrive in time. */
  | 'body-too-slow'
  /** The handset closed its connection, or did not take its answer in time. */
  | 'handset-gone'
  /** A bug; the error went to `unexpectedError`. */
  | 'internal-error';

/** How an exchange ended: each in exactly one of these. */
export type Outcome =
  | { readonly kind: 'forwarded' }
  /** It passed without some of its parts. */
  | { readonly kind: 'stripped'; readonly side: Side }
  /** It is kept; the code says what its sender, or who fetched it, was told. */
  | { readonly kind: 'quarantined'; readonly code: SenderTold; readonly side: Side }
  | { readonly kind: 'throttled'; readonly code: ThrottleCode; readonly side: Side }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly side: Side }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly side: Side };

/** What came of trying to keep a message. */
export type QuarantineNote =
  | { readonly kind: 'held' }
  | { readonly kind: 'full'; readonly limit: QuarantineLimit }
  | { readonly kind: 'failed'; readonly detail: string }
  /** There is no quarantine. */
  | { readonly kind: 'absent' };

/** What is told of a decision. */
export interface DecisionRecord extends Pick<
  Decision,
  'profile' | 'action' | 'isEnforced' | 'shadowAction' | 'stripParts'
> {
  /** Each once, the hardest first. */
  readonly reasons: readonly Pick<DecisionReason, 'kind' | 'code' | 'entry' | 'action' | 'isShadow'>[];
}

/** What is known of the body that went one way. No numbers, no text, no identifiers of a message. */
export interface BodyRecord {
  /** Octets received. */
  readonly bodyBytes: number;
  readonly pduType: MessageType | undefined;
  /** How its scan ended; undefined for one that was not scanned. */
  readonly scan: ScanOutcome['kind'] | undefined;
  /** What was not looked into, each once. */
  readonly gaps: readonly { readonly reason: NotInspectedReason; readonly code: string }[];
  /** True for content that is not tried again. */
  readonly isPoison: boolean;
  /** Codes of what was found, each once, the worst first. */
  readonly findings: readonly { readonly code: string; readonly severity: Severity }[];
  /** Rules that matched, each once, the worst first. */
  readonly matches: readonly {
    readonly rule: string;
    readonly namespace: string;
    readonly severity: Severity;
  }[];
  /** What was decided of it; undefined when nothing was. */
  readonly decision: DecisionRecord | undefined;
  /** What came of trying to keep it; undefined when nobody tried. */
  readonly quarantine: QuarantineNote | undefined;
  /** Why parts could not be taken out of it; undefined when they could, or nobody tried. */
  readonly unstripped: string | undefined;
  /** Of the rule set that was run. */
  readonly ruleSetDigest: string | undefined;
  /** Deviations that decoding tolerated, each once. */
  readonly anomalies: readonly DeviationCode[];
}

/** The record of a body that was not there. */
export const NO_BODY: BodyRecord = {
  bodyBytes: 0,
  pduType: undefined,
  scan: undefined,
  gaps: [],
  isPoison: false,
  findings: [],
  matches: [],
  decision: undefined,
  quarantine: undefined,
  unstripped: undefined,
  ruleSetDigest: undefined,
  anomalies: [],
};

/** Milliseconds spent in each step; a step that did not end is absent. */
export interface StageDurations {
  receive?: number;
  inspectRequest?: number;
  settleRequest?: number;
  mmsc?: number;
  inspectReply?: number;
  settleReply?: number;
  answer?: number;
}

/** All that is told of one exchange. */
export interface ExchangeRecord {
  readonly id: string;
  readonly method: string;
  readonly outcome: Outcome;
  /** The HTTP status that the handset was sent; 0 when it was sent none. */
  readonly status: number;
  /** Handset to MMSC. */
  readonly outbound: BodyRecord;
  /** MMSC to handset. An answer that the proxy made itself is not in it. */
  readonly inbound: BodyRecord;
  readonly durationsMs: Readonly<StageDurations>;
  readonly totalMs: number;
}

/** Why a connection ended without, or beside, an exchange. */
export type ConnectionRefusalCode =
  | 'too-many-connections'
  | 'too-many-pipelined'
  | 'malformed-request'
  | 'header-too-large'
  | 'header-too-slow'
  | 'connect-method'
  | 'tls-failed'
  | 'accept-failed';

/** Is told what happens. Metrics and log implement it; the proxy imports neither. It must not be slow. */
export interface ExchangeObserver {
  /** Once for every exchange, on every path, after its answer was written. */
  exchangeDone(record: ExchangeRecord): void;
  connectionRefused(code: ConnectionRefusalCode): void;
  /** A bug. `exchangeId` is that of the exchange that it broke. */
  unexpectedError(error: unknown, exchangeId: string): void;
}

/** One observer that tells all of them. */
export function allObservers(observers: readonly ExchangeObserver[]): ExchangeObserver {
  return {
    exchangeDone: (record) => {
      for (const observer of observers) observer.exchangeDone(record);
    },
    connectionRefused: (code) => {
      for (const observer of observers) observer.connectionRefused(code);
    },
    unexpectedError: (error, exchangeId) => {
      for (const observer of observers) observer.unexpectedError(error, exchangeId);
    },
  };
}

/** An observer that never throws: an error inside `observer` is dropped, because no exchange may fail for it. */
export function shielded(observer: ExchangeObserver): ExchangeObserver {
  const quietly = (tell: () => void): void => {
    try {
      tell();
    } catch {
      // The observer is where errors are reported; there is nobody to tell that it failed itself.
    }
  };
  return {
    exchangeDone: (record) => {
      quietly(() => {
        observer.exchangeDone(record);
      });
    },
    connectionRefused: (code) => {
      quietly(() => {
        observer.connectionRefused(code);
      });
    },
    unexpectedError: (error, exchangeId) => {
      quietly(() => {
        observer.unexpectedError(error, exchangeId);
      });
    },
  };
}
