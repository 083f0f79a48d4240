import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodedString } from '../../src/codec/encoded-string.ts';
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import { decodePdu, encodePdu } from '../../src/codec/pdu.ts';
import type { MmsPdu } from '../../src/codec/pdu-types.ts';
import { MmscService, RECIPIENTS_MAX, type Transaction } from '../../src/lab/mmsc-service.ts';
import { MmscStore } from '../../src/lab/mmsc-store.ts';
import { plainPdu } from '../../src/lab/plain-pdu.ts';
import { tryDecode } from '../../src/lab/try-decode.ts';
import { CANONICAL_PDUS, FIXTURES } from '../support/fixtures.ts';
import { ALICE, BOB } from '../support/lab-rig.ts';
import { sendRequest } from '../support/mms-messages.ts';

const NOW = 1_700_000_000;

function startService(): MmscService {
  const store = new MmscStore({ countMax: 1000, bytesMax: 1_000_000 });
  return new MmscService({ store, publicBase: () => 'http://mmsc', now: () => NOW });
}

/** Posts octets in the name of a subscriber, as the MMSC's HTTP side does. */
function postBytes(service: MmscService, bytes: Uint8Array, from = ALICE): Transaction {
  return service.post({ ...tryDecode(bytes)!, bytes, subscriber: `${from}/TYPE=PLMN` });
}

const post = (service: MmscService, pdu: MmsPdu, from?: string): Transaction =>
  postBytes(service, encodePdu(pdu), from);

/** The answer, which a strict decoder must read. */
const answerOf = ({ reply }: Transaction): MmsPdu => decodePdu(reply.body).pdu;

const handsetPdu = (type: MessageType, headers: MmsHeaders): MmsPdu =>
  plainPdu(type, { version: '1.2', ...headers });

/** A service that holds a message for Bob, and the headers of his notification. */
function withMessage(changes: MmsHeaders = {}): {
  readonly service: MmscService;
  readonly notified: MmsHeaders;
  readonly path: string;
} {
  const service = startService();
  const { pushes } = postBytes(service, sendRequest({ deliveryReport: 'yes', ...changes }));
  const notified = pushes[0]!.pdu.headers;
  return { service, notified, path: notified.contentLocation!.replace('http://mmsc', '') };
}

describe('m-send-req', () => {
  it('is confirmed with transaction and version echoed, and a message id', () => {
    const answer = answerOf(postBytes(startService(), sendRequest()));
    expect(answer.type).toBe('m-send-conf');
    expect(answer.headers).toMatchObject({ transactionId: 'T-1', version: '1.2', responseStatus: 'ok' });
    expect(answer.headers.messageId).toMatch(/./);
  });

  it('is told to every recipient, each with a place and a transaction of its own', () => {
    const people = ['+1', '+2/TYPE=PLMN', 'carol@example.org'].map((text) => encodedString(text));
    const [to, cc, bcc] = people.map((person) => [person]);
    const { pushes } = postBytes(startService(), sendRequest({ to: to!, cc: cc!, bcc: bcc! }));
    expect(pushes.map((push) => push.to)).toEqual(['+1', '+2', 'carol@example.org']);
    const notified = pushes.map(({ pdu }) => decodePdu(encodePdu(pdu)).pdu.headers);
    expect(new Set(notified.map(({ contentLocation }) => contentLocation)).size).toBe(3);
    expect(new Set(notified.map(({ transactionId }) => transactionId)).size).toBe(3);
  });

  it('waits at its Content-Location, from the authenticated number', () => {
    const sent = sendRequest();
    const { service, path } = withMessage();
    const { body } = service.retrieve(path);
    const { layout } = decodePdu(sent);
    expect(Buffer.from(body).subarray(-(sent.length - layout.at(-1)!.end))).toEqual(
      sent.subarray(layout.at(-1)!.end),
    );
    expect(decodePdu(body).pdu.headers.from).toMatchObject({ address: { text: `${ALICE}/TYPE=PLMN` } });
  });

  it.each([
    ['nobody', 0, 'error-permanent-sending-address-unresolved'],
    ['as many as the limit', RECIPIENTS_MAX, 'ok'],
    ['one more than the limit', RECIPIENTS_MAX + 1, 'error-permanent-service-denied'],
  ])('to %s gets its status', (_, count, responseStatus) => {
    const to = Array.from({ length: count }, (_value, index) => encodedString(`+1${index}`));
    const transaction = postBytes(startService(), sendRequest({ to }));
    expect(answerOf(transaction).headers.responseStatus).toBe(responseStatus);
    expect(transaction.pushes).toHaveLength(responseStatus === 'ok' ? count : 0);
  });
});

