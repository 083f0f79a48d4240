import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../src/codec/pdu.ts';
import { sendRequest as ask } from '../../src/lab/http-client.ts';
import { FAULTS, isFaultName, type FaultName } from '../../src/lab/mmsc-faults.ts';
import type { Mmsc } from '../../src/lab/mmsc.ts';
import { startLabMmsc, urlOf } from '../support/lab-rig.ts';
import { sendRequest } from '../support/mms-messages.ts';
import { connectRaw, type RawConnection } from '../support/raw-http.ts';

const SENT = sendRequest();

/** Long enough to tell apart, short enough to wait for. */
const SLOW_MS = 30;

const post = (mmsc: Mmsc) => ask({ method: 'POST', url: urlOf(mmsc), body: SENT });

/** Posts on a connection whose octets can be looked at. */
async function postRaw(mmsc: Mmsc, headers = ''): Promise<RawConnection> {
  const connection = await connectRaw(mmsc.port);
  return connection.send(
    `POST / HTTP/1.1\r\nHost: mmsc\r\n${headers}Content-Length: ${SENT.length}\r\n\r\n`,
    ...(headers === '' ? [SENT] : []),
  );
}

/** The answer of an MMSC with a fault, as sent; the sound one for comparison. */
async function rawAnswer(fault: FaultName) {
  const mmsc = await startLabMmsc({ faults: [fault], slowMs: SLOW_MS });
  const connection = await postRaw(mmsc);
  const response = await connection.response();
  connection.destroy();
  return response;
}

const isConfirmation = (body: Uint8Array): boolean => decodePdu(body).pdu.type === 'm-send-conf';

describe('faults by name', () => {
  it('are known, and nothing else is', () => {
    expect(Object.keys(FAULTS).every(isFaultName)).toBe(true);
    expect([isFaultName('none'), isFaultName('toString')]).toEqual([false, false]);
  });

  it('come and go', async () => {
    const mmsc = await startLabMmsc({ faults: ['status-500'] });
    expect(await post(mmsc)).toMatchObject({ status: 500 });
    await mmsc.useFaults([]);
    expect(await post(mmsc)).toMatchObject({ status: 200 });
  });
});

describe('an MMSC that is slow', () => {
  it('waits before it answers', async () => {
    const start = performance.now();
    expect(isConfirmation((await rawAnswer('slow-answer')).body)).toBe(true);
    expect(performance.now() - start).toBeGreaterThanOrEqual(SLOW_MS - 1);
  });

  it('sends its answer in pieces, waiting between them', async () => {
    const start = performance.now();
    expect(isConfirmation((await rawAnswer('slow-drip')).body)).toBe(true);
    expect(performance.now() - start).toBeGreaterThanOrEqual(5 * SLOW_MS);
  });

  it('stops waiting when it closes', async () => {
    const mmsc = await startLabMmsc({ faults: ['slow-answer'], slowMs: 3_600_000 });
    const answer = post(mmsc);
    while (mmsc.received.length === 0) await new Promise(setImmediate);
    await mmsc.close();
    expect(await answer).toMatchObject({ ok: false });
  });
});

describe('an MMSC that is dead', () => {
  it('accepts, reads, and never answers', async () => {
    const mmsc = await startLabMmsc({ faults: ['never-answer'] });
    const limits = { timeoutMs: 100, bodyBytesMax: 1000 };
    const answer = await ask({ method: 'POST', url: urlOf(mmsc), body: SENT }, limits);
    expect(answer).toMatchObject({ ok: false, reason: 'timed-out' });
    expect(mmsc.received[0]?.body).toEqual(SENT);
  });

  it('refuses connections until it is well again', async () => {
    const mmsc = await startLabMmsc({ faults: ['refuse'] });
    expect(await post(mmsc)).toMatchObject({ ok: false, reason: 'no-connection' });
    await mmsc.useFaults([]);
    expect(await post(mmsc)).toMatchObject({ ok: true });
  });

  it('reads the request and resets the connection', async () => {
    const mmsc = await startLabMmsc({ faults: ['reset'] });
    expect(await post(mmsc)).toMatchObject({ ok: false, reason: 'broken-off' });
    expect(mmsc.received[0]?.body).toEqual(SENT);
  });
});

