import { describe, expect, it } from 'vitest';
import { sendRequest } from '../../src/lab/http-client.ts';
import { plainPdu } from '../../src/lab/plain-pdu.ts';
import { EMPTY_REPLY, pduReply, textReply, writeReply, type Reply } from '../../src/lab/reply.ts';
import { startLabServer, urlOf } from '../support/lab-rig.ts';

const ACKNOWLEDGEMENT = plainPdu('m-acknowledge-ind', { transactionId: '1', version: '1.3' });

describe('writeReply', () => {
  it.each<[string, Reply, object, string | undefined]>([
    [
      'a PDU',
      pduReply(ACKNOWLEDGEMENT),
      { status: 200, contentType: 'application/vnd.wap.mms-message' },
      '7',
    ],
    [
      'a text',
      textReply(403, 'no'),
      { status: 403, contentType: 'text/plain', body: Buffer.from('no') },
      '2',
    ],
    ['nothing', EMPTY_REPLY, { status: 200, contentType: undefined, body: Buffer.alloc(0) }, '0'],
    ['204', { ...EMPTY_REPLY, status: 204 }, { status: 204, body: Buffer.alloc(0) }, undefined],
  ])('writes %s with its length', async (_, reply, expected, length) => {
    const server = await startLabServer(async (_request, response) => {
      writeReply(response, reply);
      await Promise.resolve();
    });
    const answer = await sendRequest({ method: 'GET', url: urlOf(server) });
    expect(answer).toMatchObject({ ok: true, ...expected });
    const headers = answer.ok ? answer.rawHeaders : [];
    const at = headers.indexOf('Content-Length');
    expect(at < 0 ? undefined : headers[at + 1]).toBe(length);
  });
});
