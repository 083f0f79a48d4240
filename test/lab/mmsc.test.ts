import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodedString } from '../../src/codec/encoded-string.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { sendRequest as ask, type LabRequest } from '../../src/lab/http-client.ts';
import { DEFAULT_MMSC_LIMITS, type Mmsc, type MmscExchange } from '../../src/lab/mmsc.ts';
import { tryDecodePush } from '../../src/lab/try-decode.ts';
import { fixture } from '../support/fixtures.ts';
import { ALICE, BOB, startLabMmsc, urlOf } from '../support/lab-rig.ts';
import { connectRaw } from '../support/raw-http.ts';
import { acknowledgement, retrieveConfirmation, sendRequest } from '../support/mms-messages.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

/** Asks an MMSC, and gives the answer; no answer fails the test. */
async function answerOf(mmsc: Mmsc, request: Partial<LabRequest> = {}) {
  const answer = await ask({ method: 'POST', url: urlOf(mmsc), ...request });
  if (!answer.ok) throw new Error(answer.detail);
  return answer;
}

/** The sender that a recipient of this message would see. */
async function senderSeen(headers: Record<string, string>, body = sendRequest()): Promise<string> {
  const folder = scratchFolder();
  const mmsc = await startLabMmsc({ directory: folder });
  await answerOf(mmsc, { headers, body });
  await mmsc.settle();
  const [file = ''] = readdirSync(folder);
  const from = tryDecodePush(readFileSync(join(folder, file)))?.pdu.headers.from;
  return from?.kind === 'address' ? from.address.text : '';
}

