import { describe, expect, it } from 'vitest';
import { AddressList, addressList } from '../../src/policy/address-list.ts';

describe('a list of addresses', () => {
  const list = new AddressList(['+12025550100', '0049151*', 'desk@example.test', '*@no.test']);

  it.each([
    ['12025550100', true],
    ['+1-202-555-0100/TYPE=PLMN', true],
    ['+120255501001', false],
    ['+4915112345', true],
    ['0049151', true],
    ['+4916012345', false],
    ['DESK@example.test', true],
    ['x@no.test', false],
    ['', false],
  ])('fits %j: %s', (address, fits) => {
    expect(list.fits(address)).toBe(fits);
  });

  it('takes a * in what a stranger sends for a letter', () => {
    expect(list.fits('*')).toBe(false);
    expect(new AddressList(['1202*']).fits('1*')).toBe(false);
  });

  it('fits nothing when it is empty, and every address with a lone *', () => {
    expect(new AddressList([]).fits('1')).toBe(false);
    expect(new AddressList(['*']).fits('any@where.test')).toBe(true);
  });

  it('is made once', () => {
    const patterns = ['1'];
    expect(addressList(patterns)).toBe(addressList(patterns));
    expect(addressList(patterns)).not.toBe(addressList(['1']));
  });
});
