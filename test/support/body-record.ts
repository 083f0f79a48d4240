import type { BodyRecord } from '../../src/proxy/observer.ts';

/** The record of a body that was not there, with what a test changes. */
export function bodyRecord(changes: Partial<BodyRecord> = {}): BodyRecord {
  return {
    bodyBytes: 0,
    pduType: undefined,
    scan: undefined,
    gaps: [],
    isPoison: false,
    findings: [],
    matches: [],
    refusedFor: [],
    ruleSetDigest: undefined,
    anomalies: [],
    ...changes,
  };
}
