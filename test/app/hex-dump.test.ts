import { describe, expect, it } from 'vitest';
import { hexDump, surroundings } from '../../src/app/hex-dump.ts';

const BYTES = Uint8Array.from({ length: 200 }, (_, index) => index);

describe('the octets around an offset', () => {
  it.each([
    [0, 0, 32],
    [40, 0, 72],
    [100, 64, 132],
    [200, 160, 200],
    [10_000, 160, 200],
  ])('of %i run from %i to %i', (offset, first, end) => {
    const around = surroundings(BYTES, offset);
    expect(around.offset).toBe(first);
    expect([...around.bytes]).toEqual([...BYTES.subarray(first, end)]);
  });
});

describe('a hex dump', () => {
  it('shows offset, octets and letters, and marks the place', () => {
    expect(hexDump({ offset: 32, bytes: Buffer.from('ABC\0') }, 34)).toEqual([
      '00000020  41 42 43 00                                      ABC.',
      '                ^^',
    ]);
  });

  it('marks the place behind the last octet', () => {
    const lines = hexDump({ offset: 0, bytes: Buffer.from('AB') }, 2);
    expect(lines.at(-1)?.indexOf('^^')).toBe(10 + 2 * 3);
  });

  it('of nothing is one empty row and the mark', () => {
    expect(hexDump({ offset: 0, bytes: new Uint8Array() }, 0)).toHaveLength(2);
  });
});
