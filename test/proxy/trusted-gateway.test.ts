import { describe, expect, it } from 'vitest';
import { trustedGateways } from '../../src/proxy/trusted-gateway.ts';

const isTrusted = trustedGateways(['10.1.0.0/16', '192.0.2.7', '2001:db8::/32']);
const peer = (address: string | undefined) => ({ address, hasTrustedCertificate: false });

describe('trustedGateways', () => {
  it.each([
    ['the first address of a block', '10.1.0.0', true],
    ['the last address of a block', '10.1.255.255', true],
    ['one past a block', '10.2.0.0', false],
    ['one before a block', '10.0.255.255', false],
    ['a single address', '192.0.2.7', true],
    ['its neighbour', '192.0.2.8', false],
    ['IPv4 as a dual-stack listener gives it', '::ffff:10.1.2.3', true],
    ['the same in capitals', '::FFFF:10.1.2.3', true],
    ['an IPv4 outside, mapped', '::ffff:10.2.0.1', false],
    ['IPv6 in a block', '2001:db8:1::1', true],
    ['IPv6 outside', '2001:db9::1', false],
    ['no address', undefined, false],
    ['what is no address', 'localhost', false],
  ])('judges %s', (_, address, expected) => {
    expect(isTrusted(peer(address))).toBe(expected);
  });

  it('trusts a peer that showed a trusted certificate, wherever it is', () => {
    expect(isTrusted({ address: '203.0.113.1', hasTrustedCertificate: true })).toBe(true);
  });

  it('trusts nobody when nobody is named', () => {
    expect(trustedGateways([])(peer('127.0.0.1'))).toBe(false);
  });

  it.each(['gateway', '10.0.0.0/33', '2001:db8::/129', '10.0.0.0/', '10.0.0.0/8/8', ''])(
    'refuses the block %j',
    (block) => {
      expect(() => trustedGateways([block])).toThrow(RangeError);
    },
  );

  it('takes a block of every address', () => {
    expect(trustedGateways(['0.0.0.0/0'])(peer('203.0.113.1'))).toBe(true);
  });
});
