import { describe, expect, it } from 'vitest';
import { addressKey, coversText, fitsText } from '../../src/policy/text-pattern.ts';

describe('a pattern', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'abcd', false],
    ['abc', 'ABC', false],
    ['abc*', 'abc', true],
    ['abc*', 'abcd', true],
    ['abc*', 'ab', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['a*c', 'abc', false],
    ['a*c', 'a*c', true],
    ['', '', true],
    ['.*', 'x', false],
  ])('%j fits %j: %s', (pattern, text, fits) => {
    expect(fitsText(pattern, text)).toBe(fits);
  });

  it.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['a*', 'a', true],
    ['a*', 'ab', true],
    ['a*', 'ab*', true],
    ['a*', 'a*', true],
    ['ab*', 'a*', false],
    ['a', 'a*', false],
    ['*', 'a*', true],
    ['*', '*', true],
  ])('%j covers %j: %s', (outer, inner, covers) => {
    expect(coversText(outer, inner)).toBe(covers);
  });
});

describe('an address', () => {
  it.each([
    ['+12025550100', '12025550100'],
    ['12025550100', '12025550100'],
    ['0012025550100', '12025550100'],
    ['+12025550100/TYPE=PLMN', '12025550100'],
    ['+12025550100/type=plmn', '12025550100'],
    ['+1 (202) 555-01.00 /TYPE=PLMN', '12025550100'],
    ['7726', '7726'],
    ['+49*', '49*'],
    ['0049 151*', '49151*'],
    ['00*', '00*'],
    ['00', '00'],
    ['*', '*'],
    [' Alice@Example.TEST ', 'alice@example.test'],
    ['*@example.test', '*@example.test'],
    ['a.b-c@example.test/TYPE=x', 'a.b-c@example.test'],
    ['', ''],
  ])('%j is compared as %j', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it('takes time that grows with its length only', () => {
    expect(addressKey('/TYPE='.repeat(100_000))).toBe('');
    expect(addressKey(' '.repeat(100_000) + 'x')).toBe('x');
  });
});
