import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/codec/transfer-encoding.ts';
import { hex, octets } from '../support/octets.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (contentTransferEncoding: string, bytes: Uint8Array) =>
  decodeBody({ bytes, headers: { contentTransferEncoding, others: [] } });

describe('a body without an encoding', () => {
  it.each(['7bit', '8bit', 'binary', ' Binary ', ''])('%j is the view that the part has', (encoding) => {
    const bytes = ascii('=41');
    const decoded = decode(encoding, bytes);
    expect(decoded.bytes).toBe(bytes);
    expect(decoded).toMatchObject({ encoding: 'none', exact: true });
  });

  it('is the view that the part has when no header names one', () => {
    const bytes = ascii('x');
    expect(decodeBody({ bytes, headers: { others: [] } }).bytes).toBe(bytes);
  });

  it('is kept, and not exact, in an encoding that nobody knows', () => {
    const bytes = ascii('x');
    expect(decode('uuencode', bytes)).toEqual({ bytes, encoding: 'unknown', exact: false });
  });
});

describe('base64', () => {
  it.each([
    ['', '', true],
    ['QUJD', 'ABC', true],
    ['QUI=', 'AB', true],
    ['QQ==', 'A', true],
    ['QU\r\n JD\t', 'ABC', true],
    ['QQ=\r\n=', 'A', true],
    ['QQ', 'A', false],
    ['QUI', 'AB', false],
    ['Q', '', false],
    ['QQ=', 'A', false],
    ['QUJD=', 'ABC', false],
    ['QUJD====', 'ABC', false],
    ['QQ==QUJD', 'A', false],
    ['Q!U-JD', 'ABC', false],
    ['=', '', false],
  ])('%j is %j, exactly: %s', (encoded, text, exact) => {
    expect(decode('Base64', ascii(encoded))).toEqual({ bytes: ascii(text), encoding: 'base64', exact });
  });

  it('gives every octet', () => {
    const all = Uint8Array.from({ length: 256 }, (_, octet) => octet);
    expect(decode('base64', ascii(Buffer.from(all).toString('base64')))).toMatchObject({
      bytes: all,
      exact: true,
    });
  });
});

describe('quoted-printable', () => {
  it.each([
    ['plain', 'plain', true],
    ['a=3Db', 'a=b', true],
    ['a=3db', 'a=b', true],
    ['a=\r\nb', 'ab', true],
    ['a=\nb', 'ab', true],
    ['a\r\nb', 'a\r\nb', true],
    ['a=4', 'a=4', false],
    ['a=', 'a=', false],
    ['a=G1', 'a=G1', false],
    ['a= \r\nb', 'a= \r\nb', false],
    ['a=+1', 'a=+1', false],
    ['a=\rb', 'a=\rb', false],
  ])('%j is %j, exactly: %s', (encoded, text, exact) => {
    const expected = { bytes: ascii(text), encoding: 'quoted-printable', exact };
    expect(decode('Quoted-Printable', ascii(encoded))).toEqual(expected);
  });

  it('gives every octet', () => {
    const all = Uint8Array.from({ length: 256 }, (_, octet) => octet);
    const encoded = [...all].map((octet) => `=${octet.toString(16).padStart(2, '0')}`).join('');
    expect(hex(decode('quoted-printable', ascii(encoded)).bytes)).toBe(hex(all));
  });

  it('keeps octets that are not ASCII', () => {
    expect(hex(decode('quoted-printable', octets('ff 3d 30 30')).bytes)).toBe('ff00');
  });
});
