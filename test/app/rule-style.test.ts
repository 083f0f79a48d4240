import { describe, expect, it } from 'vitest';
import { styleProblems } from '../../src/app/rule-style.ts';
import type { RuleInfo } from '../../src/scanning/rule-set.ts';

const METADATA = {
  id: '8c5d1c8e-7a53-4c1e-9c8b-0d0a1b2c3d4e',
  description: 'Detects a thing that no ordinary message has in it',
  author: 'mmsguard',
  date: '2026-11-24',
  version: 1,
  score: 85,
  severity: 'high',
  reference: 'CVE-2015-1538',
  license: 'Apache-2.0',
  confidence: 'high',
  target: 'part, archive-member',
  fp_notes: 'none known',
};

const RULE = {
  rule: 'EXPL_MMS_ISOBMFF_Thing',
  namespace: 'n',
  file: 'a.yar',
  tags: ['stagefright'],
  metadata: METADATA,
} as unknown as RuleInfo;

const withMetadata = (changes: Record<string, unknown>): RuleInfo => ({
  ...RULE,
  metadata: { ...METADATA, ...changes },
});

const codesOf = (...rules: RuleInfo[]): string[] => styleProblems(rules).map(({ code }) => code);

describe('styleProblems', () => {
  it('finds nothing wrong with a good rule', () => {
    expect(codesOf(RULE)).toEqual([]);
  });

  it.each(Object.keys(METADATA))('misses %s', (key) => {
    expect(codesOf(withMetadata({ [key]: undefined }))).toEqual([`style-${key.replaceAll('_', '-')}`]);
  });

  it.each([
    ['id', '8c5d1c8e-7a53-1c1e-9c8b-0d0a1b2c3d4e'],
    ['id', 'EXPL-1'],
    ['description', 'Finds a thing that no ordinary message has in it'],
    ['description', 'Detects too little'],
    ['description', `Detects ${'a'.repeat(393)}`],
    ['description', 'Detects what is told at https://example.test/page'],
    ['date', '2026-13-01'],
    ['date', '1.1.2026'],
    ['version', 0],
    ['version', '1'],
    ['score', 101],
    ['score', -1],
    ['severity', 'severe'],
    ['confidence', 'sure'],
    ['target', 'whole'],
  ])('refuses %s: %s', (key, value) => {
    expect(codesOf(withMetadata({ [key]: value }))).toContain(`style-${key.replaceAll('_', '-')}`);
  });

  it('takes a description of the longest length', () => {
    expect(codesOf(withMetadata({ description: `Detects ${'a'.repeat(392)}` }))).toEqual([]);
  });

  it.each([
    [39, 'info'],
    [40, 'low'],
    [59, 'low'],
    [60, 'medium'],
    [79, 'medium'],
    [80, 'high'],
    [89, 'high'],
    [90, 'critical'],
  ])('holds a score of %d for %s and nothing else', (score, severity) => {
    expect(codesOf(withMetadata({ score, severity }))).toEqual([]);
    const other = severity === 'info' ? 'low' : 'info';
    expect(codesOf(withMetadata({ score, severity: other }))).toEqual(['style-severity-score']);
  });

  it.each(['Thing', 'EXPL_Thing', 'EXPL_MMS_', 'BAD_MMS_Thing', 'EXPL_MMS__Thing'])(
    'refuses the name %s',
    (rule) => {
      expect(codesOf({ ...RULE, rule })).toEqual(['style-name']);
    },
  );

  it('refuses tags that are no lower-case words', () => {
    expect(codesOf({ ...RULE, tags: ['Stagefright'] })).toEqual(['style-tags']);
  });

  it('refuses a name and an id that stand twice', () => {
    expect(codesOf(RULE, RULE)).toEqual(['style-name-twice', 'style-id-twice']);
  });
});
