import { describe, expect, it } from 'vitest';
import { shielded, type ExchangeRecord } from '../../src/proxy/observer.ts';
import { RecordingObserver } from '../support/recording-observer.ts';

const BODY = { bodyBytes: 0, pduType: undefined, notInspected: undefined, anomalies: [] };
const RECORD: ExchangeRecord = {
  id: 'x',
  method: 'GET',
  outcome: { kind: 'forwarded' },
  status: 200,
  outbound: BODY,
  inbound: BODY,
  durationsMs: {},
  totalMs: 1,
};

describe('shielded', () => {
  it('tells everything on', () => {
    const observer = new RecordingObserver();
    const shield = shielded(observer);
    shield.exchangeDone(RECORD);
    shield.connectionRefused('tls-failed');
    shield.unexpectedError('bug', 'x');
    expect([observer.records, observer.refusals, observer.errors]).toEqual([
      [RECORD],
      ['tls-failed'],
      ['bug'],
    ]);
  });

  it('lets no error of the observer out', () => {
    const fail = (): never => {
      throw new Error('the observer is broken');
    };
    const shield = shielded({ exchangeDone: fail, connectionRefused: fail, unexpectedError: fail });
    expect(() => {
      shield.exchangeDone(RECORD);
      shield.connectionRefused('tls-failed');
      shield.unexpectedError('bug', 'x');
    }).not.toThrow();
  });
});