describe('an acknowledgement', () => {
  const named = (type: MessageType, headers: MmsHeaders) => (transactionId: string) =>
    handsetPdu(type, { transactionId, ...headers });

  it.each([
    ['m-notifyresp-ind retrieved', named('m-notifyresp-ind', { status: 'retrieved' }), 'retrieved'],
    ['m-notifyresp-ind rejected', named('m-notifyresp-ind', { status: 'rejected' }), 'rejected'],
    ['m-acknowledge-ind', named('m-acknowledge-ind', {}), 'retrieved'],
  ])('%s is told to the sender, once', (_, pdu, status) => {
    const { service, notified } = withMessage();
    const first = post(service, pdu(notified.transactionId!), BOB);
    expect([first.reply.status, first.reply.body.length]).toEqual([200, 0]);
    expect(first.pushes).toMatchObject([{ to: ALICE, pdu: { type: 'm-delivery-ind', headers: { status } } }]);
    expect(post(service, pdu(notified.transactionId!), BOB).pushes).toEqual([]);
  });

  it.each([
    ['is deferred', named('m-notifyresp-ind', { status: 'deferred' }), {}],
    ['is not understood', named('m-notifyresp-ind', { status: 'unrecognised' }), {}],
    ['allows no report', named('m-acknowledge-ind', { reportAllowed: 'no' }), {}],
    ['was sent without a wish for one', named('m-acknowledge-ind', {}), { deliveryReport: 'no' } as const],
  ])('leads to no report where it %s', (_, pdu, changes) => {
    const { service, notified } = withMessage(changes);
    const { reply, pushes } = post(service, pdu(notified.transactionId!), BOB);
    expect([reply.status, pushes]).toEqual([200, []]);
  });

  it('of nothing is answered all the same', () => {
    const { reply, pushes } = post(startService(), named('m-acknowledge-ind', {})('unknown'));
    expect([reply.status, pushes]).toEqual([200, []]);
  });
});

describe('m-forward-req', () => {
  const forward = (contentLocation: string): MmsPdu =>
    handsetPdu('m-forward-req', {
      transactionId: 'F',
      from: { kind: 'insert-address' },
      to: [encodedString('+12025550133/TYPE=PLMN')],
      contentLocation,
    });

  it('delivers the stored message to others, and says who had it', () => {
    const { service, notified } = withMessage({ subject: encodedString('s'), cc: [encodedString('+9')] });
    const transaction = post(service, forward(notified.contentLocation!), BOB);
    expect(answerOf(transaction)).toMatchObject({
      type: 'm-forward-conf',
      headers: { transactionId: 'F', responseStatus: 'ok' },
    });
    expect(transaction.pushes.map(({ to }) => to)).toEqual(['+12025550133']);
    const location = transaction.pushes[0]!.pdu.headers.contentLocation!;
    const { headers } = decodePdu(service.retrieve(location.replace('http://mmsc', '')).body).pdu;
    expect(headers).toMatchObject({
      from: { address: { text: `${BOB}/TYPE=PLMN` } },
      to: [{ text: '+12025550133/TYPE=PLMN' }],
      subject: { text: 's' },
      deliveryReport: 'no',
      previouslySentBy: [{ hop: 1, value: { text: `${ALICE}/TYPE=PLMN` } }],
      previouslySentDate: [{ hop: 1, value: NOW }],
    });
    expect(headers.cc).toBeUndefined();
  });

  it('of nothing is refused', () => {
    expect(answerOf(post(startService(), forward('http://mmsc/none'))).headers.responseStatus).toBe(
      'error-permanent-message-not-found',
    );
  });
});

