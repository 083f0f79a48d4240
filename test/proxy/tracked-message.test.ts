import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JudgedMessage } from '../../src/proxy/held-message.ts';
import { NO_BODY, type ExchangeRecord } from '../../src/proxy/observer.ts';
import { trackedMessage } from '../../src/proxy/tracked-message.ts';
import { TRACKED_REASONS_MAX } from '../../src/storage/message-track.ts';
import { decisionOf } from '../support/decisions.ts';

const judged = (direction: JudgedMessage['direction']): JudgedMessage => ({
  direction,
  body: Buffer.from(direction),
  contentType: undefined,
  contentEncodings: [],
  outcome: { kind: 'not-a-pdu' },
  decision: decisionOf('forward'),
  authenticatedSender: '12025550111',
  http: { method: 'POST', authority: 'mmsc', path: '/', headers: [] },
});

const recordOf = (changes: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  id: 'id-1',
  method: 'POST',
  outcome: { kind: 'forwarded' },
  status: 200,
  outbound: { ...NO_BODY, bodyBytes: 10, pduType: 'm-send-req' },
  inbound: { ...NO_BODY, bodyBytes: 20, pduType: 'm-send-conf' },
  durationsMs: { receive: 1 },
  totalMs: 2,
  ...changes,
});

const BOTH = { outbound: judged('outbound'), inbound: judged('inbound') };

describe('trackedMessage', () => {
  it('is about what was posted', () => {
    expect(trackedMessage(recordOf(), BOTH, 1000)).toEqual({
      id: 'id-1',
      atMs: 1000,
      direction: 'outbound',
      pduType: 'm-send-req',
      end: 'forwarded',
      code: undefined,
      action: 'forward',
      shadowAction: 'forward',
      profile: '',
      reasons: [],
      bodyBytes: 10,
      contentHash: hash('sha256', Buffer.from('outbound'), 'hex'),
      sender: '12025550111',
      recipients: [],
      ruleSetDigest: undefined,
      durationsMs: { receive: 1 },
      totalMs: 2,
    });
  });

  it.each([
    ['what was fetched', recordOf({ method: 'GET' })],
    [
      'the answer to a POST that was stopped',
      recordOf({ outcome: { kind: 'refused', code: 'content', side: 'mmsc' } }),
    ],
  ])('is about %s', (_, record) => {
    expect(trackedMessage(record, BOTH, 0)).toMatchObject({ direction: 'inbound', bodyBytes: 20 });
  });

  it('is about what was posted when the MMSC failed', () => {
    const record = recordOf({ outcome: { kind: 'failed', code: 'reset', side: 'mmsc' } });
    expect(trackedMessage(record, BOTH, 0)).toMatchObject({ direction: 'outbound', code: 'reset' });
  });

  it('knows little of an exchange that ended before anything was judged', () => {
    const record = recordOf({ outcome: { kind: 'refused', code: 'body-too-large', side: 'handset' } });
    expect(trackedMessage(record, {}, 0)).toMatchObject({
      end: 'refused',
      code: 'body-too-large',
      contentHash: '',
      sender: undefined,
    });
  });

  it('tells what was decided, with so many reasons and no more', () => {
    const reasons = Array.from({ length: TRACKED_REASONS_MAX + 1 }, (_, index) => ({
      kind: 'finding' as const,
      code: `code-${index}`,
      entry: 'severity high',
      action: 'refuse' as const,
      isShadow: false,
    }));
    const decision = { ...decisionOf('refuse'), profile: 'strict', shadowAction: 'refuse' as const, reasons };
    const tracked = trackedMessage(recordOf({ outbound: { ...NO_BODY, decision } }), BOTH, 0);
    expect(tracked).toMatchObject({ action: 'refuse', profile: 'strict' });
    expect([tracked.reasons.length, tracked.reasons[0]]).toEqual([TRACKED_REASONS_MAX, 'code-0']);
  });
});
