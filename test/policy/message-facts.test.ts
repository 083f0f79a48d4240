import { describe, expect, it } from 'vitest';
import { messageFacts } from '../../src/policy/message-facts.ts';
import { gapOf, inputOf, inspected, reportOf, uninspected } from '../support/outcomes.ts';

const FROM = { from: { kind: 'address', address: { text: '+12025550123/TYPE=PLMN' } } } as const;
const PDU = { type: 'm-retrieve-conf', headers: FROM, recipients: ['+1'] } as const;

describe('the facts of a message', () => {
  it('have outbound the sender that the gateway vouches for, whatever From says', () => {
    const outcome = inspected({ pdu: PDU });
    expect(messageFacts(inputOf(outcome, { authenticatedSender: '+1202' })).sender).toBe('1202');
    expect(messageFacts(inputOf(outcome)).sender).toBeUndefined();
  });

  it('have inbound the sender that the MMSC gives', () => {
    const inbound = { direction: 'inbound', authenticatedSender: '+9' } as const;
    expect(messageFacts(inputOf(inspected({ pdu: PDU }), inbound)).sender).toBe('12025550123');
    expect(messageFacts(inputOf(inspected(), inbound)).sender).toBeUndefined();
    const inserted = { ...PDU, headers: { from: { kind: 'insert-address' } } } as const;
    expect(messageFacts(inputOf(inspected({ pdu: inserted }), inbound)).sender).toBeUndefined();
  });

  it('are those of what could be read of a message that was not wholly inspected', () => {
    const outcome = uninspected(gapOf('encrypted'), reportOf({ pdu: PDU }));
    expect(messageFacts(inputOf(outcome))).toMatchObject({ pduType: 'm-retrieve-conf', recipients: ['1'] });
  });

  it.each([uninspected(gapOf('timeout')), { kind: 'not-a-pdu' } as const, { kind: 'cancelled' } as const])(
    'are few of what could not be read: case %#',
    (outcome) => {
      expect(messageFacts(inputOf(outcome))).toEqual({
        direction: 'outbound',
        listener: 'main',
        pduType: undefined,
        sender: undefined,
        recipients: [],
        parts: [],
      });
    },
  );
});
