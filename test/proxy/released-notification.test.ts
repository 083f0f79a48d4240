import { describe, expect, it } from 'vitest';
import { encodedString } from '../../src/codec/encoded-string.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { releasedNotification } from '../../src/proxy/released-notification.ts';
import { heldRecord } from '../support/memory-quarantine.ts';
import { pduBytes, retrieveConfirmation } from '../support/mms-messages.ts';

const FACTS = { transactionId: 'N-1', contentLocation: 'http://guard/released/1', nowMs: 1_000_000 };
const EXPIRY = { expiresAtMs: 1_000_000 + 3_600_500 };

async function notificationFor(changes: Parameters<typeof heldRecord>[0], facts = FACTS) {
  const octets = releasedNotification(await heldRecord({ direction: 'inbound', ...changes }), facts, {});
  return decodePdu(octets).pdu;
}

describe('the notification of a released message', () => {
  it('has its sender, class and size, and the time that is left', async () => {
    const { pdu } = decodePdu(retrieveConfirmation());
    const body = pduBytes('m-retrieve-conf', { ...pdu.headers, messageClass: 'advertisement' }, pdu.body);
    expect(await notificationFor({ body, ...EXPIRY })).toEqual({
      type: 'm-notification-ind',
      headers: {
        transactionId: 'N-1',
        version: '1.1',
        from: { kind: 'address', address: encodedString('+12025550111/TYPE=PLMN') },
        messageClass: 'advertisement',
        messageSize: body.length,
        expiry: { kind: 'relative', seconds: 3600 },
        contentLocation: 'http://guard/released/1',
      },
      applicationHeaders: [],
      unknownHeaders: [],
      body: undefined,
    });
  });

  it('has the defaults for a message that cannot be read, and what its scan has kept', async () => {
    const body = Buffer.from('gzip, as it were');
    const unread = await notificationFor({ body, ...EXPIRY });
    expect(unread.headers).toMatchObject({ version: '1.2', messageClass: 'personal', messageSize: 16 });
    expect(unread.headers.from).toBeUndefined();
    const headers = { version: '1.3', from: { kind: 'address', address: encodedString('+1') } } as const;
    const report = {
      pdu: { type: 'm-retrieve-conf', headers, recipients: [] },
      anomalies: [],
      findings: [],
      matches: [],
      parts: [],
      ruleSetDigest: '',
    } as const;
    expect((await notificationFor({ body, report, ...EXPIRY })).headers).toMatchObject(headers);
  });

  it('names no sender that the message hides', async () => {
    const { pdu } = decodePdu(retrieveConfirmation());
    const { from, ...rest } = pdu.headers;
    expect(from).toBeDefined();
    const body = pduBytes('m-retrieve-conf', rest, pdu.body);
    expect((await notificationFor({ body, ...EXPIRY })).headers.from).toBeUndefined();
  });

  it('leaves a second to one that is just expiring', async () => {
    const { headers } = await notificationFor({ expiresAtMs: FACTS.nowMs - 5000 });
    expect(headers.expiry).toEqual({ kind: 'relative', seconds: 1 });
  });
});
