import { describe, expect, it } from 'vitest';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { subjectsOf } from '../../src/policy/subject.ts';
import { findingOf, gapOf, inspected, matchOf, reportOf, uninspected } from '../support/outcomes.ts';

describe('what is judged', () => {
  it.each<[ScanOutcome['kind'], ScanOutcome]>([
    ['not-a-pdu', { kind: 'not-a-pdu' }],
    ['cancelled', { kind: 'cancelled' }],
    ['inspected', inspected()],
  ])('is nothing in an outcome without anything: %s', (_, outcome) => {
    expect(subjectsOf(outcome)).toEqual([]);
  });

  it('is each match, finding and gap', () => {
    const match = matchOf('R', 'high', { tags: ['t'], metadata: { score: 80 } });
    const report = reportOf({ findings: [findingOf('f', 'low', { part: undefined })], matches: [match] });
    expect(subjectsOf(uninspected(gapOf('encrypted', { part: 1 }), report))).toEqual([
      {
        kind: 'rule',
        code: 'ours:R',
        rule: 'R',
        namespace: 'ours',
        tags: ['t'],
        score: 80,
        severity: 'high',
        part: 0,
      },
      { kind: 'finding', code: 'f', severity: 'low', part: undefined },
      {
        kind: 'not-inspected',
        code: 'encrypted-code',
        reason: 'encrypted',
        severity: undefined,
        part: 1,
      },
    ]);
  });

  it('has a score only where that is a number', () => {
    const matches = [matchOf('R', 'high', { metadata: { score: '80' } }), matchOf('S', 'high')];
    expect(subjectsOf(inspected({ matches }))).toMatchObject([{ score: undefined }, { score: undefined }]);
  });

  it('is poison where the content is', () => {
    expect(subjectsOf(uninspected(gapOf('timeout'), undefined, true))).toMatchObject([{ reason: 'poison' }]);
  });
});
