import { describe, expect, it } from 'vitest';
import { readBody, type BodyLimits, type RequestBody } from '../../src/proxy/body.ts';
import { HEAD_BYTES } from '../../src/proxy/body-collector.ts';
import { ByteBudget } from '../../src/proxy/byte-budget.ts';
import type { RawConnection } from '../support/raw-http.ts';
import { receiveRequest } from '../support/received-request.ts';

/** A request whose body is read as it comes. */
interface Reading {
  readonly connection: RawConnection;
  readonly body: Promise<RequestBody>;
}

const BODY = Buffer.alloc(3 * HEAD_BYTES, '0123456789abcdef');

async function startReading(header: string, limits: Partial<BodyLimits> = {}): Promise<Reading> {
  const budget = new ByteBudget(1_000_000);
  const { connection, request } = await receiveRequest(`POST / HTTP/1.1\r\nHost: a\r\n${header}\r\n\r\n`);
  const declared = request.headers['content-length'];
  const body = readBody(request, declared === undefined ? undefined : Number(declared), {
    bytesMax: BODY.length,
    timeoutMs: 10_000,
    hold: budget.open(),
    ...limits,
  });
  return { connection, body };
}

const sized = (length: number): string => `Content-Length: ${length}`;
const CHUNKED = 'Transfer-Encoding: chunked';
const chunk = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);

describe('readBody', () => {
  it.each([
    ['sized', sized(BODY.length), [BODY]],
    ['sized and in pieces', sized(BODY.length), [BODY.subarray(0, 1), BODY.subarray(1)]],
    ['chunked', CHUNKED, [chunk(BODY.subarray(0, 5)), chunk(BODY.subarray(5)), Buffer.from('0\r\n\r\n')]],
  ])('gives a %s body whole', async (_, header, pieces) => {
    const { connection, body } = await startReading(header);
    connection.send(...pieces);
    expect(await body).toEqual({ kind: 'whole', bytes: BODY, bodyBytes: BODY.length });
  });

  it('gives up a declared length one past the limit when the head has come, and does not wait for the rest', async () => {
    const { connection, body } = await startReading(sized(BODY.length), { bytesMax: BODY.length - 1 });
    connection.send(BODY.subarray(0, HEAD_BYTES));
    expect(await body).toMatchObject({
      kind: 'given-up',
      code: 'too-large',
      head: BODY.subarray(0, HEAD_BYTES),
    });
  });

  it('gives up a declared length over the limit when the body ends before the head is whole', async () => {
    const { connection, body } = await startReading(sized(11), { bytesMax: 10 });
    connection.send(BODY.subarray(0, 11));
    expect(await body).toMatchObject({ kind: 'given-up', code: 'too-large', head: BODY.subarray(0, 11) });
  });

  it('gives up a chunked body that grows over the limit, and does not wait for the rest', async () => {
    const { connection, body } = await startReading(CHUNKED, { bytesMax: BODY.length - 1 });
    connection.send(chunk(BODY));
    expect(await body).toMatchObject({
      kind: 'given-up',
      code: 'too-large',
      head: BODY.subarray(0, HEAD_BYTES),
    });
  });

  it('gives up a body that the shared budget has no room for', async () => {
    const { connection, body } = await startReading(sized(BODY.length), {
      hold: new ByteBudget(BODY.length - 1).open(),
    });
    connection.send(BODY);
    expect(await body).toMatchObject({
      kind: 'given-up',
      code: 'overloaded',
      head: BODY.subarray(0, HEAD_BYTES),
    });
  });

  it('gives up a body that does not come in time, with what has come', async () => {
    const { connection, body } = await startReading(sized(10), { timeoutMs: 200 });
    connection.send('abc');
    const given = await body;
    expect(given).toMatchObject({ kind: 'given-up', code: 'too-slow' });
    expect('abc'.startsWith(given.kind === 'given-up' ? given.head.toString() : 'x')).toBe(true);
  });

  it('calls a body over the limit too large, even when it comes too slowly', async () => {
    const { body } = await startReading(sized(BODY.length + 1), { timeoutMs: 50 });
    expect(await body).toMatchObject({ kind: 'given-up', code: 'too-large' });
  });

  it('gives up when the handset goes away', async () => {
    const { connection, body } = await startReading(sized(10));
    connection.destroy();
    expect(await body).toMatchObject({ kind: 'given-up', code: 'handset-gone' });
  });
});
