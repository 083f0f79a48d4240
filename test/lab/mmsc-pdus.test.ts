import { describe, expect, it } from 'vitest';
import { decodePdu, encodePdu } from '../../src/codec/pdu.ts';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import type { MmsPdu } from '../../src/codec/pdu-types.ts';
import { deliveryReportOf, notFoundRetrieval, notificationOf, retrievalOf } from '../../src/lab/mmsc-pdus.ts';
import type { Delivery } from '../../src/lab/mmsc-store.ts';
import { fixture } from '../support/fixtures.ts';

/** A copy of the message of a fixture. */
function delivery(changes: MmsHeaders = {}, message: Partial<Delivery['message']> = {}): Delivery {
  const { bytes } = fixture('m-send-req');
  const { pdu, layout } = decodePdu(bytes);
  const content = bytes.subarray(layout.at(-1)!.end);
  return {
    path: '/q1',
    transactionId: 'N1',
    recipient: { text: '+15550100002/TYPE=PLMN' },
    state: 'notified',
    message: {
      messageId: 'M1',
      from: { text: '+15550100001/TYPE=PLMN' },
      date: 1_700_000_000,
      headers: { ...pdu.headers, ...changes },
      content,
      forwarders: [],
      ...message,
    },
  };
}

/** What a strict decoder makes of a PDU: everything here is to be beyond reproach. */
const read = (pdu: MmsPdu): MmsPdu => decodePdu(encodePdu(pdu)).pdu;

describe('notificationOf', () => {
  it('tells where the message waits, and what it is', () => {
    const copy = delivery();
    const { type, headers } = read(notificationOf(copy, 'http://mmsc/q1'));
    expect(type).toBe('m-notification-ind');
    expect(headers).toMatchObject({
      transactionId: 'N1',
      from: { kind: 'address', address: { text: '+15550100001/TYPE=PLMN' } },
      subject: { text: 'Grüße' },
      messageClass: 'personal',
      messageSize: copy.message.content.length,
      expiry: { kind: 'relative', seconds: 604_800 },
      contentLocation: 'http://mmsc/q1',
    });
  });

  it('has an expiry and a class where the message has none', () => {
    const bare = delivery();
    const { subject, contentType } = bare.message.headers;
    const message = { ...bare.message, headers: { subject: subject!, contentType: contentType! } };
    expect(read(notificationOf({ ...bare, message }, 'http://mmsc/q1')).headers).toMatchObject({
      messageClass: 'personal',
      expiry: { kind: 'relative', seconds: 259_200 },
    });
  });
});

describe('retrievalOf', () => {
  it('has the content as it was submitted, octet for octet', () => {
    const copy = delivery();
    const bytes = encodePdu(retrievalOf(copy));
    expect(Buffer.from(bytes.subarray(-copy.message.content.length))).toEqual(
      Buffer.from(copy.message.content),
    );
    expect(decodePdu(bytes).pdu.headers).toMatchObject({
      transactionId: 'N1',
      messageId: 'M1',
      date: 1_700_000_000,
      from: { kind: 'address' },
      contentType: copy.message.headers.contentType,
    });
  });

  it('names no hidden recipients', () => {
    const { headers } = read(retrievalOf(delivery()));
    expect([headers.to?.length, headers.cc?.length, headers.bcc]).toEqual([2, 1, undefined]);
  });

  it('says who forwarded it', () => {
    const value = { by: { text: '+15550100009/TYPE=PLMN' }, date: 1_600_000_000 };
    const { headers } = read(retrievalOf(delivery({}, { forwarders: [{ hop: 1, value }] })));
    expect(headers.previouslySentBy).toEqual([{ hop: 1, value: value.by }]);
    expect(headers.previouslySentDate).toEqual([{ hop: 1, value: value.date }]);
  });
});

it('names no sender who wants to be hidden', () => {
  const copy = delivery({ senderVisibility: 'hide' });
  expect(read(notificationOf(copy, 'http://mmsc/q1')).headers.from).toBeUndefined();
  expect(read(retrievalOf(copy)).headers.from).toBeUndefined();
});

it('says that there is no message, with a date and a text', () => {
  const { headers, body } = read(notFoundRetrieval(1_700_000_000));
  expect(headers).toMatchObject({
    date: 1_700_000_000,
    retrieveStatus: 'error-permanent-message-not-found',
    contentType: { mediaType: 'text/plain' },
  });
  expect(body?.kind).toBe('single');
});

it.each(['retrieved', 'rejected'] as const)('reports that a copy was %s', (status) => {
  expect(read(deliveryReportOf(delivery(), status, 1_700_000_001)).headers).toMatchObject({
    messageId: 'M1',
    to: [{ text: '+15550100002/TYPE=PLMN' }],
    date: 1_700_000_001,
    status,
  });
});
