/** Records of the quarantine for tests. */
import type { NewRecord } from '../../src/storage/quarantine-store.ts';
import { decisionOf } from './decisions.ts';
import { sendRequest } from './mms-messages.ts';

/** When the records of tests were stopped. */
export const HELD_AT_MS = Date.UTC(2026, 10, 24, 8);

let serial = 0;

/** An m-send-req that was stopped, with what a test changes; each has an id of its own. */
export function newRecord(changes: Partial<NewRecord> = {}): NewRecord {
  serial += 1;
  return {
    id: `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
    atMs: HELD_AT_MS + serial,
    expiresAtMs: HELD_AT_MS + 30 * 86_400_000,
    direction: 'outbound',
    pduType: 'm-send-req',
    body: sendRequest(),
    contentType: 'application/vnd.wap.mms-message',
    envelope: { sender: '+12025550111', from: undefined, recipients: ['+12025550122/TYPE=PLMN'] },
    http: {
      method: 'POST',
      authority: 'mmsc',
      path: '/send?a=1',
      headers: ['Host', 'mmsc', 'Content-Type', 'application/vnd.wap.mms-message', 'Content-Length', '1'],
    },
    decision: decisionOf('quarantine'),
    severity: 'high',
    report: undefined,
    gaps: [],
    ruleSetDigest: undefined,
    versions: { mmsguard: 'test' },
    told: 'refused',
    ...changes,
  };
}
