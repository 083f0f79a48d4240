import { describe, expect, it } from 'vitest';
import {
  scanJson,
  scanText,
  verdictOf,
  type FileScan,
  type Verdict,
} from '../../src/app/scan-report-text.ts';
import type { ScanReport } from '../../src/inspection/scan-outcome.ts';
import type { DecisionReason } from '../../src/policy/decision.ts';
import { decisionOf } from '../support/decisions.ts';

const JPEG = { family: 'jpeg', declaredType: 'image/jpeg', sniffedType: 'image/jpeg', octets: 9 };

const REPORT: ScanReport = {
  pdu: { type: 'm-send-req', headers: {}, recipients: [] },
  anomalies: [],
  findings: [
    {
      code: 'isobmff-stsc-overflow',
      severity: 'high',
      description: 'A table is larger than its box',
      part: 1,
      offset: 40,
      evidence: { box: 'stsc', count: 7 },
    },
  ],
  matches: [
    {
      rule: 'EXPL_X',
      namespace: 'mmsguard',
      tags: [],
      metadata: { description: 'Detects\u001b[31m X' },
      severity: 'critical',
      target: 'archive-member',
      part: 1,
      member: 3,
      patterns: [{ pattern: '$a', offset: 9, length: 4 }],
    },
  ],
  parts: [JPEG, JPEG],
  ruleSetDigest: 'd',
};

const REASON: DecisionReason = {
  kind: 'rule',
  code: 'mmsguard:EXPL_X',
  severity: 'critical',
  part: 1,
  entry: 'severity critical',
  action: 'refuse',
  isShadow: false,
};
const GAP_REASON: DecisionReason = { ...REASON, kind: 'not-inspected', code: 'archive-member-encrypted' };

const REFUSED: FileScan = {
  file: 'a.pdu',
  kind: 'pdu',
  outcome: { kind: 'inspected', report: REPORT },
  decision: decisionOf('refuse', { reasons: [REASON] }),
};

const CLEAN: FileScan = {
  ...REFUSED,
  outcome: { kind: 'inspected', report: { ...REPORT, findings: [], matches: [] } },
  decision: decisionOf('forward'),
};

const GAP = { reason: 'encrypted', code: 'archive-member-encrypted', part: 0, offset: undefined } as const;

const UNSEEN: FileScan = {
  ...REFUSED,
  outcome: { kind: 'not-inspected', gaps: [GAP], report: undefined, isPoison: false },
  decision: decisionOf('refuse', { cause: 'not-inspected', reasons: [GAP_REASON] }),
};

describe('verdictOf', () => {
  it.each<[FileScan, Verdict]>([
    [CLEAN, 'clean'],
    [REFUSED, 'refused'],
    [UNSEEN, 'not-inspected'],
    [{ ...UNSEEN, decision: CLEAN.decision }, 'not-inspected'],
    [{ ...UNSEEN, decision: REFUSED.decision }, 'refused'],
    [{ ...UNSEEN, outcome: { kind: 'not-a-pdu' }, decision: CLEAN.decision }, 'not-inspected'],
    [{ ...REFUSED, decision: decisionOf('strip', { reasons: [{ ...REASON, action: 'strip' }] }) }, 'refused'],
    [{ ...REFUSED, decision: decisionOf('forward', { reasons: [{ ...REASON, isShadow: true }] }) }, 'clean'],
    [
      { ...REFUSED, decision: decisionOf('forward', { reasons: [{ ...REASON, action: 'forward' }] }) },
      'clean',
    ],
    [{ ...REFUSED, decision: { ...REFUSED.decision, isEnforced: false } }, 'refused'],
  ])('is the word for it: case %#', (scan, verdict) => {
    expect(verdictOf(scan)).toBe(verdict);
  });
});

describe('scanText', () => {
  it('says what was found and where, and nothing that a terminal obeys', () => {
    expect(scanText(REFUSED)).toEqual([
      'a.pdu: refused',
      '  critical rule mmsguard:EXPL_X in archive-member part 1 at 9, archive member 3',
      '           Detects\\u{1b}[31m X',
      '  high     isobmff-stsc-overflow part 1 at 40 box=stsc count=7',
      '           A table is larger than its box',
    ]);
  });

  it('says what was not inspected', () => {
    expect(scanText(UNSEEN)).toEqual([
      'a.pdu: not-inspected',
      '  not inspected: encrypted (archive-member-encrypted) part 0',
    ]);
  });

  it('says of a clean file that it is clean', () => {
    expect(scanText(CLEAN)).toEqual(['a.pdu: clean']);
  });
});

describe('scanJson', () => {
  it('has everything for a program', () => {
    expect(scanJson(REFUSED)).toEqual({
      file: 'a.pdu',
      kind: 'pdu',
      verdict: 'refused',
      action: 'refuse',
      reasons: [REASON],
      type: 'm-send-req',
      parts: 2,
      ruleSet: 'd',
      findings: REPORT.findings,
      matches: REPORT.matches,
      notInspected: [],
    });
    expect(scanJson(UNSEEN)).toMatchObject({ verdict: 'not-inspected', findings: [], notInspected: [GAP] });
  });
});
