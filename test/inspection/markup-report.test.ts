import { describe, expect, it } from 'vitest';
import { oncePerCode } from '../../src/inspection/markup-report.ts';

describe('a report of markup', () => {
  it('gives each code once, with the first character where it is met', () => {
    const reports: unknown[] = [];
    const report = oncePerCode<'one' | 'other'>((...report) => reports.push(report));
    report('one', 7);
    report('other', 8);
    report('one', 9);
    expect(reports).toEqual([
      ['one', { evidence: { character: 7 } }],
      ['other', { evidence: { character: 8 } }],
    ]);
  });
});
