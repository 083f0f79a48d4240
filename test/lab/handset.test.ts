import { describe, expect, it } from 'vitest';
import { encodePdu } from '../../src/codec/pdu.ts';
import { encodeMmsPush } from '../../src/codec/wap-push.ts';
import { textFile } from '../../src/lab/compose-message.ts';
import { PUSH_BYTES_MAX } from '../../src/lab/handset.ts';
import { sendRequest, type LabAnswer, type LabFailure } from '../../src/lab/http-client.ts';
import type { Mmsc } from '../../src/lab/mmsc.ts';
import { tryDecode } from '../../src/lab/try-decode.ts';
import { fixture } from '../support/fixtures.ts';
import { ALICE, BOB, nextEvent, startHandset, startLabMmsc } from '../support/lab-rig.ts';

const DRAFT = { to: [BOB], subject: 'hello', files: [textFile('hi')] };

/** The types of what an MMSC got, undefined for a GET. */
function typesPosted(mmsc: Mmsc): (string | undefined)[] {
  return mmsc.received.map(({ body }) => tryDecode(body)?.pdu.type);
}

async function push(url: string, sdu: Uint8Array): Promise<LabAnswer | LabFailure> {
  return await sendRequest({ method: 'POST', url, body: sdu });
}

/** A notification of a message at an MMSC on this machine. */
function notificationFor(port: number): Uint8Array {
  const { pdu } = tryDecode(fixture('m-notification-ind').bytes)!;
  const headers = { ...pdu.headers, contentLocation: `http://127.0.0.1:${port}/m` };
  return encodePdu({ ...pdu, headers });
}

describe('a handset', () => {
  it('sends; another is notified, fetches at once, and says so', async () => {
    const mmsc = await startLabMmsc();
    const [alice, bob] = [await startHandset(mmsc, ALICE), await startHandset(mmsc, BOB)];
    const answer = await alice.send({ ...DRAFT, deliveryReport: true });
    expect(answer).toMatchObject({ kind: 'pdu', pdu: { headers: { responseStatus: 'ok' } } });
    expect(await nextEvent(bob)).toMatchObject({
      kind: 'message',
      pdu: { type: 'm-retrieve-conf', headers: { subject: { text: 'hello' } } },
    });
    expect(await nextEvent(alice)).toMatchObject({
      kind: 'report',
      pdu: { type: 'm-delivery-ind', headers: { status: 'retrieved' } },
    });
    expect(typesPosted(mmsc)).toEqual(['m-send-req', undefined, 'm-notifyresp-ind']);
  });

  it('defers a message, fetches it later, acknowledges it, and tells that it was read', async () => {
    const mmsc = await startLabMmsc();
    const alice = await startHandset(mmsc, ALICE);
    const bob = await startHandset(mmsc, BOB, { retrieval: 'deferred' });
    await alice.send(DRAFT);
    const event = await nextEvent(bob);
    if (event.kind !== 'notification') throw new Error(event.kind);
    const answer = await bob.retrieve(event.pdu.headers.contentLocation!);
    if (answer.kind !== 'pdu') throw new Error(answer.kind);
    await bob.reportRead(answer.pdu);
    expect(await nextEvent(alice)).toMatchObject({
      kind: 'report',
      pdu: { type: 'm-read-orig-ind', headers: { readStatus: 'read' } },
    });
    expect(typesPosted(mmsc)).toEqual([
      'm-send-req',
      'm-notifyresp-ind',
      undefined,
      'm-acknowledge-ind',
      'm-read-rec-ind',
    ]);
  });

  it('forwards a message that it has not fetched', async () => {
    const mmsc = await startLabMmsc();
    const alice = await startHandset(mmsc, ALICE);
    const bob = await startHandset(mmsc, BOB, { retrieval: 'deferred' });
    await alice.send(DRAFT);
    const event = await nextEvent(bob);
    if (event.kind !== 'notification') throw new Error(event.kind);
    await bob.forward(event.pdu.headers.contentLocation!, [ALICE]);
    expect(await nextEvent(alice)).toMatchObject({
      kind: 'message',
      pdu: { headers: { previouslySentBy: [{ hop: 1, value: { text: `${ALICE}/TYPE=PLMN` } }] } },
    });
  });

  it('gives each of its transactions an id of its own', async () => {
    const mmsc = await startLabMmsc();
    const alice = await startHandset(mmsc, ALICE);
    await alice.send(DRAFT);
    await alice.send(DRAFT);
    const ids = mmsc.received.map(({ body }) => tryDecode(body)?.pdu.headers.transactionId);
    expect(new Set(ids).size).toBe(2);
  });

  it('tells of a message that it could not have', async () => {
    const mmsc = await startLabMmsc();
    const bob = await startHandset(mmsc, BOB);
    await push(bob.pushUrl, encodeMmsPush(notificationFor(mmsc.port), 1));
    expect(await nextEvent(bob)).toMatchObject({
      kind: 'failed',
      answer: { pdu: { headers: { retrieveStatus: 'error-permanent-message-not-found' } } },
    });
  });

  it.each([
    ['no push', Buffer.from('no push')],
    ['a push of no PDU', encodeMmsPush(Buffer.from('x'), 1)],
    ['a push that is too large', encodeMmsPush(Buffer.alloc(PUSH_BYTES_MAX), 1)],
  ])('refuses %s', async (_, sdu) => {
    const bob = await startHandset(await startLabMmsc(), BOB);
    expect(await push(bob.pushUrl, sdu)).toMatchObject({ status: 400 });
  });

  it('sends octets as they are', async () => {
    const mmsc = await startLabMmsc();
    const alice = await startHandset(mmsc, ALICE);
    expect(await alice.sendBytes(Buffer.from('junk'))).toMatchObject({
      kind: 'no-pdu',
      http: { status: 400 },
    });
    expect(mmsc.received[0]?.body.toString()).toBe('junk');
  });

  it('gives up a retrieval when it is switched off', async () => {
    const mmsc = await startLabMmsc({ faults: ['never-answer'] });
    const bob = await startHandset(mmsc, BOB);
    await push(bob.pushUrl, encodeMmsPush(notificationFor(mmsc.port), 1));
    while (mmsc.received.length === 0) await new Promise(setImmediate);
    await bob.close();
    expect(await nextEvent(bob)).toMatchObject({
      kind: 'failed',
      answer: { failure: { reason: 'given-up' } },
    });
  });
});
