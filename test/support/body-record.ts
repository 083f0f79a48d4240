import { NO_BODY, type BodyRecord } from '../../src/proxy/observer.ts';

/** The record of a body that was not there, with what a test changes. */
export function bodyRecord(changes: Partial<BodyRecord> = {}): BodyRecord {
  return { ...NO_BODY, ...changes };
}
