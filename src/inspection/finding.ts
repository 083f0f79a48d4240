/** What a detector reports, and the tables that say what each report means. Detectors report; only policy decides. */

/** How bad a finding is by itself, mildest first. `info` is a fact for the analyst and never a suspicion. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;

/** One of `SEVERITIES`. */
export type Severity = (typeof SEVERITIES)[number];

/** Why a piece of a message cannot be looked into, as far as looking at it tells. */
export type GapReason = 'encrypted' | 'over-limit' | 'undecodable';

/** One row of a detector's table: what the code means to an analyst, in one sentence without a value from the message. */
export interface FindingKind {
  readonly severity: Severity;
  readonly description: string;
  /** Set where the finding means that something was not looked into: the message then is not inspected, whatever else. */
  readonly gap?: GapReason;
}

/** Kebab-case codes of one detector, each with its row. */
export type FindingTable<Code extends string = string> = Readonly<Record<Code, FindingKind>>;

/**
 * The values that made the detector speak: numbers, and short fixed words of a format (a box type, a chunk name). Never
 * text of the message, an address, or a file name.
 */
export type Evidence = Readonly<Record<string, string | number | boolean>>;

/** Where a report points, and why. */
export interface ReportDetail {
  /** Octets from the start of the part as the handset sees it; from the start of the PDU for what is not in a part. */
  readonly offset?: number | undefined;
  readonly evidence?: Evidence;
}

/** Given to a detector to speak with. It bounds what is kept; a detector may call it as often as it likes. */
export type Report<Code extends string> = (code: Code, detail?: ReportDetail) => void;

/** One thing that was found in a message. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** The row's sentence, for an analyst. */
  readonly description: string;
  /** Number of the part in reading order, from 0; undefined for the PDU as a whole. */
  readonly part: number | undefined;
  readonly offset: number | undefined;
  readonly evidence: Evidence;
}
