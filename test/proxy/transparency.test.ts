/** What goes through the proxy, in both directions, is what came: over real sockets, octet by octet. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  acknowledgement,
  pduBytes,
  retrieveConfirmation,
  sendConfirmation,
  sendRequest,
} from '../support/mms-messages.ts';
import { startRig } from '../support/proxy-rig.ts';
import { policyOf } from '../support/policies.ts';
import { post } from '../support/raw-http.ts';
import { answering, sending, thenClosing } from '../support/scripted-mmsc.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const MMS_OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.wap.mms-message\r\n';
const GET = 'GET /x?AaamMbG2 HTTP/1.1\r\nHost: mmsc\r\n\r\n';
const REFUSE = { policy: policyOf() };

describe('what goes through', () => {
  it('goes to the MMSC as it came, but for hop-by-hop and stripped headers, and Via', async () => {
    const rig = await startRig();
    rig.mmsc.script = answering(sendConfirmation(), MMS_OK);
    const body = sendRequest();
    const kept = [
      'X-b: 1',
      'x-B: 2',
      'User-Agent: Android MmsLib/1.0',
      'Accept: */*',
      'X-Latin: gr\xfc\xdfe',
    ];
    const dropped = [
      'x-wap-profile: http://evil.example/',
      'X-MSISDN: +12025550199',
      'Proxy-Connection: Keep-Alive',
      'TE: gzip',
    ];
    const head = [
      'POST /a/../b?x=%2f;& HTTP/1.1',
      'hOsT: Mmsc:80',
      ...dropped,
      ...kept,
      `content-LENGTH: ${body.length}`,
    ];
    await rig.ask(`${head.join('\r\n')}\r\n\r\n`, body);
    const [received] = rig.mmsc.requests;
    expect(received?.requestLine).toBe('POST /a/../b?x=%2f;& HTTP/1.1');
    expect(received?.rawHeaders).toEqual([
      ...[
        'hOsT: Mmsc:80',
        ...kept,
        `content-LENGTH: ${body.length}`,
        'Via: 1.1 guard',
        'Connection: keep-alive',
      ].flatMap((line) => line.split(': ')),
    ]);
    expect(received?.body.equals(body)).toBe(true);
  });

  it('comes back to the handset as it came: status, reason, headers and octets', async () => {
    const rig = await startRig();
    const body = retrieveConfirmation(300_000);
    rig.mmsc.script = answering(
      body,
      'HTTP/1.1 203 Fine, "gr\xfc\xdfe"\r\nX-b: 1\r\nSet-Cookie: a\r\nx-B: 2\r\nset-cookie: b\r\nConnection: X-Hop\r\nX-Hop: 1\r\n',
    );
    const answer = await rig.ask(GET);
    expect(answer.statusLine).toBe('HTTP/1.1 203 Fine, "gr\xfc\xdfe"');
    expect(answer.rawHeaders.slice(0, 12)).toEqual([
      'X-b',
      '1',
      'Set-Cookie',
      'a',
      'x-B',
      '2',
      'set-cookie',
      'b',
      'Content-Length',
      `${body.length}`,
      'Via',
      '1.1 guard',
    ]);
    expect([answer.header('date'), answer.header('x-hop')]).toEqual([undefined, undefined]);
    expect(answer.body.equals(body)).toBe(true);
  });

  it.each([
    ['a chunked upload', `POST / HTTP/1.1\r\nHost: mmsc\r\nTransfer-Encoding: chunked\r\n\r\n`, true],
    [
      'a sized upload',
      `POST / HTTP/1.1\r\nHost: mmsc\r\nContent-Length: ${sendRequest().length}\r\n\r\n`,
      false,
    ],
  ])('%s reaches the MMSC whole and with one Content-Length', async (_, head, isChunked) => {
    const rig = await startRig();
    const body = sendRequest();
    const halves = [body.subarray(0, 9), body.subarray(9)];
    const chunks = halves.flatMap((half) => [`${half.length.toString(16)};x=y\r\n`, half, '\r\n']);
    await rig.ask(head, ...(isChunked ? [...chunks, '0\r\n\r\n'] : halves));
    const [received] = rig.mmsc.requests;
    expect(received?.body.equals(body)).toBe(true);
    expect(received?.header('content-length')).toBe(`${body.length}`);
    expect(received?.header('transfer-encoding')).toBeUndefined();
  });

  it('tells a handset that expects it to go on', async () => {
    const rig = await startRig();
    const connection = await rig.connect();
    const body = sendRequest();
    connection.send(
      `POST / HTTP/1.1\r\nHost: mmsc\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    expect((await connection.response()).status).toBe(100);
    connection.send(body);
    expect((await connection.response()).status).toBe(200);
    expect(rig.mmsc.requests[0]?.header('expect')).toBeUndefined();
  });

  it('keeps the connection on both sides over several transactions', async () => {
    const rig = await startRig();
    const connection = await rig.connect();
    rig.mmsc.script = (socket, request) => {
      const isPost = request.requestLine.startsWith('POST');
      answering(isPost ? sendConfirmation() : retrieveConfirmation(), MMS_OK)(socket, request);
    };
    for (const octets of [post(sendRequest()), GET, post(acknowledgement())]) {
      expect((await connection.send(octets).response()).header('connection')).toBe('keep-alive');
    }
    expect(rig.mmsc.requests.map((request) => request.connection)).toEqual([1, 1, 1]);
  });

  it('answers pipelined requests in their order', async () => {
    const rig = await startRig();
    const connection = await rig.connect();
    rig.mmsc.script = (socket, request) => {
      answering(Buffer.from(request.requestLine))(socket, request);
    };
    const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: mmsc\r\n\r\n`;
    connection.send(get('/1') + get('/2') + get('/3'));
    for (const path of ['/1', '/2', '/3']) {
      expect((await connection.response()).body.toString()).toBe(`GET ${path} HTTP/1.1`);
    }
  });

  it('ignores a wish to upgrade, as a server may', async () => {
    const rig = await startRig();
    const upgrade = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
    expect((await rig.ask(post(sendRequest(), upgrade))).status).toBe(200);
    const [received] = rig.mmsc.requests;
    expect(['upgrade', 'http2-settings'].map((name) => received?.header(name))).toEqual([
      undefined,
      undefined,
    ]);
    expect(received?.header('connection')).toBe('keep-alive');
  });

  it('serves a handset of HTTP/1.0 and closes its connection', async () => {
    const rig = await startRig();
    const connection = await rig.connect();
    const answer = await connection.send('GET /x HTTP/1.0\r\n\r\n').response();
    expect([answer.status, answer.body.toString()]).toEqual([200, 'ok']);
    await connection.closed();
    expect(rig.mmsc.requests[0]?.rawHeaders).toEqual([
      'Host',
      'mmsc',
      'Via',
      '1.0 guard',
      'Connection',
      'keep-alive',
    ]);
  });

  it.each([
    [
      'a text answer',
      answering(Buffer.from('Received'), `${OK}Content-Type: text/plain\r\n`),
      200,
      'Received',
    ],
    [
      'an HTML error',
      answering(Buffer.from('<html>'), 'HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n'),
      404,
      '<html>',
    ],
    ['an empty answer', answering(Buffer.alloc(0)), 200, ''],
    ['204', sending('HTTP/1.1 204 No Content\r\n\r\n'), 204, ''],
    ['a redirect', answering(Buffer.alloc(0), 'HTTP/1.1 302 Found\r\nLocation: http://x/\r\n'), 302, ''],
    ['an answer without a length', thenClosing(sending(`${OK}\r\nhello`)), 200, 'hello'],
    [
      'a chunked answer',
      sending(`${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`),
      200,
      'hello',
    ],
  ] as const)('passes %s on, even when what is not inspected is refused', async (_, script, status, body) => {
    const rig = await startRig(REFUSE);
    rig.mmsc.script = script;
    const answer = await rig.ask(post(acknowledgement()));
    expect([answer.status, answer.body.toString()]).toEqual([status, body]);
    expect((await rig.onlyRecord())?.outcome).toEqual({ kind: 'forwarded' });
  });

  it('passes HEAD on, with the length that the MMSC says and no body', async () => {
    const rig = await startRig();
    rig.mmsc.script = sending(`${OK}Content-Length: 12345\r\n\r\n`);
    const connection = await rig.connect();
    const answer = await connection.send(GET.replace('GET', 'HEAD')).response(true);
    expect([answer.status, answer.header('content-length')]).toEqual([200, '12345']);
    rig.mmsc.script = answering(Buffer.from('next'));
    expect((await connection.send(GET).response()).body.toString()).toBe('next');
  });

  it('passes a compressed answer on as it is, and looks into it', async () => {
    const rig = await startRig(REFUSE);
    const body = gzipSync(retrieveConfirmation());
    rig.mmsc.script = answering(body, `${MMS_OK}Content-Encoding: gzip\r\n`);
    const answer = await rig.ask(GET);
    expect([answer.header('content-encoding'), answer.body.equals(body)]).toEqual(['gzip', true]);
    expect((await rig.onlyRecord())?.inbound).toMatchObject({
      pduType: 'm-retrieve-conf',
      gaps: [],
    });
  });

  it('passes a compressed request on as it is, and looks into it', async () => {
    const rig = await startRig(REFUSE);
    const body = gzipSync(sendRequest());
    await rig.ask(post(body, 'Content-Encoding: gzip\r\n'));
    expect(rig.mmsc.requests[0]?.body.equals(body)).toBe(true);
    expect((await rig.onlyRecord())?.outbound.pduType).toBe('m-send-req');
  });

  it('keeps the identity headers of a trusted gateway', async () => {
    const rig = await startRig({ headers: { trustedGateways: ['127.0.0.0/8'] } });
    await rig.ask(post(sendRequest(), 'X-MSISDN: +12025550111\r\nx-wap-profile: http://x/\r\n'));
    expect(rig.mmsc.requests[0]?.header('X-MSISDN')).toBe('+12025550111');
    expect(rig.mmsc.requests[0]?.header('x-wap-profile')).toBeUndefined();
  });

  it('is told once, with types, sizes, status and durations', async () => {
    const rig = await startRig();
    rig.mmsc.script = answering(sendConfirmation(), MMS_OK);
    await rig.ask(post(sendRequest()));
    const record = await rig.onlyRecord();
    expect(record).toMatchObject({
      method: 'POST',
      outcome: { kind: 'forwarded' },
      status: 200,
      outbound: {
        pduType: 'm-send-req',
        bodyBytes: sendRequest().length,
        anomalies: [],
        gaps: [],
      },
      inbound: { pduType: 'm-send-conf', bodyBytes: sendConfirmation().length },
    });
    expect(Object.keys(record?.durationsMs ?? {})).toEqual([
      'receive',
      'inspectRequest',
      'settleRequest',
      'mmsc',
      'inspectReply',
      'settleReply',
      'answer',
    ]);
    expect(JSON.stringify(record)).not.toContain('12025550122');
  });
});

