import { describe, expect, it } from 'vitest';
import { FINDINGS } from '../../src/inspection/detectors.ts';
import { KNOWN_FINDINGS, KNOWN_GAPS, knownMatch } from '../../src/policy/known-subjects.ts';

const partOf = (code: string): number | undefined =>
  KNOWN_FINDINGS.find((known) => known.code === code)?.part;

describe('known findings', () => {
  it('are all that inspection can report', () => {
    expect(KNOWN_FINDINGS.map(({ code }) => code)).toEqual(Object.keys(FINDINGS));
  });

  it.each([
    ['message-too-large', undefined],
    ['recipients-many', undefined],
    ['header-injection', undefined],
    ['codec-trailing-bytes', undefined],
    ['part-too-large', 0],
    ['address-control-characters', 0],
    ['svg-script', 0],
  ])('are about the PDU as a whole, or may be about a part: %s', (code, part) => {
    expect(KNOWN_FINDINGS.map((known) => known.code)).toContain(code);
    expect(partOf(code)).toBe(part);
  });
});

describe('known gaps', () => {
  it('are one for each reason, about a part only where that can be told', () => {
    expect(KNOWN_GAPS).toHaveLength(8);
    const inParts = KNOWN_GAPS.filter(({ part }) => part !== undefined).map(({ code }) => code);
    expect(inParts.toSorted()).toEqual(['encrypted', 'over-limit', 'undecodable']);
  });
});

describe('a known match', () => {
  const rule = { rule: 'R', namespace: 'ours', tags: ['t'], severity: 'high', score: 80 } as const;

  it('has the name and facts of the rule', () => {
    expect(knownMatch({ ...rule, targets: ['part', 'pdu'] })).toEqual({
      kind: 'rule',
      code: 'ours:R',
      part: 0,
      ...rule,
    });
  });

  it('is in no part when the rule is run on the PDU only', () => {
    expect(knownMatch({ ...rule, targets: ['pdu'] }).part).toBeUndefined();
  });
});
