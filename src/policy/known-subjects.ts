/** Everything by name that a policy could ever judge, to check a policy without a message. */
import { ANOMALY_FINDINGS } from '../inspection/anomaly-findings.ts';
import { FINDINGS } from '../inspection/detectors.ts';
import type { GapReason, Severity } from '../inspection/finding.ts';
import { PROTOCOL_FINDINGS } from '../inspection/protocol-detector.ts';
import type { RuleTarget } from '../inspection/rule-match.ts';
import { SIZE_FINDINGS } from '../inspection/size-detector.ts';
import { DEFAULT_POLICY } from './default-policy.ts';
import type { UninspectedReason } from './policy-settings.ts';
import type { Subject } from './subject.ts';

/** What a policy may know of a rule that is loaded. */
export interface KnownRule {
  readonly rule: string;
  readonly namespace: string;
  readonly tags: readonly string[];
  readonly severity: Severity;
  /** Undefined for a rule that gives none. */
  readonly score: number | undefined;
  readonly targets: readonly RuleTarget[];
}

/** Findings that may also be about a part, beside those that are only about the PDU as a whole. */
const ABOUT_PARTS: ReadonlySet<string> = new Set([
  'address-control-characters',
  'part-too-large',
  'text-too-large',
] satisfies (keyof typeof PROTOCOL_FINDINGS | keyof typeof SIZE_FINDINGS)[]);

const ABOUT_PDU: ReadonlySet<string> = new Set(
  [ANOMALY_FINDINGS, PROTOCOL_FINDINGS, SIZE_FINDINGS]
    .flatMap((table) => Object.keys(table))
    .filter((code) => !ABOUT_PARTS.has(code)),
);

/** Every finding there is; `part` is 0 for one that may be about a part. */
export const KNOWN_FINDINGS: readonly Subject[] = Object.entries(FINDINGS).map(([code, { severity }]) => ({
  kind: 'finding',
  code,
  severity,
  part: ABOUT_PDU.has(code) ? undefined : 0,
}));

/** Reasons for which a part alone may be left out; any other is about the PDU as a whole. */
const IN_PARTS: ReadonlySet<UninspectedReason> = new Set<GapReason>([
  'encrypted',
  'over-limit',
  'undecodable',
]);

/** A gap for each reason; `part` is 0 for one that may be about a part. */
export const KNOWN_GAPS: readonly Subject[] = Object.keys(DEFAULT_POLICY.fallback.notInspected)
  .map((reason) => reason as UninspectedReason)
  .map((reason) => ({
    kind: 'not-inspected',
    code: reason,
    reason,
    severity: undefined,
    part: IN_PARTS.has(reason) ? 0 : undefined,
  }));

/** A match of a rule; `part` is 0 for one that may match in a part. */
export function knownMatch({ rule, namespace, tags, severity, score, targets }: KnownRule): Subject {
  const part = targets.every((target) => target === 'pdu') ? undefined : 0;
  return { kind: 'rule', code: `${namespace}:${rule}`, rule, namespace, tags, score, severity, part };
}
