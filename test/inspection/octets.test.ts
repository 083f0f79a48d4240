import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';

const octetsOf = (text: string): Octets => new Octets(Buffer.from(text, 'latin1'));

describe('Octets', () => {
  it('reads numbers out of a view, wherever its octets stand in their buffer', () => {
    const shifted = new Octets(new Uint8Array([9, 9, 1, 2, 3, 4]).subarray(2));
    expect(shifted.view(0, 4)?.getUint32(0)).toBe(0x01020304);
    expect(shifted.view(2, 2)?.getUint16(0, true)).toBe(0x0403);
  });

  it.each([
    [0, 4, true],
    [4, 0, true],
    [0, 5, false],
    [4, 1, false],
    [5, 0, false],
    [-1, 1, false],
    [0, -1, false],
    [0.5, 1, false],
    [Number.MAX_SAFE_INTEGER, 1, false],
    [Number.NaN, 1, false],
    [0, Infinity, false],
  ])('gives what lies inside and nothing else: %d, %d', (offset, length, isInside) => {
    const octets = octetsOf('abcd');
    expect(octets.view(offset, length) !== undefined).toBe(isInside);
    expect(octets.slice(offset, length) !== undefined).toBe(isInside);
    expect(octets.latin1(offset, length) !== undefined).toBe(isInside);
  });

  it('reads single octets', () => {
    expect([octetsOf('a').octet(0), octetsOf('a').octet(1), octetsOf('a').octet(-1)]).toEqual([
      97,
      undefined,
      undefined,
    ]);
  });

  it('compares characters at a place', () => {
    expect(octetsOf('\xFF\xD8\xFFx').startsWith('\xFF\xD8\xFF')).toBe(true);
    expect(octetsOf('xxftyp').startsWith('ftyp', 2)).toBe(true);
    expect(octetsOf('xxfty').startsWith('ftyp', 2)).toBe(false);
  });

  it('finds characters where Buffer finds them', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 });
    const needle = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(text, needle, fc.nat(45), (hay, pin, from) => {
        expect(octetsOf(hay).indexOf(pin, from)).toBe(
          from > hay.length ? -1 : Buffer.from(hay).indexOf(pin, from),
        );
      }),
    );
  });

  it('finds nothing that reaches past the end of the search', () => {
    expect(octetsOf('..PK').indexOf('PK', 0, 4)).toBe(2);
    expect(octetsOf('..PK').indexOf('PK', 0, 3)).toBe(-1);
  });
});
