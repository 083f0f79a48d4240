/** Over every limit of an exchange there is the MMS reply that ends the transaction, and never a hang. */
import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../src/codec/pdu.ts';
import { retrieveConfirmation, sendRequest } from '../support/mms-messages.ts';
import { startRig } from '../support/proxy-rig.ts';
import { post, type RawResponse } from '../support/raw-http.ts';
import { answering, silent } from '../support/scripted-mmsc.ts';

const MMS_OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.wap.mms-message\r\n';
const GET = 'GET /x?AaamMbG2 HTTP/1.1\r\nHost: mmsc\r\n\r\n';
const pduOf = (answer: RawResponse) => decodePdu(answer.body).pdu;

describe('over a limit', () => {
  const limits = (bodyBytesMax: number) => ({ limits: { bodyBytesMax } });

  it('a declared length of the limit goes through, and one past it ends the transaction in MMS', async () => {
    const body = sendRequest({}, 8000);
    const fitting = await startRig(limits(body.length));
    expect((await fitting.ask(post(body))).body.toString()).toBe('ok');
    const tight = await startRig(limits(body.length - 1));
    expect(pduOf(await tight.ask(post(body)))).toMatchObject({
      type: 'm-send-conf',
      headers: {
        transactionId: 'T-1',
        version: '1.2',
        responseStatus: 'error-permanent-content-not-accepted',
      },
    });
    expect(tight.mmsc.connections).toBe(0);
    expect((await tight.onlyRecord())?.outcome).toEqual({
      kind: 'refused',
      code: 'body-too-large',
      side: 'handset',
    });
  });

  it('a handset gets its answer although it has sent only the beginning, and may send the rest', async () => {
    const rig = await startRig(limits(10_000));
    const connection = await rig.connect();
    const octets = post(sendRequest({}, 900_000));
    connection.send(octets.subarray(0, 10_000));
    expect(pduOf(await connection.response()).type).toBe('m-send-conf');
    connection.send(octets.subarray(10_000));
    expect(await connection.closed()).toBe('');
  });

  it('a handset that waits for 100 Continue with too large a message gets its answer in MMS, too', async () => {
    const rig = await startRig(limits(10_000));
    const connection = await rig.connect();
    const body = sendRequest({}, 20_000);
    connection.send(
      `POST / HTTP/1.1\r\nHost: mmsc\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await connection.response();
    connection.send(body);
    expect(pduOf(await connection.response()).type).toBe('m-send-conf');
  });

  it('a chunked body that grows over the limit ends in MMS', async () => {
    const rig = await startRig(limits(10_000));
    const body = sendRequest({}, 20_000);
    const answer = await rig.ask(
      `POST / HTTP/1.1\r\nHost: mmsc\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`,
      body,
    );
    expect(pduOf(answer).type).toBe('m-send-conf');
    expect(rig.mmsc.connections).toBe(0);
  });

  it('what is too large and no MMS gets HTTP 413', async () => {
    const rig = await startRig(limits(10_000));
    expect((await rig.ask(post(Buffer.alloc(10_001, 'x')))).status).toBe(413);
  });

  it('a slow body ends in MMS with a passing failure', async () => {
    const rig = await startRig({ timeouts: { requestBodyMs: 150 } });
    const connection = await rig.connect();
    connection.send(post(sendRequest({}, 5000)).subarray(0, 1000));
    expect(pduOf(await connection.response())).toMatchObject({
      type: 'm-send-conf',
      headers: { transactionId: 'T-1', responseStatus: 'error-transient-failure' },
    });
    await connection.closed();
    expect(rig.mmsc.connections).toBe(0);
    expect((await rig.onlyRecord())?.outcome).toEqual({
      kind: 'failed',
      code: 'body-too-slow',
      side: 'handset',
    });
  });

  it('the budget of all exchanges ends in MMS with a passing failure, and is given back', async () => {
    const rig = await startRig({ limits: { heldBytesMax: 9000 } });
    rig.mmsc.script = silent;
    const first = await rig.connect();
    first.send(post(sendRequest({}, 8000)));
    await rig.mmsc.received(1);
    const answer = await rig.ask(post(sendRequest({}, 8000)));
    expect(pduOf(answer).headers.responseStatus).toBe('error-transient-failure');
    expect((await rig.onlyRecord())?.outcome).toEqual({ kind: 'refused', code: 'overloaded', side: 'proxy' });
    first.destroy();
    await rig.mmsc.closeConnections();
    await rig.observer.recorded(2);
    rig.mmsc.script = answering(Buffer.from('ok'));
    expect((await rig.ask(post(sendRequest({}, 8000)))).body.toString()).toBe('ok');
  });

  it('a message too large to be delivered is replaced by a notice', async () => {
    const rig = await startRig(limits(10_000));
    rig.mmsc.script = answering(retrieveConfirmation(20_000), MMS_OK);
    expect(pduOf(await rig.ask(GET))).toMatchObject({
      type: 'm-retrieve-conf',
      headers: { transactionId: 'R-1' },
    });
    expect((await rig.onlyRecord())?.outcome).toEqual({
      kind: 'failed',
      code: 'response-too-large',
      side: 'mmsc',
    });
  });

  it('what is too large and no message is a fault of the MMSC, and leaves nothing to acknowledge', async () => {
    const rig = await startRig(limits(10_000));
    rig.mmsc.script = answering(Buffer.alloc(20_000, 'A'), MMS_OK);
    expect((await rig.ask(GET)).status).toBe(502);
  });

  it('a confirmation that is too large does not condemn the message', async () => {
    const rig = await startRig(limits(10_000));
    rig.mmsc.script = answering(Buffer.alloc(20_000), MMS_OK);
    expect(pduOf(await rig.ask(post(sendRequest()))).headers.responseStatus).toBe(
      'error-transient-network-problem',
    );
  });
});
