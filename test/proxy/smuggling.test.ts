/** Requests that two HTTP readers could understand differently: refused with 400, the connection closed, nothing forwarded. */
import { describe, expect, it } from 'vitest';
import { post } from '../support/raw-http.ts';
import { startRig } from '../support/proxy-rig.ts';
import { policyOf } from '../support/policies.ts';
import { sendRequest } from '../support/mms-messages.ts';

const head = (...lines: string[]): string => ['POST / HTTP/1.1', 'Host: mmsc', ...lines, '', ''].join('\r\n');
const chunked = (chunks: string): string => head('Transfer-Encoding: chunked') + chunks;

const LAST_CHUNK = '0\r\n\r\n';

/** Refused while the header is read. */
const HEADS: readonly (readonly [string, string])[] = [
  [
    'Content-Length before Transfer-Encoding',
    head('Content-Length: 5', 'Transfer-Encoding: chunked') + LAST_CHUNK,
  ],
  [
    'Transfer-Encoding before Content-Length',
    head('Transfer-Encoding: chunked', 'Content-Length: 5') + LAST_CHUNK,
  ],
  ['two Content-Lengths that agree', `${head('Content-Length: 2', 'Content-Length: 2')}hi`],
  ['two Content-Lengths that differ', `${head('Content-Length: 2', 'Content-Length: 3')}hi`],
  ['a list of Content-Lengths', `${head('Content-Length: 2, 2')}hi`],
  ['a signed Content-Length', `${head('Content-Length: +2')}hi`],
  ['a negative Content-Length', `${head('Content-Length: -2')}hi`],
  ['a hexadecimal Content-Length', `${head('Content-Length: 0x2')}hi`],
  ['an empty Content-Length', `${head('Content-Length:')}hi`],
  ['a Content-Length beyond 64 bits', `${head('Content-Length: 99999999999999999999999')}hi`],
  ['a Content-Length beyond what a number holds', `${head('Content-Length: 9999999999999999')}hi`],
  ['a folded header', `${head('X: a', ' b', 'Content-Length: 2')}hi`],
  ['a folded Content-Length', `${head('Content-Length:', ' 2')}hi`],
  ['a folded Transfer-Encoding', head('Transfer-Encoding:', ' chunked') + LAST_CHUNK],
  ['a space before the colon', `${head('Content-Length : 2')}hi`],
  ['a tab before the colon', `${head('Content-Length\t: 2')}hi`],
  [
    'a space before the first header',
    'POST / HTTP/1.1\r\n Host: a\r\nHost: mmsc\r\nContent-Length: 2\r\n\r\nhi',
  ],
  ['a bare LF after the request line', 'POST / HTTP/1.1\nHost: mmsc\r\nContent-Length: 2\r\n\r\nhi'],
  ['a bare LF after a header', 'POST / HTTP/1.1\r\nHost: mmsc\nContent-Length: 2\r\n\r\nhi'],
  ['a bare LF for the empty line', 'POST / HTTP/1.1\r\nHost: mmsc\r\nContent-Length: 2\r\n\nhi'],
  ['a bare CR in a value', `${head('X: a\rContent-Length: 9', 'Content-Length: 2')}hi`],
  ['a NUL in a value', `${head('X: a\0b', 'Content-Length: 2')}hi`],
  ['a header without a name', `${head(': x', 'Content-Length: 2')}hi`],
  ['a line without a colon', `${head('Content-Length', 'Content-Length: 2')}hi`],
  ['chunked under another coding', head('Transfer-Encoding: gzip, chunked') + LAST_CHUNK],
  ['a coding after chunked', head('Transfer-Encoding: chunked, gzip') + LAST_CHUNK],
  ['identity', head('Transfer-Encoding: identity') + LAST_CHUNK],
  ['a coding that only ends like chunked', head('Transfer-Encoding: xchunked') + LAST_CHUNK],
  ['a quoted coding', head('Transfer-Encoding: "chunked"') + LAST_CHUNK],
  ['a coding after a vertical tab', head('Transfer-Encoding: \x0bchunked') + LAST_CHUNK],
  ['chunked twice', head('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked') + LAST_CHUNK],
  ['chunked and identity', head('Transfer-Encoding: chunked', 'Transfer-Encoding: identity') + LAST_CHUNK],
  ['an empty Transfer-Encoding', head('Transfer-Encoding:') + LAST_CHUNK],
  ['chunks in HTTP/1.0', `POST / HTTP/1.0\r\nHost: mmsc\r\nTransfer-Encoding: chunked\r\n\r\n${LAST_CHUNK}`],
  ['two Hosts', 'GET / HTTP/1.1\r\nHost: mmsc\r\nHost: evil\r\n\r\n'],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
  ['a Host with userinfo', 'GET / HTTP/1.1\r\nHost: mmsc@evil\r\n\r\n'],
  ['a GET with a body', 'GET / HTTP/1.1\r\nHost: mmsc\r\nContent-Length: 2\r\n\r\nhi'],
  [
    'a GET with chunks',
    `GET / HTTP/1.1\r\nHost: mmsc\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n${LAST_CHUNK}`,
  ],
];

