import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEVERITIES, type Finding, type Severity } from '../../src/inspection/finding.ts';
import type { RuleMatch } from '../../src/inspection/rule-match.ts';
import type { Gap, NotInspectedReason, ScanOutcome, ScanReport } from '../../src/inspection/scan-outcome.ts';
import { decide, type RefusalCause } from '../../src/policy/decide.ts';

const finding = (code: string, severity: Severity): Finding => ({
  code,
  severity,
  description: '',
  part: 0,
  offset: undefined,
  evidence: {},
});

const match = (rule: string, severity: Severity): RuleMatch => ({
  rule,
  namespace: 'default',
  tags: [],
  metadata: {},
  severity,
  target: 'part',
  part: 0,
  member: undefined,
  patterns: [],
});

const reportOf = (findings: Finding[] = [], matches: RuleMatch[] = []): ScanReport => ({
  pdu: { type: 'm-send-req', headers: {}, recipients: [] },
  anomalies: [],
  findings,
  matches,
  parts: [],
  ruleSetDigest: 'd',
});

const gapOf = (reason: NotInspectedReason): Gap => ({
  reason,
  code: `${reason}-code`,
  part: undefined,
  offset: undefined,
});

const notInspected = (reason: NotInspectedReason, report?: ScanReport, isPoison = false): ScanOutcome => ({
  kind: 'not-inspected',
  gaps: [gapOf(reason)],
  report,
  isPoison,
});

describe('decide', () => {
  it('lets pass what was inspected and holds nothing bad', () => {
    const report = reportOf([finding('a', 'medium')], [match('R', 'info')]);
    expect(decide({ kind: 'inspected', report }, 'refuse')).toEqual({ action: 'forward' });
  });

  it('lets an ordinary answer pass', () => {
    expect(decide({ kind: 'not-a-pdu' }, 'refuse')).toEqual({ action: 'forward' });
  });

  it.each(SEVERITIES)('refuses for a finding, and for a match, from high on: %s', (severity) => {
    const action = severity === 'high' || severity === 'critical' ? 'refuse' : 'forward';
    expect(decide({ kind: 'inspected', report: reportOf([finding('a', severity)]) }, 'refuse').action).toBe(
      action,
    );
    expect(decide({ kind: 'inspected', report: reportOf([], [match('R', severity)]) }, 'refuse').action).toBe(
      action,
    );
  });

  it('names the rules and codes that it refuses for, each once', () => {
    const findings = [finding('a', 'high'), finding('a', 'high'), finding('mild', 'low')];
    const report = reportOf(findings, [match('R', 'critical'), match('I', 'info')]);
    expect(decide({ kind: 'inspected', report }, 'refuse')).toEqual({
      action: 'refuse',
      cause: 'content',
      reasons: ['R', 'a'],
    });
  });

  it.each<[NotInspectedReason, RefusalCause]>([
    ['timeout', 'scan-failed'],
    ['queue-full', 'scan-failed'],
    ['crashed', 'scan-failed'],
    ['rules-missing', 'scan-failed'],
    ['over-limit', 'not-inspected'],
    ['encrypted', 'not-inspected'],
    ['undecodable', 'undecodable'],
  ])('refuses what was not inspected, or lets it pass, as it is set: %s', (reason, cause) => {
    const refused = { action: 'refuse', cause, reasons: [`${reason}-code`] };
    expect(decide(notInspected(reason), 'refuse')).toEqual(refused);
    expect(decide(notInspected(reason), 'forward')).toEqual({ action: 'forward' });
  });

  it('tells the sender of poison that trying again is in vain', () => {
    expect(decide(notInspected('timeout', undefined, true), 'refuse')).toMatchObject({
      cause: 'not-inspected',
    });
  });

  it('calls a message with one unreadable part not corrupt', () => {
    expect(decide(notInspected('undecodable', reportOf()), 'refuse')).toMatchObject({
      cause: 'not-inspected',
    });
  });

  it('refuses bad content in a message of which not all was inspected, even where that may pass', () => {
    const report = reportOf([finding('a', 'high')]);
    expect(decide(notInspected('encrypted', report), 'forward')).toMatchObject({ cause: 'content' });
  });

  it('is never softened by another finding, match or gap', () => {
    const findings = fc.array(fc.constantFrom(...SEVERITIES).map((severity) => finding(severity, severity)));
    const matches = fc.array(fc.constantFrom(...SEVERITIES).map((severity) => match(severity, severity)));
    const more = fc.constantFrom(...SEVERITIES);
    fc.assert(
      fc.property(
        findings,
        matches,
        more,
        fc.constantFrom('refuse' as const, 'forward' as const),
        (fs, ms, s, set) => {
          const before = decide({ kind: 'inspected', report: reportOf(fs, ms) }, set);
          const withFinding = decide(
            { kind: 'inspected', report: reportOf([...fs, finding('new', s)], ms) },
            set,
          );
          const withMatch = decide(
            { kind: 'inspected', report: reportOf(fs, [match('new', s), ...ms]) },
            set,
          );
          const withGap = decide(notInspected('encrypted', reportOf(fs, ms)), set);
          if (before.action === 'refuse')
            expect([withFinding.action, withMatch.action, withGap.action]).toEqual([
              'refuse',
              'refuse',
              'refuse',
            ]);
        },
      ),
    );
  });
});
