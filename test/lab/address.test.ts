import { describe, expect, it } from 'vitest';
import { numberOfIdentity, pduAddress, subscriberOf } from '../../src/lab/address.ts';

describe('pduAddress', () => {
  it.each([
    ['a phone number', '+12025550111', '+12025550111/TYPE=PLMN'],
    ['a short code', '7726', '7726/TYPE=PLMN'],
    ['an IPv4 address', '10.0.0.1', '10.0.0.1/TYPE=IPv4'],
    ['an IPv6 address', 'fe80::1', 'fe80::1/TYPE=IPv6'],
    ['an e-mail address', 'carol@example.org', 'carol@example.org'],
    ['an address that has its type', '+12025550111/TYPE=PLMN', '+12025550111/TYPE=PLMN'],
    ['a type in lower case', '+12025550111/type=plmn', '+12025550111/type=plmn'],
    ['what no PDU can carry', '+1\u00002\r\n\ud800', '+12\ufffd/TYPE=PLMN'],
  ])('gives %s its type', (_, address, expected) => {
    expect(pduAddress(address)).toBe(expected);
  });
});

describe('subscriberOf', () => {
  it.each([
    ['+12025550111/TYPE=PLMN', '+12025550111'],
    ['10.0.0.1/type=IPv4', '10.0.0.1'],
    ['carol@example.org', 'carol@example.org'],
    ['+1/TYPE=PLMN/TYPE=X', '+1/TYPE=PLMN'],
  ])('takes the type off %s', (address, expected) => {
    expect(subscriberOf(address)).toBe(expected);
  });
});

describe('numberOfIdentity', () => {
  it.each([
    ['12025550111', '+12025550111'],
    ['+12025550111', '+12025550111'],
    ['alice@example.org', 'alice@example.org'],
  ])('reads %s', (value, expected) => {
    expect(numberOfIdentity(value)).toBe(expected);
  });
});