/** Refused while the body is read; the connection is closed. */
const BODIES: readonly (readonly [string, string])[] = [
  ['a space after a chunk size', chunked(`2 \r\nhi\r\n${LAST_CHUNK}`)],
  ['a hexadecimal prefix of a chunk size', chunked(`0x2\r\nhi\r\n${LAST_CHUNK}`)],
  ['a chunk size beyond 64 bits', chunked(`10000000000000002\r\nhi\r\n${LAST_CHUNK}`)],
  ['a bare LF after a chunk size', chunked(`2\nhi\r\n${LAST_CHUNK}`)],
  ['a bare LF after a chunk', chunked(`2\r\nhi\n${LAST_CHUNK}`)],
  ['a bare LF in a chunk extension', chunked(`2;a\nb\r\nhi\r\n${LAST_CHUNK}`)],
  ['a chunk longer than its size', chunked(`2\r\nhix\r\n${LAST_CHUNK}`)],
  ['a Content-Length in the trailer', chunked('2\r\nhi\r\n0\r\nContent-Length: 9\r\n\r\n')],
];

describe('the proxy', () => {
  it.each(HEADS)('refuses %s', async (_, octets) => {
    const rig = await startRig({ policy: policyOf({ notInspected: 'forward' }) });
    const connection = await rig.connect();
    // A whole good request behind it must not be taken for the next one.
    connection.send(octets, post(sendRequest()));
    expect((await connection.response()).status).toBe(400);
    await connection.closed();
    expect(rig.mmsc.connections).toBe(0);
  });

  it.each(BODIES)('refuses %s', async (_, octets) => {
    const rig = await startRig({ policy: policyOf({ notInspected: 'forward' }) });
    const connection = await rig.connect();
    connection.send(octets, post(sendRequest()));
    const answer = await connection.closed();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(rig.mmsc.connections).toBe(0);
  });

  it('refuses HTTP/0.9 and HTTP/2 request lines', async () => {
    const rig = await startRig();
    for (const line of ['GET /\r\n\r\n', 'GET / HTTP/2.0\r\nHost: mmsc\r\n\r\n']) {
      const connection = await rig.connect();
      expect((await connection.send(line).response()).status).toBe(505);
      await connection.closed();
    }
    expect(rig.mmsc.connections).toBe(0);
  });

  it('forwards the trailer of a chunked body as nothing', async () => {
    const rig = await startRig({ policy: policyOf({ notInspected: 'forward' }) });
    const connection = await rig.connect();
    connection.send(chunked('2\r\nhi\r\n0\r\nX-MSISDN: 1\r\n\r\n'));
    await connection.response();
    expect(rig.mmsc.requests[0]?.body.toString()).toBe('hi');
    expect(rig.mmsc.requests[0]?.header('X-MSISDN')).toBeUndefined();
  });

  it('sends nothing of a good request that has a malformed one behind it in the same packet', async () => {
    const rig = await startRig();
    const connection = await rig.connect();
    connection.send(Buffer.concat([post(sendRequest()), Buffer.from('GET / HTTP/1.1\nHost: mmsc\r\n\r\n')]));
    expect(await connection.closed()).toMatch(/^HTTP\/1\.1 400 /);
    expect(rig.mmsc.requests).toEqual([]);
  });
});
