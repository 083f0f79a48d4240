import { describe, expect, it } from 'vitest';
import { exchangeLog } from '../../src/app/exchange-log.ts';
import { createLog } from '../../src/app/log.ts';
import type { ExchangeObserver, ExchangeRecord } from '../../src/proxy/observer.ts';
import { bodyRecord } from '../support/body-record.ts';
import { decisionOf } from '../support/decisions.ts';
import { TestIo } from '../support/command-run.ts';

const REASON = {
  kind: 'rule',
  code: 'mmsguard:EXPL_X',
  entry: 'severity high',
  action: 'refuse',
  isShadow: false,
} as const;

const RECORD: ExchangeRecord = {
  id: 'e-1',
  method: 'POST',
  outcome: { kind: 'forwarded' },
  status: 200,
  outbound: bodyRecord({ bodyBytes: 500, pduType: 'm-send-req', anomalies: ['uri-space'] }),
  inbound: bodyRecord(),
  durationsMs: { receive: 1.23456, mmsc: 20 },
  totalMs: 21.999,
};

function linesOf(tell: (observer: ExchangeObserver) => void): readonly Record<string, unknown>[] {
  const io = new TestIo();
  tell(exchangeLog(createLog({ level: 'trace', destination: 'stdout' }, io)));
  const lines = io.outText.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log of exchanges', () => {
  it('has one line for an exchange, with everything that is told of it', () => {
    const lines = linesOf((observer) => {
      observer.exchangeDone(RECORD);
    });
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.any(String) as string,
        msg: 'exchange',
        exchange: 'e-1',
        method: 'POST',
        outcome: 'forwarded',
        status: 200,
        outbound: { bytes: 500, pdu: 'm-send-req', anomalies: ['uri-space'] },
        inbound: { bytes: 0 },
        durationsMs: { receive: 1.23, mmsc: 20 },
        totalMs: 22,
      },
    ]);
  });

  it.each([
    [{ kind: 'forwarded' }, 'info'],
    [{ kind: 'refused', code: 'not-inspected', side: 'handset' }, 'info'],
    [{ kind: 'failed', code: 'connect-failed', side: 'mmsc' }, 'warn'],
  ] as const)('has %j at level %s, with code and side', (outcome, level) => {
    const { kind, ...cause } = outcome;
    const lines = linesOf((observer) => {
      observer.exchangeDone({ ...RECORD, outcome });
    });
    expect(lines).toMatchObject([{ level, outcome: kind, ...cause }]);
  });

  it('says what was found in a body, what was not looked into, and why it was refused', () => {
    const outbound = bodyRecord({
      gaps: [{ reason: 'encrypted', code: 'archive-member-encrypted' }],
      isPoison: true,
      findings: [{ code: 'zip-overlap', severity: 'high' }],
      matches: [{ rule: 'EXPL_X', namespace: 'mmsguard', severity: 'high' }],
      decision: { ...decisionOf('refuse'), reasons: [REASON] },
      ruleSetDigest: '0123456789abcdef',
    });
    const lines = linesOf((observer) => {
      observer.exchangeDone({ ...RECORD, outbound });
    });
    expect(lines).toMatchObject([
      {
        outbound: {
          notInspected: [{ reason: 'encrypted', code: 'archive-member-encrypted' }],
          poison: true,
          findings: ['zip-overlap'],
          rules: ['mmsguard:EXPL_X'],
          decision: { ...decisionOf('refuse'), reasons: [REASON] },
          ruleSet: '0123456789ab',
        },
      },
    ]);
  });

  it.each([
    ['held', { kind: 'held' }, 'info'],
    ['full', { kind: 'full', limit: 'bytes' }, 'warn'],
    ['failed', { kind: 'failed', detail: 'disk full' }, 'error'],
    ['absent', { kind: 'absent' }, 'error'],
  ] as const)('is louder when a message could not be kept: %s', (_, quarantine, level) => {
    const lines = linesOf((observer) => {
      observer.exchangeDone({ ...RECORD, inbound: bodyRecord({ quarantine }) });
    });
    expect(lines).toMatchObject([{ level, inbound: { quarantine } }]);
  });

  it('has a line for a refused connection', () => {
    const lines = linesOf((observer) => {
      observer.connectionRefused('header-too-slow');
    });
    expect(lines).toMatchObject([{ level: 'info', msg: 'connection refused', code: 'header-too-slow' }]);
  });

  it('has the stack of a bug, with the exchange that it broke', () => {
    const lines = linesOf((observer) => {
      observer.unexpectedError(new TypeError('a bug'), 'e-2');
    });
    expect(lines).toMatchObject([
      { level: 'error', exchange: 'e-2', err: { type: 'TypeError', message: 'a bug' } },
    ]);
  });
});
