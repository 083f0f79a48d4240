import { describe, expect, it } from 'vitest';
import { encodedString } from '../../src/codec/encoded-string.ts';
import { SEVERITIES, type Severity } from '../../src/inspection/finding.ts';
import type { ScanOutcome, ScanReport } from '../../src/inspection/scan-outcome.ts';
import { envelopeOf, heldMessage, type JudgedMessage } from '../../src/proxy/held-message.ts';
import { decisionOf } from '../support/decisions.ts';

const FROM = { kind: 'address', address: encodedString('+12025550133/TYPE=PLMN') } as const;

const REPORT: ScanReport = {
  pdu: { type: 'm-send-req', headers: { from: FROM }, recipients: ['+12025550122/TYPE=PLMN'] },
  anomalies: [],
  findings: [],
  matches: [],
  parts: [],
  ruleSetDigest: 'd',
};

const finding = (severity: Severity) => ({
  code: 'x',
  severity,
  description: '',
  part: 0,
  offset: undefined,
  evidence: {},
});

const message = (changes: Partial<JudgedMessage> = {}): JudgedMessage => ({
  direction: 'outbound',
  body: Buffer.from('octets'),
  contentType: 'application/vnd.wap.mms-message',
  contentEncodings: [],
  outcome: { kind: 'inspected', report: REPORT },
  decision: decisionOf('quarantine'),
  authenticatedSender: '12025550111',
  http: { method: 'POST', authority: 'mmsc', path: '/', headers: [] },
  ...changes,
});

const RETENTION_MS = { info: 1, low: 2, medium: 3, high: 4, critical: 5 };

const held = (changes: Partial<JudgedMessage> = {}) =>
  heldMessage(message(changes), {
    id: 'id-1',
    nowMs: 1000,
    told: 'refused',
    settings: {
      versions: { mmsguard: '9' },
      listen: { name: 'inner', host: '', port: 0 },
      quarantine: {
        told: 'refused',
        inbound: 'keep',
        whenFull: 'throttle',
        whenFailed: 'throttle',
        retentionMs: RETENTION_MS,
      },
    },
  });

describe('heldMessage', () => {
  it('has everything that is known', () => {
    expect(held()).toMatchObject({
      id: 'id-1',
      atMs: 1000,
      direction: 'outbound',
      pduType: 'm-send-req',
      body: Buffer.from('octets'),
      envelope: { sender: '12025550111', recipients: ['+12025550122/TYPE=PLMN'] },
      report: REPORT,
      gaps: [],
      ruleSetDigest: 'd',
      versions: { mmsguard: '9' },
      told: 'refused',
      http: { authority: 'mmsc', contentEncodings: [], listener: 'inner' },
    });
  });

  it.each(SEVERITIES)('is kept for as long as the worst in it says: %s', (severity) => {
    const report = { ...REPORT, findings: [finding('info'), finding(severity)] };
    const record = held({ outcome: { kind: 'inspected', report } });
    expect([record.severity, record.expiresAtMs]).toEqual([severity, 1000 + RETENTION_MS[severity]]);
  });

  it('has what is known of a message that nobody could read', () => {
    const gap = { reason: 'undecodable', code: 'truncated', part: undefined, offset: 3 } as const;
    const outcome: ScanOutcome = { kind: 'not-inspected', gaps: [gap], report: undefined, isPoison: false };
    expect(held({ outcome })).toMatchObject({
      pduType: undefined,
      severity: 'info',
      gaps: [gap],
      report: undefined,
      envelope: { from: undefined, recipients: [] },
    });
  });
});

describe('envelopeOf', () => {
  it('believes the gateway of who sends, and the MMSC of who has sent', () => {
    expect(envelopeOf(message()).sender).toBe('12025550111');
    expect(envelopeOf(message({ authenticatedSender: undefined })).sender).toBeUndefined();
    expect(envelopeOf(message({ direction: 'inbound', authenticatedSender: undefined })).sender).toBe(
      '+12025550133/TYPE=PLMN',
    );
  });
});
