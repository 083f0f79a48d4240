import { describe, expect, it } from 'vitest';
import type { MmscSettings } from '../../src/proxy/settings.ts';
import { resolveTarget } from '../../src/proxy/target.ts';

const mmsc = (host: string, port: number): MmscSettings => ({
  host,
  port,
  connect: { protocol: 'http:', host: '127.0.0.1', port: 1 },
});
const MAIN = mmsc('mmsc', 80);
const SECOND = mmsc('mmsc.example', 8080);
const SECURE = mmsc('secure.example', 443);
const SIXTH = mmsc('2001:db8::1', 80);
const SETTINGS = { mmsc: MAIN, allowedMmscs: [SECOND, SECURE, SIXTH, mmsc('10.0.0.1', 80)] };

const resolve = (target: string, host: string | undefined = 'named', method = 'GET') =>
  resolveTarget({ method, target, host }, SETTINGS);

describe('resolveTarget', () => {
  it.each([
    ['a path', '/'],
    ['a path that looks like an authority', '//evil.example/x'],
    ['a path of odd characters', '/a"<>\\^`{|}%zz?AaamMbG2=%2f&;;'],
    ['a path with dots', '/a/../b/./c'],
  ])('sends origin form to the configured MMSC as it is: %s', (_, path) => {
    expect(resolve(path)).toEqual({ kind: 'mmsc', mmsc: MAIN, authority: 'named', path });
  });

  it.each([
    ['http://mmsc/qf@2/wx46?q=http://x/', 'mmsc', '/qf@2/wx46?q=http://x/'],
    ['HTTP://MMSC/A', 'MMSC', '/A'],
    ['http://mmsc:80/', 'mmsc:80', '/'],
    ['http://mmsc:/', 'mmsc:', '/'],
    ['http://mmsc', 'mmsc', '/'],
    ['http://mmsc?x', 'mmsc', '/?x'],
  ])('finds the configured MMSC of %s', (target, authority, path) => {
    expect(resolve(target)).toEqual({ kind: 'mmsc', mmsc: MAIN, authority, path });
  });

  it.each([
    ['http://mmsc.example:8080/x', SECOND, 'mmsc.example:8080'],
    ['https://secure.example/x', SECURE, 'secure.example'],
    ['http://[2001:DB8::1]/x', SIXTH, '[2001:DB8::1]'],
  ])('finds the listed MMSC of %s', (target, expected, authority) => {
    expect(resolve(target)).toEqual({ kind: 'mmsc', mmsc: expected, authority, path: '/x' });
  });

  it.each([
    [MAIN, 'mmsc'],
    [SECOND, 'mmsc.example:8080'],
    [SIXTH, '[2001:db8::1]'],
  ])('names the configured authority when a request has no Host', (main, authority) => {
    const target = resolveTarget(
      { method: 'GET', target: '/', host: undefined },
      { mmsc: main, allowedMmscs: [] },
    );
    expect(target).toMatchObject({ authority });
  });

  it.each([
    ['another host', 'http://evil.example/'],
    ['another port', 'http://mmsc:8080/'],
    ['a listed host on another port', 'http://mmsc.example/'],
    ['the default port of the other scheme', 'https://mmsc/'],
    ['a listed host as a suffix', 'http://evilmmsc/'],
    ['a listed host as a prefix', 'http://mmsc.evil.example/'],
    ['a trailing dot', 'http://mmsc./'],
    ['a zero-padded IPv4 address', 'http://010.000.000.001/'],
    ['a decimal IPv4 address', 'http://167772161/'],
    ['another spelling of an IPv6 address', 'http://[2001:db8:0::1]/'],
  ])('refuses %s with 403', (_, target) => {
    expect(resolve(target)).toEqual({ kind: 'refused', status: 403, code: 'mmsc-not-allowed' });
  });

  it.each([
    ['userinfo', 'http://mmsc@evil.example/'],
    ['userinfo before a listed host', 'http://user:password@mmsc/'],
    ['an encoded host', 'http://mms%63/'],
    ['a backslash', 'http://mmsc\\@evil.example/'],
    ['no host', 'http:///x'],
    ['a zero-padded port', 'http://mmsc:080/'],
    ['a port of six digits', 'http://mmsc:000080/'],
    ['another scheme', 'ftp://mmsc/'],
    ['authority form', 'mmsc:80'],
    ['asterisk form', '*'],
    ['nothing', ''],
    ['a fragment', '/x#y'],
    ['a fragment that hides the host', 'http://mmsc#@evil.example/'],
  ])('refuses %s with 400', (_, target) => {
    expect(resolve(target)).toEqual({ kind: 'refused', status: 400, code: 'target-malformed' });
  });

  it.each(['POST', 'GET', 'HEAD'])('accepts %s', (method) => {
    expect(resolve('/', 'mmsc', method)).toMatchObject({ kind: 'mmsc' });
  });

  it.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND', 'QUERY', 'post', ''])(
    'refuses %s with 405',
    (method) => {
      expect(resolve('/', 'mmsc', method)).toEqual({
        kind: 'refused',
        status: 405,
        code: 'method-not-allowed',
      });
    },
  );
});
