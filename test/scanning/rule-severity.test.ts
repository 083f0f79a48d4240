import { describe, expect, it } from 'vitest';
import { ruleSeverity } from '../../src/scanning/rule-severity.ts';

describe('ruleSeverity', () => {
  it.each([
    [-5, 'info'],
    [0, 'info'],
    [39, 'info'],
    [40, 'low'],
    [59, 'low'],
    [60, 'medium'],
    [79, 'medium'],
    [80, 'high'],
    [89, 'high'],
    [90, 'critical'],
    [100, 'critical'],
  ])('is of a rule with the score %i: %s', (score, severity) => {
    expect(ruleSeverity({ score, severity: 'low' })).toBe(severity);
  });

  it.each([
    ['High', 'high'],
    ['critical', 'critical'],
    ['info', 'info'],
    ['100', 'medium'],
    [100, 'medium'],
    ['terrible', 'medium'],
  ])('is of a rule without a score and the severity %j: %s', (word, severity) => {
    expect(ruleSeverity({ severity: word })).toBe(severity);
  });

  it('is medium of a rule that says nothing, or whose score is no number', () => {
    expect(ruleSeverity({})).toBe('medium');
    expect(ruleSeverity({ score: '90' })).toBe('medium');
  });
});