describe('an MMSC that is wrong', () => {
  it.each<[FaultName, number, string | undefined]>([
    ['garbage', 200, 'application/vnd.wap.mms-message'],
    ['html', 200, 'text/html'],
    ['status-500', 500, 'text/plain'],
  ])('answers with %s, which is no PDU', async (fault, status, contentType) => {
    const response = await rawAnswer(fault);
    expect([response.status, response.header('content-type')]).toEqual([status, contentType]);
    expect(() => decodePdu(response.body)).toThrow();
  });

  it.each<[FaultName, number, string | undefined]>([
    ['empty', 200, '0'],
    ['status-204', 204, undefined],
  ])('answers with %s, without a byte', async (fault, status, length) => {
    const response = await rawAnswer(fault);
    expect([response.status, response.header('content-length')]).toEqual([status, length]);
    expect(response.body).toHaveLength(0);
  });

  it('announces more than it sends', async () => {
    const mmsc = await startLabMmsc({ faults: ['truncated'] });
    expect(await post(mmsc)).toMatchObject({ ok: false, reason: 'broken-off' });
  });

  it('announces more than nothing, too', async () => {
    const mmsc = await startLabMmsc({ faults: ['empty', 'truncated'] });
    expect(await post(mmsc)).toMatchObject({ ok: false, reason: 'broken-off' });
  });

  it('sends no length, and closes at the end', async () => {
    const connection = await postRaw(await startLabMmsc({ faults: ['no-length'] }));
    const [head = '', body = ''] = (await connection.closed()).split('\r\n\r\n');
    expect(head).not.toMatch(/content-length|transfer-encoding/i);
    expect(isConfirmation(Buffer.from(body, 'latin1'))).toBe(true);
  });

  it('sends its answer chunked', async () => {
    const answer = await post(await startLabMmsc({ faults: ['chunked'] }));
    if (!answer.ok) throw new Error(answer.detail);
    expect(isConfirmation(answer.body)).toBe(true);
    expect(answer.rawHeaders.join('\n')).toMatch(/Transfer-Encoding\nchunked/);
    expect(answer.rawHeaders.join('\n')).not.toMatch(/content-length/i);
  });

  it('answers with another transaction id', async () => {
    const { pdu } = decodePdu((await rawAnswer('wrong-transaction')).body);
    expect([pdu.type, pdu.headers.transactionId]).toEqual(['m-send-conf', 'not-T-1']);
  });

  it('leaves alone what has no transaction id', async () => {
    const mmsc = await startLabMmsc({ faults: ['wrong-transaction', 'html'] });
    expect(await post(mmsc)).toMatchObject({ contentType: 'text/html' });
  });

  it('compresses its answer', async () => {
    expect((await rawAnswer('gzip')).header('content-encoding')).toBe('gzip');
    const answer = await post(await startLabMmsc({ faults: ['gzip'] }));
    expect(answer.ok && isConfirmation(answer.body)).toBe(true);
  });

  it('sends 100 Continue that nobody asked for', async () => {
    const connection = await postRaw(await startLabMmsc({ faults: ['unasked-continue'] }));
    expect((await connection.response()).status).toBe(100);
    expect((await connection.response()).status).toBe(200);
    connection.destroy();
  });

  it('withholds 100 Continue until the body comes', async () => {
    const mmsc = await startLabMmsc({ faults: ['no-continue'] });
    const connection = await postRaw(mmsc, 'Expect: 100-continue\r\n');
    connection.send(SENT);
    expect((await connection.response()).status).toBe(200);
    connection.destroy();
  });

  it('grants 100 Continue otherwise', async () => {
    const connection = await postRaw(await startLabMmsc(), 'Expect: 100-continue\r\n');
    expect((await connection.response()).status).toBe(100);
    connection.destroy();
  });

  it('answers before it reads the body', async () => {
    const mmsc = await startLabMmsc({ faults: ['early-answer'] });
    const connection = await connectRaw(mmsc.port);
    connection.send('POST / HTTP/1.1\r\nHost: mmsc\r\nContent-Length: 1000000\r\n\r\n');
    expect((await connection.response()).status).toBe(503);
    await connection.closed();
    expect(mmsc.received[0]?.body).toHaveLength(0);
  });

  it('is wrong in several ways at once', async () => {
    const mmsc = await startLabMmsc({ faults: ['html', 'gzip', 'chunked'] });
    const answer = await post(mmsc);
    expect(answer).toMatchObject({ ok: true, contentType: 'text/html' });
    expect(answer.ok && answer.body.toString()).toContain('<html>');
  });
});
