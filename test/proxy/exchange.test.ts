/** The request walk over real sockets: where a request goes, what is refused, who goes away, and what is told. */
import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../src/codec/pdu.ts';
import type { BodyScanner } from '../../src/scanning/scan-pool.ts';
import type { ScanContext } from '../../src/scanning/scan-context.ts';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import { messageWith } from '../support/messages-with.ts';
import { localScanner } from '../support/local-scanner.ts';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { STRICT } from '../../src/codec/deviations.ts';
import {
  acknowledgement,
  retrieveConfirmation,
  sendConfirmation,
  sendRequest,
} from '../support/mms-messages.ts';
import { policyOf } from '../support/policies.ts';
import { startMmsc, startRig } from '../support/proxy-rig.ts';
import { post, type RawResponse } from '../support/raw-http.ts';
import { answering, silent } from '../support/scripted-mmsc.ts';

const MMS_OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.wap.mms-message\r\n';
const GET = 'GET /x?AaamMbG2 HTTP/1.1\r\nHost: mmsc\r\n\r\n';
const FORWARD = { policy: policyOf({ notInspected: 'forward' }) };
const REFUSE = { policy: policyOf() };
const BROKEN_SEND = Buffer.concat([sendRequest().subarray(0, 12), Buffer.from('\x97+1202', 'latin1')]);
const BROKEN_RETRIEVE = retrieveConfirmation().subarray(0, -25);
const pduOf = (answer: RawResponse) => decodePdu(answer.body).pdu;

describe('where it goes', () => {
  it('goes to each listed MMSC by its name, and says that name to it', async () => {
    const other = await startMmsc();
    const rig = await startRig({ allowedMmscs: [other.settings('other.example', 8080)] });
    await rig.ask(
      `POST http://Other.Example:8080/wx46?x HTTP/1.1\r\nHost: evil\r\nContent-Length: ${sendRequest().length}\r\n\r\n`,
      sendRequest(),
    );
    expect(rig.mmsc.requests).toEqual([]);
    expect(other.requests[0]?.requestLine).toBe('POST /wx46?x HTTP/1.1');
    expect(other.requests[0]?.header('host')).toBe('Other.Example:8080');
  });

  it.each([
    ['another host', 'GET http://evil.example/ HTTP/1.1\r\nHost: mmsc\r\n\r\n', 403],
    ['another port', 'GET http://mmsc:8080/ HTTP/1.1\r\nHost: mmsc\r\n\r\n', 403],
    ['userinfo', 'GET http://mmsc@evil.example/ HTTP/1.1\r\nHost: mmsc\r\n\r\n', 400],
    ['a method of another protocol', 'PROPFIND / HTTP/1.1\r\nHost: mmsc\r\n\r\n', 405],
    ['OPTIONS', 'OPTIONS * HTTP/1.1\r\nHost: mmsc\r\n\r\n', 405],
    ['an unknown method', 'FOO / HTTP/1.1\r\nHost: mmsc\r\n\r\n', 405],
    ['CONNECT', 'CONNECT mmsc:443 HTTP/1.1\r\nHost: mmsc:443\r\n\r\n', 405],
    ['an unknown expectation', 'GET / HTTP/1.1\r\nHost: mmsc\r\nExpect: tea\r\n\r\n', 417],
  ])('goes nowhere with %s', async (_, octets, status) => {
    const rig = await startRig();
    const connection = await rig.connect();
    const answer = await connection.send(octets).response();
    expect(answer.status).toBe(status);
    if (status === 405) expect(answer.header('allow')).toBe('POST, GET, HEAD');
    expect(await connection.closed()).toBe('');
    expect(rig.mmsc.connections).toBe(0);
  });

  it('answers a refused upload at once, and lets the handset end it', async () => {
    const rig = await startRig();
    const connection = await rig.connect();
    const body = sendRequest({}, 500_000);
    connection.send(
      `POST http://evil/ HTTP/1.1\r\nHost: evil\r\nContent-Length: ${body.length}\r\n\r\n`,
      body.subarray(0, 1000),
    );
    expect((await connection.response()).status).toBe(403);
    connection.send(body.subarray(1000));
    expect(await connection.closed()).toBe('');
    expect((await rig.onlyRecord())?.outcome).toEqual({
      kind: 'refused',
      code: 'mmsc-not-allowed',
      side: 'handset',
    });
  });
});

