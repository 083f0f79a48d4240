import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { sendAnswer, type Answer } from '../../src/proxy/answer.ts';
import { receiveRequest, type ReceivedRequest } from '../support/received-request.ts';

const ANSWER: Answer = {
  status: 200,
  statusMessage: 'Fine, "really"',
  headers: ['x-B', '1', 'X-b', '2', 'Content-Length', '2'],
  body: Buffer.from('ok'),
  isOwn: false,
  endsConnection: false,
};
const OPTIONS = { timeoutMs: 10_000, mayKeepAlive: true };

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const HALF_POST = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc';

async function askAndRead(octets: string): Promise<ReceivedRequest> {
  const asked = await receiveRequest(octets);
  asked.request.resume();
  await once(asked.request, 'end');
  return asked;
}

describe('sendAnswer', () => {
  it('sends reason phrase and headers as they are, and no date that was not there', async () => {
    const { connection, request, response } = await askAndRead(GET);
    const taken = sendAnswer(request, response, ANSWER, OPTIONS);
    const answer = await connection.response();
    expect(answer.statusLine).toBe('HTTP/1.1 200 Fine, "really"');
    expect(answer.rawHeaders.slice(0, 6)).toEqual(ANSWER.headers);
    expect(answer.header('date')).toBeUndefined();
    expect(answer.body.toString()).toBe('ok');
    expect(await taken).toBe(true);
  });

  it('dates its own answers', async () => {
    const { connection, request, response } = await askAndRead(GET);
    void sendAnswer(request, response, { ...ANSWER, statusMessage: undefined, isOwn: true }, OPTIONS);
    const answer = await connection.response();
    expect([answer.statusLine, typeof answer.header('date')]).toEqual(['HTTP/1.1 200 OK', 'string']);
  });

  it.each([
    [true, 'keep-alive'],
    [false, 'close'],
  ])('announces, when keeping the connection is %s, Connection: %s', async (mayKeepAlive, expected) => {
    const { connection, request, response } = await askAndRead(GET);
    void sendAnswer(request, response, ANSWER, { ...OPTIONS, mayKeepAlive });
    expect((await connection.response()).header('connection')).toBe(expected);
  });

  it('sends the whole answer before the request has ended, and closes when it has', async () => {
    const { connection, request, response } = await receiveRequest(HALF_POST);
    const taken = sendAnswer(request, response, ANSWER, OPTIONS);
    const answer = await connection.response();
    expect([answer.body.toString(), answer.header('connection')]).toEqual(['ok', 'close']);
    expect(response.writableEnded).toBe(false);
    connection.send('defghij');
    expect(await connection.closed()).toBe('');
    expect(await taken).toBe(true);
  });

  it('sends an empty answer before the request has ended, too', async () => {
    const { connection, request, response } = await receiveRequest(HALF_POST);
    const empty = { ...ANSWER, headers: ['Content-Length', '0'], body: undefined };
    void sendAnswer(request, response, empty, OPTIONS);
    expect((await connection.response()).status).toBe(200);
  });

  it('waits for nothing when it ends the connection', async () => {
    const { connection, request, response } = await receiveRequest(HALF_POST);
    void sendAnswer(request, response, { ...ANSWER, endsConnection: true }, OPTIONS);
    expect((await connection.response()).header('connection')).toBe('close');
    expect(await connection.closed()).toBe('');
  });

  it('does not wait for the rest of a request for ever', async () => {
    const { connection, request, response } = await receiveRequest(HALF_POST);
    const taken = sendAnswer(request, response, ANSWER, { ...OPTIONS, timeoutMs: 100 });
    await connection.response();
    expect(await connection.closed()).toBe('');
    expect(await taken).toBe(true);
  });

  it('does not wait for a handset that takes no answer for ever', async () => {
    const { connection, request, response } = await askAndRead(GET);
    connection.pause();
    const body = Buffer.alloc(50_000_000);
    const endless = { ...ANSWER, headers: ['Content-Length', `${body.length}`], body };
    expect(await sendAnswer(request, response, endless, { ...OPTIONS, timeoutMs: 200 })).toBe(false);
  });

  it('knows when the handset went away during the answer', async () => {
    const { connection, request, response } = await askAndRead(GET);
    const body = Buffer.alloc(50_000_000);
    connection.pause();
    const taken = sendAnswer(
      request,
      response,
      { ...ANSWER, headers: ['Content-Length', `${body.length}`], body },
      OPTIONS,
    );
    connection.destroy();
    expect(await taken).toBe(false);
  });

  it('sends nothing to a handset that has gone', async () => {
    const { connection, request, response } = await askAndRead(GET);
    connection.destroy();
    await once(response, 'close');
    expect(await sendAnswer(request, response, ANSWER, OPTIONS)).toBe(false);
  });
});
