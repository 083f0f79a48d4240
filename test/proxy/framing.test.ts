import { describe, expect, it } from 'vitest';
import { checkFraming } from '../../src/proxy/framing.ts';

const check = (method: string, httpVersion: string, ...rawHeaders: string[]) =>
  checkFraming({ method, httpVersion, rawHeaders });

const posted = (...headers: string[]) => check('POST', '1.1', 'Host', 'a', ...headers);

describe('checkFraming', () => {
  it.each([
    [
      'a sized body',
      ['Host', 'mmsc', 'Content-Length', '5'],
      { host: 'mmsc', contentLength: 5, hasBody: true },
    ],
    ['an empty body', ['Host', 'mmsc', 'Content-Length', '0'], { contentLength: 0, hasBody: false }],
    ['no body', ['Host', 'mmsc'], { contentLength: undefined, hasBody: false }],
    [
      'a chunked body',
      ['Host', 'mmsc', 'transfer-encoding', 'Chunked'],
      { contentLength: undefined, hasBody: true },
    ],
    ['an empty Host', ['Host', ''], { host: undefined }],
    ['an IPv6 Host', ['Host', '[::1]:8080'], { host: '[::1]:8080' }],
  ])('accepts %s', (_, headers, expected) => {
    expect(check('POST', '1.1', ...headers)).toMatchObject({ kind: 'accepted', ...expected });
  });

  it('accepts HTTP/1.0 without a Host', () => {
    expect(check('GET', '1.0')).toMatchObject({ kind: 'accepted', host: undefined });
  });

  it.each([
    ['HTTP/0.9', () => check('GET', '0.9')],
    ['HTTP/2.0', () => check('GET', '2.0', 'Host', 'a')],
  ])('refuses %s', (_, refuse) => {
    expect(refuse()).toEqual({ kind: 'refused', status: 505, code: 'http-version' });
  });

  const chunked = ['Transfer-Encoding', 'chunked'];

  it.each([
    ['no Host', 'host-missing', () => check('GET', '1.1')],
    ['two Hosts', 'host-ambiguous', () => check('GET', '1.1', 'Host', 'a', 'Host', 'a')],
    ['a Host with userinfo', 'host-ambiguous', () => check('GET', '1.1', 'Host', 'a@b')],
    ['a Host with a path', 'host-ambiguous', () => check('GET', '1.1', 'Host', 'a/b')],
    ['a list of Hosts', 'host-ambiguous', () => check('GET', '1.1', 'Host', 'a, b')],
    ['two lengths', 'content-length-ambiguous', () => posted('Content-Length', '1', 'content-length', '1')],
    ['a list of lengths', 'content-length-ambiguous', () => posted('Content-Length', '1, 1')],
    ['a signed length', 'content-length-ambiguous', () => posted('Content-Length', '+1')],
    ['a length beyond counting', 'content-length-ambiguous', () => posted('Content-Length', '1'.repeat(16))],
    ['length and chunks', 'transfer-encoding-unknown', () => posted('Content-Length', '1', ...chunked)],
    ['another coding', 'transfer-encoding-unknown', () => posted('Transfer-Encoding', 'gzip, chunked')],
    ['chunks twice', 'transfer-encoding-unknown', () => posted(...chunked, ...chunked)],
    ['chunks in HTTP/1.0', 'transfer-encoding-unknown', () => check('POST', '1.0', 'Host', 'a', ...chunked)],
    ['a GET with a body', 'body-not-allowed', () => check('GET', '1.1', 'Host', 'a', 'Content-Length', '1')],
    ['a HEAD with chunks', 'body-not-allowed', () => check('HEAD', '1.1', 'Host', 'a', ...chunked)],
  ])('refuses %s as %s', (_, code, refuse) => {
    expect(refuse()).toEqual({ kind: 'refused', status: 400, code });
  });
});
