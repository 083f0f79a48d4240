/** What a policy judges: findings, rule matches and gaps, each for itself. */
import type { Finding, Severity } from '../inspection/finding.ts';
import type { RuleMatch } from '../inspection/rule-match.ts';
import type { Gap, ScanOutcome } from '../inspection/scan-outcome.ts';
import type { UninspectedReason } from './policy-settings.ts';

/** One thing that an entry may fit. `part` is undefined for what is about the PDU as a whole. */
export type Subject =
  | {
      readonly kind: 'finding';
      readonly code: string;
      readonly severity: Severity;
      readonly part: number | undefined;
    }
  | {
      readonly kind: 'rule';
      /** `namespace:rule`. */
      readonly code: string;
      readonly rule: string;
      readonly namespace: string;
      readonly tags: readonly string[];
      /** Undefined for a rule that gives none. */
      readonly score: number | undefined;
      readonly severity: Severity;
      readonly part: number | undefined;
    }
  | {
      readonly kind: 'not-inspected';
      readonly code: string;
      readonly reason: UninspectedReason;
      readonly severity: undefined;
      readonly part: number | undefined;
    };

/** Everything in an outcome that a policy judges. What is poison is so in all of its gaps. */
export function subjectsOf(outcome: ScanOutcome): readonly Subject[] {
  if (outcome.kind === 'not-a-pdu' || outcome.kind === 'cancelled') return [];
  const { findings = [], matches = [] } = outcome.report ?? {};
  const found = [...matches.map(ruleSubject), ...findings.map(findingSubject)];
  if (outcome.kind === 'inspected') return found;
  return [...found, ...outcome.gaps.map((gap) => gapSubject(gap, outcome.isPoison))];
}

function findingSubject({ code, severity, part }: Finding): Subject {
  return { kind: 'finding', code, severity, part };
}

function ruleSubject({ rule, namespace, tags, metadata, severity, part }: RuleMatch): Subject {
  const { score } = metadata;
  return {
    kind: 'rule',
    code: `${namespace}:${rule}`,
    rule,
    namespace,
    tags,
    score: typeof score === 'number' ? score : undefined,
    severity,
    part,
  };
}

function gapSubject({ reason, code, part }: Gap, isPoison: boolean): Subject {
  return { kind: 'not-inspected', code, reason: isPoison ? 'poison' : reason, severity: undefined, part };
}
