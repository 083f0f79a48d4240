import { describe, expect, it } from 'vitest';
import { numberOfIdentity, pduAddress, subscriberOf } from '../../src/lab/address.ts';

describe('an address in a PDU', () => {
  it.each([
    ['+12025550111', '+12025550111/TYPE=PLMN'],
    ['2255', '2255/TYPE=PLMN'],
    ['+12025550111/TYPE=PLMN', '+12025550111/TYPE=PLMN'],
    ['10.0.0.1', '10.0.0.1/TYPE=IPv4'],
    ['2001:db8::1', '2001:db8::1/TYPE=IPv6'],
    ['a@example.com', 'a@example.com'],
    ['+1\u0000202', '+1202/TYPE=PLMN'],
    ['a\r\nb', 'ab/TYPE=PLMN'],
  ])('of %j is %s', (text, expected) => {
    expect(pduAddress(text)).toBe(expected);
  });

  it.each([
    ['+12025550111/TYPE=PLMN', '+12025550111'],
    ['+12025550111', '+12025550111'],
    ['a/b@example.com', 'a/b@example.com'],
  ])('%s belongs to the subscriber %s', (address, expected) => {
    expect(subscriberOf(address)).toBe(expected);
  });

  it.each([
    ['12025550111', '+12025550111'],
    ['+12025550111', '+12025550111'],
    ['unknown', 'unknown'],
  ])('the identity %s is the number %s', (value, expected) => {
    expect(numberOfIdentity(value)).toBe(expected);
  });
});
