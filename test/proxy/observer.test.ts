import { describe, expect, it } from 'vitest';
import { allObservers, shielded, type ExchangeRecord } from '../../src/proxy/observer.ts';
import { bodyRecord } from '../support/body-record.ts';
import { RecordingObserver } from '../support/recording-observer.ts';

const BODY = bodyRecord();
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

describe('allObservers', () => {
  it('tells each observer everything', () => {
    const observers = [new RecordingObserver(), new RecordingObserver()];
    const all = allObservers(observers);
    all.exchangeDone(RECORD);
    all.connectionRefused('tls-failed');
    all.unexpectedError('bug', 'x');
    for (const { records, refusals, errors } of observers)
      expect([records, refusals, errors]).toEqual([[RECORD], ['tls-failed'], ['bug']]);
  });
});

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
