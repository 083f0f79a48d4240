import { describe, expect, it } from 'vitest';
import { decisionJson, decisionText } from '../../src/app/decision-text.ts';
import type { FileScan } from '../../src/app/scan-report-text.ts';
import type { Decision, DecisionReason } from '../../src/policy/decision.ts';
import { decisionOf } from '../support/decisions.ts';
import { gapOf, inspected, uninspected } from '../support/outcomes.ts';

const RULE: DecisionReason = {
  kind: 'rule',
  code: 'ours:EXPL_X',
  severity: 'critical',
  part: 1,
  entry: 'severity critical',
  action: 'refuse',
  isShadow: false,
};
const GAP: DecisionReason = {
  ...RULE,
  kind: 'not-inspected',
  code: 'encrypted-code',
  severity: undefined,
  part: undefined,
  entry: 'keep',
  action: 'quarantine',
};
const TRIAL: DecisionReason = { ...RULE, entry: 'try\u001b[31m', action: 'forward', isShadow: true };

const scanOf = (decision: Decision): FileScan => {
  return { file: 'a.mms', kind: 'pdu', outcome: inspected(), decision };
};

describe('decisionText', () => {
  it('says in one line that a message passes', () => {
    expect(decisionText(scanOf(decisionOf('forward')))).toEqual(['a.mms: forward (profile default)']);
  });

  it('names the entry that decides, and every reason', () => {
    expect(decisionText(scanOf(decisionOf('refuse', { reasons: [RULE, GAP] })))).toEqual([
      'a.mms: refuse by severity critical (profile default)',
      '  refuse     rule critical ours:EXPL_X part 1 by severity critical',
      '  quarantine not inspected encrypted-code by keep',
    ]);
  });

  it('says what entries in shadow would do, and nothing that a terminal obeys', () => {
    const decision = decisionOf('refuse', { reasons: [RULE, TRIAL], shadowAction: 'forward' });
    expect(decisionText(scanOf(decision)).slice(2)).toEqual([
      '  forward    rule critical ours:EXPL_X part 1 by try\\u{1b}[31m in shadow',
      '  with the entries in shadow: forward',
    ]);
    const shadowOnly = decisionOf('forward', {
      reasons: [{ ...TRIAL, action: 'strip' }],
      shadowAction: 'strip',
    });
    expect(decisionText(scanOf(shadowOnly))[0]).toBe('a.mms: forward (profile default)');
  });

  it('says which parts are taken out, and that monitor mode does not', () => {
    const reasons = [{ ...RULE, entry: 'no svg', action: 'strip' }] as const;
    const decision = decisionOf('strip', { reasons, stripParts: [1, 3], isEnforced: false });
    expect(decisionText(scanOf(decision))[0]).toBe(
      'a.mms: strip parts 1, 3 by no svg (profile default; monitor mode forwards it)',
    );
    expect(decisionText(scanOf(decisionOf('forward', { isEnforced: false })))).toEqual([
      'a.mms: forward (profile default)',
    ]);
  });
});

describe('decisionJson', () => {
  it('has the whole decision for a program', () => {
    const decision = decisionOf('refuse', { reasons: [RULE] });
    expect(decisionJson(scanOf(decision))).toEqual({
      file: 'a.mms',
      kind: 'pdu',
      outcome: 'inspected',
      type: 'm-send-req',
      ...decision,
    });
  });

  it('has no type of what could not be read', () => {
    const scan = { ...scanOf(decisionOf('refuse')), outcome: uninspected(gapOf('undecodable')) };
    expect(decisionJson(scan)).toMatchObject({ outcome: 'not-inspected' });
    expect(decisionJson(scan)).not.toHaveProperty('type');
    expect(decisionJson({ ...scan, outcome: { kind: 'not-a-pdu' } })).not.toHaveProperty('type');
  });
});
