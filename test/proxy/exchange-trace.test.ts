import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ExchangeTrace } from '../../src/proxy/exchange-trace.ts';
import type { JudgedMessage } from '../../src/proxy/held-message.ts';
import type { ScanOutcome, ScanReport } from '../../src/inspection/scan-outcome.ts';
import type { Decision } from '../../src/policy/decision.ts';
import type { Direction } from '../../src/policy/policy-settings.ts';
import { bodyRecord } from '../support/body-record.ts';
import { decisionOf } from '../support/decisions.ts';

const REPORT: ScanReport = {
  pdu: { type: 'm-acknowledge-ind', headers: {}, recipients: [] },
  anomalies: [],
  findings: [],
  matches: [],
  parts: [],
  ruleSetDigest: 'd',
};

const REASON = {
  kind: 'not-inspected',
  code: 'truncated',
  severity: undefined,
  part: 0,
  entry: 'not inspected: undecodable',
  action: 'refuse',
  isShadow: false,
} as const;

const judged = (direction: Direction, outcome: ScanOutcome, decision: Decision): JudgedMessage => ({
  direction,
  outcome,
  decision,
  body: Buffer.alloc(0),
  contentType: undefined,
  contentEncodings: [],
  authenticatedSender: undefined,
  http: { method: 'POST', authority: 'mmsc', path: '/', headers: [] },
});

const trace = (): ExchangeTrace => {
  const request = new IncomingMessage(new Socket());
  request.method = 'POST';
  return new ExchangeTrace('id-1', request);
};

describe('ExchangeTrace', () => {
  it('records an exchange of which nothing else is known', () => {
    const record = trace().record({ kind: 'forwarded' }, 200);
    const nothing = bodyRecord();
    expect(record).toMatchObject({ id: 'id-1', method: 'POST', outcome: { kind: 'forwarded' }, status: 200 });
    expect([record.outbound, record.inbound]).toEqual([nothing, nothing]);
    expect(record.totalMs).toBeGreaterThanOrEqual(0);
  });

  it('keeps the two directions apart', () => {
    const one = trace();
    one.received(10);
    one.answered(20);
    one.judged(judged('outbound', { kind: 'inspected', report: REPORT }, decisionOf('forward')));
    const gap = { reason: 'undecodable', code: 'truncated', part: undefined, offset: 7 } as const;
    const unread = { kind: 'not-inspected', gaps: [gap], report: undefined, isPoison: false } as const;
    one.judged(
      judged('inbound', unread, decisionOf('refuse', { reasons: [REASON, { ...REASON, part: 1 }] })),
    );
    expect(one.record({ kind: 'forwarded' }, 200)).toMatchObject({
      outbound: {
        bodyBytes: 10,
        pduType: 'm-acknowledge-ind',
        scan: 'inspected',
        gaps: [],
        ruleSetDigest: 'd',
      },
      inbound: {
        bodyBytes: 20,
        pduType: undefined,
        scan: 'not-inspected',
        gaps: [{ reason: 'undecodable', code: 'truncated' }],
        decision: { action: 'refuse', reasons: [{ code: 'truncated', entry: 'not inspected: undecodable' }] },
      },
    });
  });

  it('notes what came of keeping a message, and of taking parts out of it', () => {
    const one = trace();
    one.noteUnstripped('outbound', 'no-multipart');
    one.noteQuarantine('outbound', { kind: 'full', limit: 'bytes' });
    expect(one.record({ kind: 'forwarded' }, 200).outbound).toMatchObject({
      unstripped: 'no-multipart',
      quarantine: { kind: 'full', limit: 'bytes' },
    });
  });

  it('names each thing once, and tells nothing of the text that it was found in', () => {
    const anomaly = { code: 'text-not-ascii', offset: 1, detail: '+12025550111' } as const;
    const finding = {
      code: 'url-listed',
      severity: 'critical',
      description: '',
      part: 0,
      offset: 1,
      evidence: { number: '+12025550111' },
    } as const;
    const report = {
      ...REPORT,
      anomalies: [anomaly, { ...anomaly, offset: 2 }],
      findings: [finding, { ...finding, part: 1 }],
    };
    const one = trace();
    one.judged(judged('inbound', { kind: 'inspected', report }, decisionOf('forward')));
    const record = one.record({ kind: 'forwarded' }, 200);
    expect(record.inbound.anomalies).toEqual(['text-not-ascii']);
    expect(record.inbound.findings).toEqual([{ code: 'url-listed', severity: 'critical' }]);
    expect(JSON.stringify(record)).not.toContain('2025550111');
  });

  it('divides the time between the stages that ended', () => {
    const one = trace();
    one.ended('receive');
    one.ended('mmsc');
    const { durationsMs, totalMs } = one.record({ kind: 'forwarded' }, 200);
    const { receive = NaN, mmsc = NaN } = durationsMs;
    expect(Object.keys(durationsMs)).toEqual(['receive', 'mmsc']);
    expect(Math.min(receive, mmsc)).toBeGreaterThanOrEqual(0);
    expect(receive + mmsc).toBeLessThanOrEqual(totalMs);
  });
});
