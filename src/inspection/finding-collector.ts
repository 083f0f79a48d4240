/** Keeps what detectors report, within bounds that no message can stretch. */
import { SEVERITIES, type Finding, type FindingTable, type ReportDetail, type Severity } from './finding.ts';
import type { Gap } from './scan-outcome.ts';

/** Findings kept of one message. */
export const FINDINGS_MAX = 256;

/** Findings kept of one code in one part: a flood of one thing must not displace another. */
export const FINDINGS_PER_CODE_MAX = 8;

/** Gaps kept of one message. */
export const GAPS_MAX = 32;

/** Collects the findings of one message, and the gaps that they mean. */
export class FindingCollector {
  readonly #findings: Finding[] = [];
  readonly #gaps: Gap[] = [];
  readonly #counts = new Map<string, number>();

  /**
   * Keeps one finding of a detector's table. Of one code and part only the first few are kept, and over all the worst:
   * a late critical finding takes the place of an early mild one.
   */
  add<Code extends string>(
    table: FindingTable<Code>,
    code: Code,
    part: number | undefined,
    detail: ReportDetail = {},
  ): void {
    const place = `${code} ${part ?? ''}`;
    const count = this.#counts.get(place) ?? 0;
    if (count >= FINDINGS_PER_CODE_MAX) return;
    this.#counts.set(place, count + 1);
    const { severity, description, gap } = table[code];
    const { offset, evidence = {} } = detail;
    if (gap !== undefined) this.addGap({ reason: gap, code, part, offset });
    this.#findings.push({ code, severity, description, part, offset, evidence });
    if (this.#findings.length >= 2 * FINDINGS_MAX) this.#findings.splice(0, Infinity, ...this.worstFirst());
  }

  /** Notes that something was not looked into. Of many gaps the first are kept: one is as bad as all. */
  addGap(gap: Gap): void {
    if (this.#gaps.length < GAPS_MAX) this.#gaps.push(gap);
  }

  /** What was not looked into. */
  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  /** What was kept, the worst first, else in the order of reporting. */
  worstFirst(): Finding[] {
    return this.#findings.toSorted(bySeverity).slice(0, FINDINGS_MAX);
  }
}

/** Orders the worse before the milder. */
export function bySeverity(
  one: { readonly severity: Severity },
  other: { readonly severity: Severity },
): number {
  return SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity);
}
