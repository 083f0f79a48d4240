/** A YARA rule that matched, as policy and analysts see it. */
import type { Severity } from './finding.ts';

/** What a rule is run on: the `target` in its metadata. */
export const RULE_TARGETS = ['part', 'text', 'archive-member', 'pdu'] as const;

/** One of `RULE_TARGETS`. */
export type RuleTarget = (typeof RULE_TARGETS)[number];

/** Where a pattern of a rule stood in its target. */
export interface PatternMatch {
  /** As in the rule, with its dollar sign. */
  readonly pattern: string;
  readonly offset: number;
  readonly length: number;
}

/** One rule that matched one target. */
export interface RuleMatch {
  readonly rule: string;
  readonly namespace: string;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  /** From the rule's score, or its `severity` where it has no score; `medium` when it has neither. */
  readonly severity: Severity;
  readonly target: RuleTarget;
  /** Number of the part in reading order; undefined for the PDU. */
  readonly part: number | undefined;
  /** Number of the archive member inside the part, from 0; undefined for what is not in an archive. */
  readonly member: number | undefined;
  /** The first matches of the rule's patterns, bounded. */
  readonly patterns: readonly PatternMatch[];
}
