import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ExchangeTrace } from '../../src/proxy/exchange-trace.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { acknowledgement } from '../support/mms-messages.ts';

const trace = (): ExchangeTrace => {
  const request = new IncomingMessage(new Socket());
  request.method = 'POST';
  return new ExchangeTrace('id-1', request);
};

describe('ExchangeTrace', () => {
  it('records an exchange of which nothing else is known', () => {
    const record = trace().record({ kind: 'forwarded' }, 200);
    const nothing = { bodyBytes: 0, pduType: undefined, notInspected: undefined, anomalies: [] };
    expect(record).toMatchObject({ id: 'id-1', method: 'POST', outcome: { kind: 'forwarded' }, status: 200 });
    expect([record.outbound, record.inbound]).toEqual([nothing, nothing]);
    expect(record.totalMs).toBeGreaterThanOrEqual(0);
  });

  it('keeps the two directions apart', () => {
    const { pdu } = decodePdu(acknowledgement());
    const one = trace();
    one.received(10);
    one.answered(20);
    one.inspected('outbound', { kind: 'pdu', pdu, anomalies: [] });
    one.inspected('inbound', { kind: 'not-inspected', reason: 'undecodable', code: 'truncated', offset: 7 });
    expect(one.record({ kind: 'forwarded' }, 200)).toMatchObject({
      outbound: { bodyBytes: 10, pduType: 'm-acknowledge-ind', notInspected: undefined },
      inbound: {
        bodyBytes: 20,
        pduType: undefined,
        notInspected: { reason: 'undecodable', code: 'truncated' },
      },
    });
  });

  it('names each deviation once, and tells nothing of the text that it was found in', () => {
    const { pdu } = decodePdu(acknowledgement());
    const anomaly = { code: 'text-not-ascii', offset: 1, detail: '+12025550111' } as const;
    const one = trace();
    one.inspected('inbound', { kind: 'pdu', pdu, anomalies: [anomaly, { ...anomaly, offset: 2 }] });
    const record = one.record({ kind: 'forwarded' }, 200);
    expect(record.inbound.anomalies).toEqual(['text-not-ascii']);
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