it('passes a read report on to the sender, from the authenticated number', () => {
  const report = handsetPdu('m-read-rec-ind', {
    messageId: 'M',
    to: [encodedString(`${ALICE}/TYPE=PLMN`)],
    from: { kind: 'insert-address' },
    readStatus: 'read',
  });
  const { reply, pushes } = post(startService(), report, BOB);
  expect([reply.status, pushes.length, pushes[0]?.to]).toEqual([200, 1, ALICE]);
  expect(decodePdu(encodePdu(pushes[0]!.pdu)).pdu).toMatchObject({
    type: 'm-read-orig-ind',
    headers: {
      messageId: 'M',
      from: { address: { text: `${BOB}/TYPE=PLMN` } },
      date: NOW,
      readStatus: 'read',
    },
  });
});

it('deletes a message once', () => {
  const { service, notified, path } = withMessage();
  const { contentLocation } = notified;
  const request = handsetPdu('m-delete-req', { transactionId: 'D', contentLocation: contentLocation! });
  expect(answerOf(post(service, request)).headers.responseStatus).toBe('ok');
  expect(answerOf(post(service, request)).headers.responseStatus).toBe('error-permanent-message-not-found');
  expect(decodePdu(service.retrieve(path).body).pdu.headers.retrieveStatus).toBe(
    'error-permanent-message-not-found',
  );
});

/** What each type of PDU is answered with: a confirmation, nothing (200), or a refusal (403). */
const ANSWERS: Readonly<Record<MessageType, MessageType | 200 | 403>> = {
  'm-send-req': 'm-send-conf',
  'm-send-conf': 403,
  'm-notification-ind': 403,
  'm-notifyresp-ind': 200,
  'm-retrieve-conf': 403,
  'm-acknowledge-ind': 200,
  'm-delivery-ind': 403,
  'm-read-rec-ind': 200,
  'm-read-orig-ind': 403,
  'm-forward-req': 'm-forward-conf',
  'm-forward-conf': 403,
  'm-mbox-store-req': 'm-mbox-store-conf',
  'm-mbox-store-conf': 403,
  'm-mbox-view-req': 'm-mbox-view-conf',
  'm-mbox-view-conf': 403,
  'm-mbox-upload-req': 'm-mbox-upload-conf',
  'm-mbox-upload-conf': 403,
  'm-mbox-delete-req': 'm-mbox-delete-conf',
  'm-mbox-delete-conf': 403,
  'm-mbox-descr': 403,
  'm-delete-req': 'm-delete-conf',
  'm-delete-conf': 403,
  'm-cancel-req': 403,
  'm-cancel-conf': 200,
};

it.each(CANONICAL_PDUS)('answers $name as it should', ({ name, bytes }) => {
  const expected = ANSWERS[name as MessageType];
  const transaction = postBytes(startService(), bytes);
  if (typeof expected === 'number') {
    expect([transaction.reply.status, transaction.reply.headers['Content-Type']]).toEqual([
      expected,
      expected === 403 ? 'text/plain' : undefined,
    ]);
  } else {
    const { type, headers } = answerOf(transaction);
    expect([type, headers.transactionId]).toEqual([expected, tryDecode(bytes)?.pdu.headers.transactionId]);
  }
});

it('answers whatever can be decoded, without an error', () => {
  const mutation = fc.tuple(
    fc.constantFrom(...FIXTURES.map(({ bytes }) => bytes)),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
  );
  const service = startService();
  fc.assert(
    fc.property(mutation, ([original, changes]) => {
      const bytes = original.slice();
      for (const [place, octet] of changes) bytes[place % bytes.length] = octet;
      if (tryDecode(bytes) === undefined) return;
      const { reply, pushes } = postBytes(service, bytes);
      expect(reply.status).toBeOneOf([200, 403]);
      for (const { pdu } of pushes) expect(tryDecode(encodePdu(pdu))?.pdu.type).toBe(pdu.type);
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2000) },
  );
});
