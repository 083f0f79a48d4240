/** What a family of rules is tried on. */
import type { Externals } from '../../src/scanning/externals.ts';

/** Something to scan. */
export interface Sample {
  /** What it is, in a few words. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly externals?: Partial<Externals>;
  /** Other rules that are right to match it as well. */
  readonly also?: readonly string[];
}

/** Something that a rule must match, and what takes one of its preconditions away, so that it must not match. */
export interface Positive extends Sample {
  readonly flips: readonly Sample[];
}

/** What one rule is tried on: it must match each positive, no flip, and no look-alike. */
export interface RuleSamples {
  readonly positives: readonly Positive[];
  readonly lookAlikes: readonly Sample[];
}

/** Samples by the name of the rule: one of these for each file of rules, with the same name. */
export type FamilySamples = Readonly<Record<string, RuleSamples>>;