describe('every PDU type', () => {
  it.each([
    [
      'm-notifyresp-ind',
      pduBytes('m-notifyresp-ind', { transactionId: 'N', version: '1.0', status: 'retrieved' }),
    ],
    [
      'm-read-rec-ind',
      pduBytes('m-read-rec-ind', {
        version: '1.1',
        messageId: 'M',
        to: [{ text: 'a' }],
        from: { kind: 'insert-address' },
        readStatus: 'read',
      }),
    ],
    [
      'm-forward-req',
      pduBytes('m-forward-req', {
        transactionId: 'F',
        version: '1.2',
        from: { kind: 'insert-address' },
        to: [{ text: 'a' }],
        contentLocation: 'http://mmsc/x',
      }),
    ],
    [
      'm-mbox-delete-req',
      pduBytes('m-mbox-delete-req', {
        transactionId: 'D',
        version: '1.2',
        contentLocations: ['http://mmsc/x'],
      }),
    ],
  ])('goes through: %s', async (pduType, body) => {
    const rig = await startRig(REFUSE);
    await rig.ask(post(body));
    expect(rig.mmsc.requests[0]?.body.equals(body)).toBe(true);
    expect((await rig.onlyRecord())?.outbound).toMatchObject({ pduType, anomalies: [] });
  });
});
