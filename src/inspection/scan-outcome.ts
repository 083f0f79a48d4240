/** What is known of a body after it was scanned: plain data, which crosses threads and is kept. */
import type { Anomaly } from '../codec/deviations.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import type { MessageType } from '../codec/mms-tokens.ts';
import type { Finding, GapReason } from './finding.ts';
import type { RuleMatch } from './rule-match.ts';

/** Why a body, or a piece of it, was not looked into. What was not looked into is never clean. */
export type NotInspectedReason =
  /** The scan took longer than its deadline, and its thread was ended. */
  | 'timeout'
  /** There was no room in the queue, or no thread became free in time. */
  | 'queue-full'
  /** The thread of the scan ended by itself. */
  | 'crashed'
  /** It is enciphered; a limit was reached; or it should be a message, a multipart or an encoding, and is none. */
  | GapReason
  /** No thread has a rule set. */
  | 'rules-missing';

/** One thing that was not looked into. */
export interface Gap {
  readonly reason: NotInspectedReason;
  /** More exactly why: a `DecodeErrorCode`, or a code of what was met. */
  readonly code: string;
  /** Number of the part in reading order; undefined for the whole. */
  readonly part: number | undefined;
  readonly offset: number | undefined;
}

/** What an answer to a PDU, and a policy, need to know of it. */
export interface PduFacts {
  readonly type: MessageType;
  readonly headers: Pick<MmsHeaders, 'transactionId' | 'version' | 'from' | 'date'>;
  /** To, Cc and Bcc, as they stand. */
  readonly recipients: readonly string[];
}

/** What a policy needs to know of a part. */
export interface PartFacts {
  /** By content; undefined when nothing is recognised. */
  readonly family: string | undefined;
  /** Media types, lower case: of the label, and by content; '' where there is none. */
  readonly declaredType: string;
  readonly sniffedType: string;
  readonly octets: number;
}

/** What was found in a PDU that could be read. */
export interface ScanReport {
  readonly pdu: PduFacts;
  /** What decoding tolerated. Each is among the findings, too. */
  readonly anomalies: readonly Anomaly[];
  /** The worst first; bounded, see `FINDINGS_MAX`. */
  readonly findings: readonly Finding[];
  /** The worst first. */
  readonly matches: readonly RuleMatch[];
  /** In reading order: a finding's `part` is a place in this list. */
  readonly parts: readonly PartFacts[];
  /** SHA-256 of the rule set that was run, in hexadecimal: always one set for one report. */
  readonly ruleSetDigest: string;
}

/** How a scan ended. */
export type ScanOutcome =
  /** Everything was looked into. Nothing may have been found. */
  | { readonly kind: 'inspected'; readonly report: ScanReport }
  /** Something was not; `report` says what the rest held, where there is a rest. */
  | {
      readonly kind: 'not-inspected';
      readonly gaps: readonly [Gap, ...Gap[]];
      readonly report: ScanReport | undefined;
      /** True for content that ended its thread, or its time, so often that it is not tried again. */
      readonly isPoison: boolean;
    }
  /** An answer that is no MMS message and does not claim to be one: text, HTML, nothing. */
  | { readonly kind: 'not-a-pdu' }
  /** Whoever wanted the scan went away before it began. */
  | { readonly kind: 'cancelled' };
