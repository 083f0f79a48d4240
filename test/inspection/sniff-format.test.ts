import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import {
  isBetween,
  magic,
  sniffByTable,
  u16be,
  u16le,
  u32be,
  u32le,
  u8,
  type Sniffed,
} from '../../src/inspection/sniff-format.ts';
import { joined } from '../support/sample-octets.ts';

const FIRST: Sniffed = { mediaType: 'image/gif', family: 'gif', format: 'first' };
const SECOND: Sniffed = { mediaType: 'image/png', family: 'png', format: 'second' };

describe('the numbers of a sniffer', () => {
  const octets = new Octets(Uint8Array.of(1, 2, 3, 4));

  it('are read in both orders', () => {
    expect([u8(octets, 3), u16be(octets, 2), u16le(octets, 2)]).toEqual([4, 0x0304, 0x0403]);
    expect([u32be(octets, 0), u32le(octets, 0)]).toEqual([0x0102_0304, 0x0403_0201]);
  });

  it.each([u8, u16be, u16le, u32be, u32le])('are not a number outside: %o', (read) => {
    for (const place of [4, -1, 0.5, Number.NaN]) expect(read(octets, place)).toBeNaN();
  });

  it('are not a number where the last octet is cut off', () => {
    expect([u16be(octets, 3), u16le(octets, 3), u32be(octets, 1), u32le(octets, 1)]).toEqual(
      Array(4).fill(Number.NaN),
    );
  });

  it('lie between two others, which are included, unless they are none', () => {
    expect([1, 2, 3, 4, Number.NaN].map((value) => isBetween(value, 2, 3))).toEqual([
      ...[false, true, true, false, false],
    ]);
  });
});

describe('a table of formats', () => {
  const sniff = sniffByTable([magic(FIRST, ['ab', 'cd']), magic(SECOND, 'cd', 2), magic(FIRST, 'x')]);

  it.each([
    ['abcd', 'first'],
    ['cdcd', 'first'],
    ['..cd', 'second'],
    ['.cd.', undefined],
    ['', undefined],
  ])('gives the first row that fits %s', (text, format) => {
    expect(sniff(new Octets(joined(text)))?.format).toBe(format);
  });
});