describe('what cannot be inspected', () => {
  it.each([
    ['a broken PDU', BROKEN_SEND],
    ['text', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
  ])('goes to the MMSC as it is when the setting says so: %s', async (_, body) => {
    const rig = await startRig(FORWARD);
    expect((await rig.ask(post(body))).status).toBe(200);
    expect(rig.mmsc.requests[0]?.body.equals(body)).toBe(true);
    const record = await rig.onlyRecord();
    expect(record?.outcome).toEqual({ kind: 'forwarded' });
    expect(record?.outbound.gaps).toMatchObject([{ reason: 'undecodable' }]);
  });

  it('is answered in MMS when the setting says so and it shows what it was meant to be', async () => {
    const rig = await startRig(REFUSE);
    const answer = await rig.ask(post(BROKEN_SEND));
    expect([answer.status, answer.header('content-type')]).toEqual([200, 'application/vnd.wap.mms-message']);
    expect(pduOf(answer)).toMatchObject({
      type: 'm-send-conf',
      headers: { transactionId: 'T-1', responseStatus: 'error-permanent-message-format-corrupt' },
    });
    expect(rig.mmsc.connections).toBe(0);
    expect((await rig.onlyRecord())?.outcome).toEqual({
      kind: 'refused',
      code: 'not-inspected',
      side: 'handset',
    });
  });

  it('leaves the connection usable after such an answer', async () => {
    const rig = await startRig(REFUSE);
    const connection = await rig.connect();
    await connection.send(post(BROKEN_SEND)).response();
    expect((await connection.send(post(acknowledgement())).response()).body.toString()).toBe('ok');
  });

  it('is answered with an HTTP error when it is nothing of MMS', async () => {
    const rig = await startRig(REFUSE);
    expect((await rig.ask(post(Buffer.from('hello')))).status).toBe(400);
    expect(rig.mmsc.connections).toBe(0);
  });

  it('is refused for good when its coding is unknown', async () => {
    const rig = await startRig(REFUSE);
    const answer = await rig.ask(post(sendRequest(), 'Content-Encoding: br\r\n'));
    expect(pduOf(answer).headers.responseStatus).toBe('error-permanent-message-format-corrupt');
    expect((await rig.onlyRecord())?.outbound.gaps).toEqual([
      { reason: 'undecodable', code: 'content-encoding' },
    ]);
  });

  it('comes to the handset as it is when the setting says so', async () => {
    const rig = await startRig(FORWARD);
    rig.mmsc.script = answering(BROKEN_RETRIEVE, MMS_OK);
    expect((await rig.ask(GET)).body.equals(BROKEN_RETRIEVE)).toBe(true);
  });

  it('is replaced by a notice when it was to be delivered and the setting says refuse', async () => {
    const scanner = localScanner({ decode: { limits: DEFAULT_DECODE_LIMITS, tolerate: STRICT } });
    const rig = await startRig(REFUSE, { scanner });
    const padded = Buffer.concat([retrieveConfirmation(), Buffer.from('junk')]);
    rig.mmsc.script = answering(padded, MMS_OK);
    const answer = await rig.ask(GET);
    const pdu = pduOf(answer);
    expect(answer.status).toBe(200);
    expect(pdu).toMatchObject({
      type: 'm-retrieve-conf',
      headers: { transactionId: 'R-1', date: 1_700_000_000 },
    });
    expect(pdu.body?.kind === 'multipart' && Buffer.from(pdu.body.parts[0]?.bytes ?? []).toString()).toBe(
      'This message was refused.',
    );
    expect((await rig.onlyRecord())?.outcome).toEqual({
      kind: 'refused',
      code: 'not-inspected',
      side: 'mmsc',
    });
  });

  it('is answered with an HTTP error when nothing of a message shows in what was to be delivered', async () => {
    const rig = await startRig(REFUSE);
    rig.mmsc.script = answering(Buffer.from('<html>'), MMS_OK);
    expect((await rig.ask(GET)).status).toBe(502);
    expect((await rig.onlyRecord())?.outcome).toEqual({
      kind: 'refused',
      code: 'not-inspected',
      side: 'mmsc',
    });
  });

  it('makes a confirmation that cannot be read a passing failure', async () => {
    const rig = await startRig(REFUSE);
    rig.mmsc.script = answering(Buffer.from([0x8c, 0x81, 0x98]), MMS_OK);
    expect(pduOf(await rig.ask(post(sendRequest()))).headers.responseStatus).toBe(
      'error-transient-network-problem',
    );
  });
});

describe('a handset that goes away', () => {
  it('before its message is whole, sends nothing', async () => {
    const rig = await startRig();
    const connection = await rig.connect();
    connection.send(post(sendRequest(), 'Expect: 100-continue\r\n').subarray(0, 130));
    expect((await connection.response()).status).toBe(100);
    connection.destroy();
    expect((await rig.onlyRecord())?.outcome).toEqual({
      kind: 'failed',
      code: 'handset-gone',
      side: 'handset',
    });
    expect(rig.mmsc.connections).toBe(0);
  });

  it('after its message was sent, has it sent once', async () => {
    const rig = await startRig();
    const received = Promise.withResolvers<() => void>();
    rig.mmsc.script = (socket, request) => {
      received.resolve(() => {
        answering(sendConfirmation(), MMS_OK)(socket, request);
      });
    };
    const connection = await rig.connect();
    connection.send(post(sendRequest()));
    const answerNow = await received.promise;
    connection.destroy();
    answerNow();
    expect(await rig.onlyRecord()).toMatchObject({ outcome: { code: 'handset-gone' }, status: 0 });
    expect(rig.mmsc.requests.length).toBe(1);
  });

  it('during a retrieval, ends it', async () => {
    const rig = await startRig();
    rig.mmsc.script = silent;
    const connection = await rig.connect();
    connection.send(GET);
    await rig.mmsc.received(1);
    connection.destroy();
    expect((await rig.onlyRecord())?.outcome).toEqual({
      kind: 'failed',
      code: 'handset-gone',
      side: 'handset',
    });
  });
});

describe('a bug', () => {
  const broken: BodyScanner = { scan: () => Promise.reject(new Error('a bug')) };

  it('in the inspection ends one exchange, with an answer', async () => {
    const rig = await startRig({}, { scanner: broken });
    expect((await rig.ask(post(sendRequest()))).status).toBe(500);
    const [record] = await rig.observer.recorded(1);
    expect(record?.outcome).toEqual({ kind: 'failed', code: 'internal-error', side: 'proxy' });
    expect(rig.observer.errors).toEqual([new Error('a bug')]);
  });

  it('in the observer ends nothing', async () => {
    const fail = (): never => {
      throw new Error('the observer is broken');
    };
    const observer = { exchangeDone: fail, connectionRefused: fail, unexpectedError: fail };
    const rig = await startRig({}, { observer });
    for (let count = 0; count < 2; count += 1) expect((await rig.ask(post(sendRequest()))).status).toBe(200);
  });
});

describe('what holds something bad', () => {
  const BAD = messageWith([{ type: 'image/jpeg', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') }]);

  it('is refused for good, whatever may pass uninspected, and never reaches the MMSC', async () => {
    const rig = await startRig(FORWARD);
    const answer = await rig.ask(post(BAD));
    expect(pduOf(answer)).toMatchObject({
      type: 'm-send-conf',
      headers: { transactionId: 'T-1', responseStatus: 'error-permanent-content-not-accepted' },
    });
    expect(rig.mmsc.connections).toBe(0);
    const record = await rig.onlyRecord();
    expect(record?.outcome).toEqual({ kind: 'refused', code: 'content', side: 'handset' });
    expect(record?.outbound.decision).toMatchObject({ action: 'refuse', reasons: [{ kind: 'finding' }] });
  });

  it.each<[string, ScanOutcome]>([
    ['queue-full', notInspectedFor('queue-full')],
    ['timeout', notInspectedFor('timeout')],
  ])('may be tried again when it was not scanned this time: %s', async (_, outcome) => {
    const rig = await startRig(REFUSE, { scanner: { scan: () => Promise.resolve(outcome) } });
    const answer = await rig.ask(post(sendRequest()));
    expect(pduOf(answer).headers.responseStatus).toBe('error-transient-failure');
    expect((await rig.onlyRecord())?.outcome).toEqual({ kind: 'throttled', code: 'policy', side: 'handset' });
  });

  it('stays at the MMSC when it was to be delivered and was not scanned this time', async () => {
    const scan: BodyScanner['scan'] = (_body, { direction }) =>
      Promise.resolve(direction === 'inbound' ? notInspectedFor('timeout') : { kind: 'not-a-pdu' });
    const rig = await startRig(REFUSE, { scanner: { scan } });
    rig.mmsc.script = answering(retrieveConfirmation(), MMS_OK);
    expect((await rig.ask(GET)).status).toBe(503);
  });

  it('is told apart by who the gateway says has sent it', async () => {
    const contexts: ScanContext[] = [];
    const scan: BodyScanner['scan'] = (_body, context) => {
      contexts.push(context);
      return Promise.resolve({ kind: 'not-a-pdu' });
    };
    const trusted = await startRig({ headers: { trustedGateways: ['127.0.0.1/32'] } }, { scanner: { scan } });
    await trusted.ask(post(sendRequest(), 'X-MSISDN: 12025550111\r\n'));
    const untrusted = await startRig({}, { scanner: { scan } });
    await untrusted.ask(post(sendRequest(), 'X-MSISDN: 12025550111\r\n'));
    expect(contexts.filter(({ direction }) => direction === 'outbound')).toMatchObject([
      { authenticatedSender: '12025550111', senderClass: 'authenticated' },
      { authenticatedSender: undefined, senderClass: 'unknown' },
    ]);
  });
});

function notInspectedFor(reason: 'queue-full' | 'timeout'): ScanOutcome {
  const gap = { reason, code: reason, part: undefined, offset: undefined };
  return { kind: 'not-inspected', gaps: [gap], report: undefined, isPoison: false };
}