describe('an MMSC', () => {
  it('takes a message on any path, tells by push where it waits, and gives it', async () => {
    const folder = scratchFolder();
    const mmsc = await startLabMmsc({ directory: folder });
    const sent = sendRequest({}, 5000);
    const answer = await answerOf(mmsc, { url: `${urlOf(mmsc)}any/path?x`, body: sent });
    expect(answer.contentType).toBe('application/vnd.wap.mms-message');
    expect(decodePdu(answer.body).pdu.headers.responseStatus).toBe('ok');
    await mmsc.settle();
    const [file = ''] = readdirSync(folder);
    const push = tryDecodePush(readFileSync(join(folder, file)));
    const { contentLocation = '' } = push!.pdu.headers;
    const message = await answerOf(mmsc, { method: 'GET', url: contentLocation });
    const { pdu } = decodePdu(message.body);
    expect(pdu.type).toBe('m-retrieve-conf');
    expect(message.body.subarray(-5000)).toEqual(sent.subarray(-5000));
    const absolute = await answerOf(mmsc, { method: 'GET', url: contentLocation, proxy: urlOf(mmsc) });
    expect(absolute.body).toEqual(message.body);
  });

  it('is called as it is told to be', async () => {
    const folder = scratchFolder();
    const mmsc = await startLabMmsc({ directory: folder, publicBase: 'http://mmsc/' });
    await answerOf(mmsc, { body: sendRequest() });
    await mmsc.settle();
    const [file = ''] = readdirSync(folder);
    const push = tryDecodePush(readFileSync(join(folder, file)));
    expect(push?.pdu.headers.contentLocation).toMatch(/^http:\/\/mmsc\/[^/]+$/);
  });

  it.each([
    ['the number of the gateway', { 'X-MSISDN': '12025550111' }, `${ALICE}/TYPE=PLMN`],
    [
      'the number of Kannel before others',
      { 'X-MSISDN': '1', 'X-WAP-Network-Client-MSISDN': ALICE },
      `${ALICE}/TYPE=PLMN`,
    ],
    ['its IP address', {}, '127.0.0.1/TYPE=IPv4'],
  ])('takes %s for the sender', async (_, headers, expected) => {
    expect(await senderSeen(headers)).toBe(expected);
  });

  it('believes the claimed address only where nobody vouches for another', async () => {
    const claimed = sendRequest({ from: { kind: 'address', address: encodedString(BOB) } });
    expect(await senderSeen({}, claimed)).toBe(`${BOB}/TYPE=PLMN`);
    expect(await senderSeen({ 'X-MSISDN': ALICE }, claimed)).toBe(`${ALICE}/TYPE=PLMN`);
  });

  it.each([
    ['garbage', { body: Buffer.from('garbage') }, 400, 'Malformed MMS message'],
    ['nothing', {}, 400, 'Malformed MMS message'],
    [
      'what only an MMSC sends',
      { body: retrieveConfirmation() },
      403,
      'm-retrieve-conf: only an MMSC sends it',
    ],
  ])('refuses %s with a text', async (_, request, status, text) => {
    const answer = await answerOf(await startLabMmsc(), request);
    expect([answer.status, answer.contentType, answer.body.toString()]).toEqual([status, 'text/plain', text]);
  });

  it('answers an indication with nothing', async () => {
    const answer = await answerOf(await startLabMmsc(), { body: acknowledgement() });
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
  });

  it('answers the GET of an unknown message with an m-retrieve-conf', async () => {
    const answer = await answerOf(await startLabMmsc(), { method: 'GET' });
    expect(answer.status).toBe(200);
    expect(decodePdu(answer.body).pdu.headers.retrieveStatus).toBe('error-permanent-message-not-found');
  });

  it('gives what it was loaded with untouched, by path and query, to GET and HEAD', async () => {
    const mmsc = await startLabMmsc();
    const { bytes } = fixture('deviation-trailing-bytes');
    mmsc.put('/m?id=a%2Fb', bytes);
    const answer = await answerOf(mmsc, { method: 'GET', url: `${urlOf(mmsc)}m?id=a%2Fb` });
    expect(answer.body).toEqual(Buffer.from(bytes));
    const connection = await connectRaw(mmsc.port);
    const head = await connection.send('HEAD /m?id=a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n').response(true);
    expect(head.status).toBe(200);
    connection.destroy();
  });

  it('refuses other methods', async () => {
    const connection = await connectRaw((await startLabMmsc()).port);
    const response = await connection
      .send('PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n')
      .response();
    expect(response.status).toBe(405);
    connection.destroy();
  });

  it('keeps what came, letter by letter', async () => {
    const mmsc = await startLabMmsc();
    const body = sendRequest();
    await answerOf(mmsc, { url: `${urlOf(mmsc)}a/../b?c`, body, headers: { 'X-Own-CASE': 'v' } });
    expect(mmsc.received).toHaveLength(1);
    const [{ method, target, rawHeaders, body: kept } = {}] = mmsc.received;
    expect([method, target, kept]).toEqual(['POST', '/a/../b?c', body]);
    expect(rawHeaders).toEqual(expect.arrayContaining(['X-Own-CASE', 'v']));
  });

  it('tells of every answer', async () => {
    const exchanges: MmscExchange[] = [];
    const mmsc = await startLabMmsc({ onExchange: (exchange) => exchanges.push(exchange) });
    await answerOf(mmsc, { body: acknowledgement() });
    await answerOf(mmsc, { method: 'GET' });
    expect(exchanges.map(({ request, pdu, reply }) => [request.method, pdu?.type, reply.status])).toEqual([
      ['POST', 'm-acknowledge-ind', 200],
      ['GET', undefined, 200],
    ]);
  });

  it('rejects a port that is taken', async () => {
    const { port } = await startLabMmsc();
    await expect(startLabMmsc({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('the limits of an MMSC', () => {
  it.each([
    ['at the limit', 0, 200],
    ['one past the limit', 1, 413],
  ])('answers a body %s', async (_, over, status) => {
    const body = sendRequest();
    const limits = { ...DEFAULT_MMSC_LIMITS, bodyBytesMax: body.length - over };
    expect((await answerOf(await startLabMmsc({ limits }), { body })).status).toBe(status);
  });

  it('forgets the oldest requests, and the oldest messages', async () => {
    const limits = { ...DEFAULT_MMSC_LIMITS, recordsMax: 1, messagesMax: 1 };
    const mmsc = await startLabMmsc({ limits });
    mmsc.put('/1', retrieveConfirmation());
    mmsc.put('/2', retrieveConfirmation());
    const statuses = [];
    for (const path of ['1', '2']) {
      const { body } = await answerOf(mmsc, { method: 'GET', url: `${urlOf(mmsc)}${path}` });
      statuses.push(decodePdu(body).pdu.headers.retrieveStatus);
    }
    expect(statuses).toEqual(['error-permanent-message-not-found', undefined]);
    expect(mmsc.received.map(({ target }) => target)).toEqual(['/2']);
  });
});
