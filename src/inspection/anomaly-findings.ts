/** The codec's deviations as findings: each under its own code, so that policy can judge it. */
import { DEVIATIONS, type DeviationCode } from '../codec/deviations.ts';
import type { FindingKind, FindingTable, GapReason, Severity } from './finding.ts';

/** The finding code of a deviation. */
export type AnomalyFindingCode = `codec-${DeviationCode}`;

/**
 * How much each deviation may hide. `info`: spelled differently, read alike by all. `low`: seen in real traffic, and
 * decoders may differ in a header. `medium`: decoders may differ in what the content is.
 */
const SEVERITY: Readonly<Record<DeviationCode, Severity>> = {
  'message-type-not-first': 'medium',
  'header-missing': 'low',
  'duplicate-header': 'medium',
  'header-foreign': 'low',
  'header-octet-unassigned': 'medium',
  'header-unknown': 'low',
  'token-unassigned': 'low',
  'token-as-text': 'info',
  'media-type-malformed': 'low',
  'uintvar-overlong': 'low',
  'integer-overlong': 'info',
  'value-length-overlong': 'info',
  'value-length-as-octet': 'medium',
  'value-length-mismatch': 'medium',
  'text-not-ascii': 'info',
  'text-invalid': 'low',
  'text-quote': 'info',
  'text-nul-misplaced': 'medium',
  'text-control-characters': 'low',
  'uri-space': 'low',
  'quoted-string-unquoted': 'info',
  'duplicate-parameter': 'low',
  'parameter-malformed': 'low',
  'duplicate-part-header': 'low',
  'content-type-not-last': 'medium',
  'multipart-malformed': 'medium',
  'part-count-mismatch': 'low',
  'part-truncated': 'low',
  'trailing-bytes': 'medium',
};

/** Deviations after which content is left that we could not take apart. */
const GAPS: Partial<Readonly<Record<DeviationCode, GapReason>>> = { 'multipart-malformed': 'undecodable' };

function findingOf(code: DeviationCode): FindingKind {
  const { summary, risk } = DEVIATIONS[code];
  const gap = GAPS[code];
  const kind = { severity: SEVERITY[code], description: `${summary}: ${risk}` };
  return gap === undefined ? kind : { ...kind, gap };
}

/** One row for each deviation of the codec. */
export const ANOMALY_FINDINGS = Object.fromEntries(
  Object.keys(SEVERITY).map((code) => [`codec-${code}`, findingOf(code as DeviationCode)]),
) as FindingTable<AnomalyFindingCode>;
