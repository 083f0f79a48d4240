import { describe, expect, it } from 'vitest';
import { urlsOf } from '../../src/inspection/url-finder.ts';
import {
  hostKindOf,
  hostnameOf,
  isPrivateHost,
  parsedAddress,
  type HostKind,
} from '../../src/inspection/url-host.ts';

function addressIn(text: string): { body: string; parsed: URL | undefined } {
  const [url] = urlsOf(text);
  return { body: url!.body, parsed: parsedAddress(url!) };
}

describe('hostKindOf', () => {
  it.each<[string, HostKind, string]>([
    ['http://192.0.2.1/a', 'ipv4-dotted', '192.0.2.1'],
    ['http://192.0.2.1.', 'ipv4-dotted', '192.0.2.1'],
    ['http://0xC0.0.2.1', 'ipv4-hex', '192.0.2.1'],
    ['http://0xC0000201/', 'ipv4-hex', '192.0.2.1'],
    ['http://0300.0.02.01', 'ipv4-octal', '192.0.2.1'],
    ['http://030000001001', 'ipv4-octal', '192.0.2.1'],
    ['http://3221225985:8080/a', 'ipv4-decimal', '192.0.2.1'],
    ['http://192.513', 'ipv4-short', '192.0.2.1'],
    ['http://192.0.513', 'ipv4-short', '192.0.2.1'],
    ['http://%31%39%32.0.2.1', 'ipv4-encoded', '192.0.2.1'],
    ['http://１９２.0.2.1', 'ipv4-encoded', '192.0.2.1'],
    ['http://user:pw@192.0.2.1:80/', 'ipv4-dotted', '192.0.2.1'],
    ['rtsp://0xC0000201/a', 'ipv4-hex', '192.0.2.1'],
    ['192.0.2.1/login', 'ipv4-dotted', '192.0.2.1'],
    ['http://[2001:db8::1]:80/', 'ipv6', '[2001:db8::1]'],
    ['http://[::ffff:192.0.2.1]/', 'ipv6', '[::ffff:c000:201]'],
    ['http://192.0.2.1.example.com/', 'name', '192.0.2.1.example.com'],
    ['http://EXAMPLE.com./192.0.2.1', 'name', 'example.com'],
  ])('%s is %s', (text, kind, hostname) => {
    const { body, parsed } = addressIn(text);
    expect(hostKindOf(body, parsed!)).toBe(kind);
    expect(hostnameOf(parsed!)).toBe(hostname);
  });
});

describe('parsedAddress', () => {
  it('reads what has characters that nobody sees as without them', () => {
    expect(addressIn('http://ex\u202Eample.com/a').parsed?.hostname).toBe('example.com');
    expect(addressIn('http://ex\u200Dample.com/a').parsed?.hostname).toBe('example.com');
  });

  it('drops the usual port', () => {
    expect(addressIn('https://example.com:443/').parsed?.port).toBe('');
    expect(addressIn('http://example.com:80/').parsed?.port).toBe('');
  });

  it.each(['http://1.2.3.4.5/', 'http://0x1ffffffff/', 'http://a%00b/', 'http://example.com:99999/'])(
    'gives nothing for %s, which browsers refuse',
    (text) => {
      expect(addressIn(text).parsed).toBeUndefined();
    },
  );
});

describe('isPrivateHost', () => {
  it.each([
    ...[
      '0.0.0.0',
      '10.0.0.1',
      '127.0.0.1',
      '127.255.255.255',
      '100.64.0.1',
      '100.127.255.255',
      '169.254.169.254',
    ],
    ...[
      '172.16.0.1',
      '172.31.255.255',
      '192.168.0.1',
      'localhost',
      'a.localhost',
      '[::]',
      '[::1]',
      '[fc00::1]',
    ],
    ...['[fd12:3456::1]', '[fe80::1]', '[febf::1]', '[::ffff:7f00:1]', '[::ffff:a00:1]'],
  ])('%s is private', (hostname) => {
    expect(isPrivateHost(hostname)).toBe(true);
  });

  it.each([
    ...[
      '1.1.1.1',
      '11.0.0.1',
      '126.0.0.1',
      '100.63.0.1',
      '100.128.0.1',
      '169.253.0.1',
      '172.15.0.1',
      '172.32.0.1',
    ],
    ...['192.167.0.1', 'localhost.example.com', 'notlocalhost', '10.example.com', '[2001:db8::1]', '[::2]'],
    ...['[fe00::1]', '[fec0::1]', '[::ffff:808:808]', ''],
  ])('%s is public', (hostname) => {
    expect(isPrivateHost(hostname)).toBe(false);
  });
});
