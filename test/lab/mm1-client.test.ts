import { describe, expect, it } from 'vitest';
import { isMessage, Mm1Client, type Mm1Answer } from '../../src/lab/mm1-client.ts';
import { plainPdu } from '../../src/lab/plain-pdu.ts';
import { tryDecode } from '../../src/lab/try-decode.ts';
import { startLabMmsc, startLabServer, urlOf } from '../support/lab-rig.ts';
import { pduBytes, retrieveConfirmation } from '../support/mms-messages.ts';

const ACKNOWLEDGEMENT = plainPdu('m-acknowledge-ind', { transactionId: 'A', version: '1.3' });

/** An MMSC that holds a message at `/m`, and a client of it. */
async function startPair(message: Uint8Array = retrieveConfirmation()) {
  const mmsc = await startLabMmsc();
  mmsc.put('/m', message);
  return { mmsc, client: new Mm1Client({ mmscUrl: urlOf(mmsc) }), url: `${urlOf(mmsc)}m` };
}

const statusOf = (answer: Mm1Answer | undefined): number | undefined =>
  answer?.kind === 'no-pdu' ? answer.http.status : undefined;

describe('an MM1 client', () => {
  it('posts as a handset does, with the headers that it is given', async () => {
    const mmsc = await startLabMmsc();
    const client = new Mm1Client({
      mmscUrl: 'http://mmsc/',
      proxy: urlOf(mmsc),
      headers: { 'X-MSISDN': '+1' },
    });
    await client.post(ACKNOWLEDGEMENT);
    const { method, target, rawHeaders } = mmsc.received[0]!;
    expect([method, target]).toEqual(['POST', 'http://mmsc/']);
    expect(rawHeaders.join('\n')).toMatch(/Content-Type\napplication\/vnd\.wap\.mms-message\n/);
    expect(rawHeaders.join('\n')).toMatch(/X-MSISDN\n\+1\n/);
  });

  it.each([
    ['m-acknowledge-ind', undefined, 'R-1', undefined],
    ['m-acknowledge-ind', 'N-1', 'R-1', undefined],
    ['m-notifyresp-ind', 'N-1', 'N-1', 'retrieved'],
    ['m-notifyresp-ind', undefined, 'R-1', 'retrieved'],
  ] as const)(
    'fetches, and sends %s (notified: %s) for %s',
    async (type, notified, transactionId, status) => {
      const { mmsc, client, url } = await startPair();
      const { answer, acknowledged } = await client.retrieve(url, type, notified);
      expect([isMessage(answer), statusOf(acknowledged)]).toEqual([true, 200]);
      const { pdu } = tryDecode(mmsc.received[1]!.body)!;
      expect([pdu.type, pdu.headers.transactionId, pdu.headers.status]).toEqual([
        type,
        transactionId,
        status,
      ]);
    },
  );

  const date = 1_700_000_000;
  const contentType = { mediaType: 'text/plain', parameters: [] };
  it.each([
    [
      'the reason why there is none',
      { retrieveStatus: 'error-transient-failure', transactionId: 'R' } as const,
    ],
    ['no transaction id', {}],
  ])('does not acknowledge a message that has %s', async (_, headers) => {
    const body = { kind: 'single', bytes: Buffer.from('x') } as const;
    const message = pduBytes('m-retrieve-conf', { version: '1.3', date, contentType, ...headers }, body);
    const { mmsc, client, url } = await startPair(message);
    expect((await client.retrieve(url, 'm-acknowledge-ind')).acknowledged).toBeUndefined();
    expect(mmsc.received).toHaveLength(1);
  });

  it('does not take a PDU in an error for an answer', async () => {
    const server = await startLabServer(async (_, response) => {
      response.writeHead(500).end(retrieveConfirmation());
      await Promise.resolve();
    });
    const answer = await new Mm1Client({ mmscUrl: urlOf(server) }).get(urlOf(server));
    expect(answer.kind).toBe('no-pdu');
  });

  it('tells why there is no answer', async () => {
    const answer = await new Mm1Client({ mmscUrl: 'ftp://mmsc/' }).post(ACKNOWLEDGEMENT);
    expect(answer).toMatchObject({ kind: 'no-answer', failure: { reason: 'bad-url' } });
  });

  it('gives up with its signal', async () => {
    const mmsc = await startLabMmsc({ faults: ['never-answer'] });
    const giveUp = new AbortController();
    const client = new Mm1Client({ mmscUrl: urlOf(mmsc), signal: giveUp.signal });
    const answer = client.post(ACKNOWLEDGEMENT);
    giveUp.abort();
    expect(await answer).toMatchObject({ failure: { reason: 'given-up' } });
  });
});
