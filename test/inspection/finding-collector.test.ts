import { describe, expect, it } from 'vitest';
import type { FindingTable } from '../../src/inspection/finding.ts';
import {
  FINDINGS_MAX,
  FINDINGS_PER_CODE_MAX,
  FindingCollector,
  GAPS_MAX,
} from '../../src/inspection/finding-collector.ts';

const TABLE = {
  mild: { severity: 'info', description: 'A mild thing' },
  bad: { severity: 'critical', description: 'A bad thing' },
  closed: { severity: 'medium', description: 'A closed thing', gap: 'encrypted' },
} as const satisfies FindingTable;

describe('FindingCollector', () => {
  it('keeps a finding with what its row says', () => {
    const collector = new FindingCollector();
    collector.add(TABLE, 'bad', 2, { offset: 7, evidence: { box: 'stsc' } });
    expect(collector.worstFirst()).toEqual([
      {
        code: 'bad',
        severity: 'critical',
        description: 'A bad thing',
        part: 2,
        offset: 7,
        evidence: { box: 'stsc' },
      },
    ]);
    expect(collector.gaps).toEqual([]);
  });

  it('gives the worst first, and otherwise the order of the reports', () => {
    const collector = new FindingCollector();
    collector.add(TABLE, 'mild', 0);
    collector.add(TABLE, 'closed', 0);
    collector.add(TABLE, 'mild', 1);
    collector.add(TABLE, 'bad', 1);
    expect(collector.worstFirst().map(({ code, part }) => `${code} ${part}`)).toEqual([
      'bad 1',
      'closed 0',
      'mild 0',
      'mild 1',
    ]);
  });

  it(`keeps ${FINDINGS_PER_CODE_MAX} of one code in one part, and not one more`, () => {
    const collector = new FindingCollector();
    for (let count = 0; count <= FINDINGS_PER_CODE_MAX; count += 1)
      collector.add(TABLE, 'mild', 0, { offset: count });
    collector.add(TABLE, 'mild', 1);
    expect(collector.worstFirst().filter(({ part }) => part === 0)).toHaveLength(FINDINGS_PER_CODE_MAX);
    expect(collector.worstFirst().filter(({ part }) => part === 1)).toHaveLength(1);
  });

  it('lets no flood displace what is worse', () => {
    const collector = new FindingCollector();
    for (let part = 0; part < 3 * FINDINGS_MAX; part += 1) collector.add(TABLE, 'mild', part);
    collector.add(TABLE, 'bad', 9999);
    for (let part = 0; part < 3 * FINDINGS_MAX; part += 1) collector.add(TABLE, 'closed', part);
    const kept = collector.worstFirst();
    expect(kept).toHaveLength(FINDINGS_MAX);
    expect(kept[0]?.code).toBe('bad');
  });

  it('notes what a finding means for the inspection', () => {
    const collector = new FindingCollector();
    collector.add(TABLE, 'closed', 3, { offset: 5 });
    expect(collector.gaps).toEqual([{ reason: 'encrypted', code: 'closed', part: 3, offset: 5 }]);
  });

  it(`keeps ${GAPS_MAX} gaps`, () => {
    const collector = new FindingCollector();
    for (let part = 0; part <= GAPS_MAX; part += 1) collector.add(TABLE, 'closed', part);
    expect(collector.gaps).toHaveLength(GAPS_MAX);
  });
});
