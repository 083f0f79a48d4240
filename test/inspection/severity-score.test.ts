import { describe, expect, it } from 'vitest';
import { scored, severityOfScore } from '../../src/inspection/severity-score.ts';

describe('severityOfScore', () => {
  it.each([
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
  ])('%i is %s', (score, severity) => {
    expect(severityOfScore(score)).toBe(severity);
    expect(scored(score, 'Why')).toEqual({ severity, description: 'Why' });
  });
});
