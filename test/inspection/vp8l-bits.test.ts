import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { BITS_AT_ONCE_MAX, Vp8lBits } from '../../src/inspection/vp8l-bits.ts';
import { BitWriter } from '../support/webp-sample.ts';

const bitsOf = (bytes: readonly number[] | Uint8Array, start = 0, end = bytes.length) =>
  new Vp8lBits(new Octets(Uint8Array.from(bytes)), start, end);

describe('Vp8lBits', () => {
  it('takes the lowest bits of an octet first', () => {
    const bits = bitsOf([0b1010_0110, 0b0000_0001]);
    expect([bits.bits(1), bits.bits(3), bits.bits(0), bits.bits(5), bits.flag()]).toEqual([
      0,
      3,
      0,
      0b11010,
      false,
    ]);
    expect(bits.taken).toBe(10);
  });

  it.each([1, 7, 8, 13, BITS_AT_ONCE_MAX])('gives back what was written in pieces of %d bits', (count) => {
    const values = Array.from({ length: 50 }, (_, index) => (index * 2_654_435_761) % 2 ** count);
    const out = new BitWriter();
    for (const value of values) out.bits(value, count);
    const bits = bitsOf(out.bytes());
    expect(values.map(() => bits.bits(count))).toEqual(values);
    expect([bits.taken, bits.isPastEnd]).toEqual([50 * count, false]);
  });

  it('reads only from start to end', () => {
    const bits = bitsOf([1, 2, 3, 4], 1, 3);
    expect([bits.bits(16), bits.isPastEnd]).toEqual([0x0302, false]);
    expect([bits.bits(8), bits.isPastEnd]).toEqual([0, true]);
  });

  it.each([
    [0, 99],
    [9, 12],
  ])('gives zeros past the end of the octets, and says so: from %d to %d', (start, end) => {
    const bits = bitsOf([], start, end);
    expect(bits.isPastEnd).toBe(false);
    expect([bits.bits(24), bits.isPastEnd]).toEqual([0, true]);
  });
});
