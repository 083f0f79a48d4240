/** A dead, slow or lying MMSC: the answer of each kind of request, and nothing sent twice. */
import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../src/codec/pdu.ts';
import { acknowledgement, sendConfirmation, sendRequest } from '../support/mms-messages.ts';
import { startRig } from '../support/proxy-rig.ts';
import { policyOf } from '../support/policies.ts';
import { post, type RawResponse } from '../support/raw-http.ts';
import { resetting, sending, silent, thenClosing, type Script } from '../support/scripted-mmsc.ts';

const MMS_OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.wap.mms-message\r\n';
const GET = 'GET /x?AaamMbG2 HTTP/1.1\r\nHost: mmsc\r\n\r\n';
const pduOf = (answer: RawResponse) => decodePdu(answer.body).pdu;

describe('a dead, slow or lying MMSC', () => {
  const cases: readonly (readonly [string, Script, string])[] = [
    ['resets', resetting, 'reset'],
    ['closes without an answer', (socket) => socket.end(), 'reset'],
    ['answers too late', silent, 'response-timeout'],
    ['cuts its answer', thenClosing(sending(`${MMS_OK}Content-Length: 500\r\n\r\nhi`)), 'response-truncated'],
    ['does not speak HTTP', sending('hello\r\n\r\n'), 'response-malformed'],
  ];
  const changes = { timeouts: { mmscResponseMs: 200 } };

  it.each(cases)(
    'that %s gives a transient m-send-conf, and gets the message once',
    async (_, script, code) => {
      const rig = await startRig(changes);
      rig.mmsc.script = script;
      const answer = await rig.ask(post(sendRequest()));
      expect(answer.status).toBe(200);
      expect(pduOf(answer)).toMatchObject({
        type: 'm-send-conf',
        headers: {
          transactionId: 'T-1',
          responseStatus: 'error-transient-network-problem',
          responseText: { text: 'Please try again later.' },
        },
      });
      expect(rig.mmsc.requests.length).toBe(1);
      expect((await rig.onlyRecord())?.outcome).toEqual({ kind: 'failed', code, side: 'mmsc' });
    },
  );

  it.each(cases)(
    'that %s gives a retrieval an HTTP error, so that the message is not acknowledged',
    async (_, script) => {
      const rig = await startRig(changes);
      rig.mmsc.script = script;
      expect((await rig.ask(GET)).status).toBeGreaterThanOrEqual(502);
    },
  );

  it.each(cases)(
    'that %s gives an acknowledgement an HTTP error, so that it is sent again',
    async (_, script) => {
      const rig = await startRig(changes);
      rig.mmsc.script = script;
      expect((await rig.ask(post(acknowledgement()))).status).toBeGreaterThanOrEqual(502);
    },
  );

  it('that is not there gives a transient m-send-conf', async () => {
    const rig = await startRig();
    await rig.mmsc.close();
    const answer = await rig.ask(post(sendRequest({ version: '1.0' })));
    expect(pduOf(answer).headers.responseStatus).toBe('error-network-problem');
    expect((await rig.onlyRecord())?.outcome).toEqual({
      kind: 'failed',
      code: 'connect-failed',
      side: 'mmsc',
    });
  });

  it('that answers before it has read the message is believed', async () => {
    const rig = await startRig({ policy: policyOf({ notInspected: 'forward' }) });
    rig.mmsc.onConnection = (socket) => {
      socket.pause();
      socket.write(`${MMS_OK}Content-Length: ${sendConfirmation().length}\r\n\r\n`);
      socket.write(sendConfirmation());
    };
    const answer = await rig.ask(post(sendRequest({}, 900_000)));
    expect(pduOf(answer).headers.responseStatus).toBe('ok');
  });
});
