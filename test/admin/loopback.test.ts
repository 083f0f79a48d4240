import { describe, expect, it } from 'vitest';
import { hostOf, isLoopbackHost } from '../../src/admin/loopback.ts';

describe('a host', () => {
  it.each(['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', 'localhost', 'LOCALHOST'])(
    'is loopback: %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each([
    '',
    '0.0.0.0',
    '::',
    '128.0.0.1',
    '10.0.0.1',
    'localhost.evil.test',
    '127.0.0.1.evil.test',
    '127.1',
  ])('is not loopback: %j', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });

  it.each([
    ['127.0.0.1:8090', '127.0.0.1'],
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]:8090', '::1'],
    ['[::1]', '::1'],
    ['localhost:', 'localhost'],
    ['evil.test:127', 'evil.test'],
    ['::1', ''],
    ['a:b', ''],
    ['[::1', ''],
    ['', ''],
  ])('stands in the Host header %j as %j', (header, host) => {
    expect(hostOf(header)).toBe(host);
  });
});
