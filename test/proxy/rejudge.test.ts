import { describe, expect, it } from 'vitest';
import { contentEncodings, isStopped, reasonCodes, rejudge } from '../../src/proxy/rejudge.ts';
import type { ScanContext } from '../../src/scanning/scan-context.ts';
import type { BodyScanner } from '../../src/scanning/scan-pool.ts';
import { decisionOf } from '../support/decisions.ts';
import { newRecord } from '../support/held-records.ts';
import { heldRecord } from '../support/memory-quarantine.ts';
import { policyOf } from '../support/policies.ts';

const LISTEN = { name: 'main', host: '127.0.0.1', port: 0 };
const FETCH = { method: 'GET', authority: 'mmsc', path: '/m', headers: ['Accept-Encoding', 'gzip'] };

/** A scanner that cannot look into anything, and notes what it was told. */
function blindScanner(): { readonly scanner: BodyScanner; readonly contexts: ScanContext[] } {
  const contexts: ScanContext[] = [];
  const gap = { reason: 'timeout', code: 'timeout', part: undefined, offset: undefined } as const;
  const scan: BodyScanner['scan'] = (_body, context) => {
    contexts.push(context);
    return Promise.resolve({ kind: 'not-inspected', gaps: [gap], report: undefined, isPoison: false });
  };
  return { scanner: { scan }, contexts };
}

describe('judging again', () => {
  it.each([
    [
      'posted',
      { http: { ...newRecord().http, headers: ['Content-Encoding', 'gzip'] } },
      {
        direction: 'outbound',
        contentEncodings: ['gzip'],
        authenticatedSender: '+12025550111',
        senderClass: 'authenticated',
      },
    ],
    [
      'posted by somebody whom no gateway named',
      { envelope: { sender: undefined, from: '+1', recipients: [] } },
      { authenticatedSender: undefined, senderClass: 'unknown', contentEncodings: [] },
    ],
    [
      'fetched',
      { direction: 'inbound', http: { ...FETCH, contentEncodings: ['deflate'] } },
      {
        direction: 'inbound',
        contentEncodings: ['deflate'],
        authenticatedSender: undefined,
        senderClass: 'unknown',
      },
    ],
  ] as const)(
    'tells the scanner of a message that was %s what the proxy would',
    async (_, changes, context) => {
      const record = await heldRecord(changes);
      const { scanner, contexts } = blindScanner();
      await rejudge(record, { scanner, settings: { policy: policyOf(), listen: LISTEN } });
      expect(contexts).toMatchObject([{ contentType: 'application/vnd.wap.mms-message', ...context }]);
    },
  );

  it.each([
    [{}, 'quarantine'],
    [{ listener: 'roaming' }, 'refuse'],
  ] as const)('decides by the listener that the message came in by: %j', async (changes, action) => {
    const record = await heldRecord({ http: { ...newRecord().http, ...changes } });
    const roaming = {
      ...policyOf({ notInspected: 'refuse' }).fallback,
      appliesTo: { listeners: ['roaming'] },
    };
    const policy = { ...policyOf({ notInspected: 'quarantine' }), profiles: [roaming] };
    const { decision } = await rejudge(record, { ...blindScanner(), settings: { policy, listen: LISTEN } });
    expect(decision.action).toBe(action);
  });
});

describe('a decision of now', () => {
  it.each([
    [decisionOf('forward'), false],
    [decisionOf('strip'), true],
    [decisionOf('throttle'), true],
    [decisionOf('refuse'), true],
    [decisionOf('refuse', { isEnforced: false }), false],
  ])('%j stops a message: %s', (decision, expected) => {
    expect(isStopped(decision)).toBe(expected);
  });

  it('has each code once, and none that an entry in shadow is the reason of', () => {
    const reason = { kind: 'finding', severity: 'high', part: 0, entry: 'e', action: 'refuse' } as const;
    const reasons = [
      { ...reason, code: 'a', isShadow: false },
      { ...reason, code: 'b', isShadow: false },
      { ...reason, code: 'a', isShadow: false },
      { ...reason, code: 'c', isShadow: true },
    ];
    expect(reasonCodes({ reasons })).toEqual(['a', 'b']);
  });
});

describe('the content encodings of a body', () => {
  it('are not those that the handset would have taken', async () => {
    const headers = ['Content-Encoding', 'gzip'];
    expect(contentEncodings(await heldRecord({ direction: 'inbound', http: { ...FETCH, headers } }))).toEqual(
      [],
    );
  });
});
