import { describe, expect, it } from 'vitest';
import { DEVIATION_CODES } from '../../src/codec/deviations.ts';
import { ANOMALY_FINDINGS } from '../../src/inspection/anomaly-findings.ts';

describe('ANOMALY_FINDINGS', () => {
  it('has a row for every deviation of the codec', () => {
    expect(Object.keys(ANOMALY_FINDINGS)).toEqual(DEVIATION_CODES.map((code) => `codec-${code}`));
  });

  it('refuses no message for a deviation alone: each was seen in real traffic', () => {
    const severities = Object.values(ANOMALY_FINDINGS).map(({ severity }) => severity);
    expect(severities.filter((severity) => severity === 'high' || severity === 'critical')).toEqual([]);
  });

  it('counts a multipart that cannot be read as not inspected', () => {
    expect(ANOMALY_FINDINGS['codec-multipart-malformed'].gap).toBe('undecodable');
  });
});
