import { describe, expect, it } from 'vitest';
import { BoundedMap, type MapLimits } from '../../src/lab/bounded-map.ts';

function mapOf(
  limits: MapLimits,
  entries: readonly (readonly [string, number])[],
): BoundedMap<string, string> {
  const map = new BoundedMap<string, string>(limits);
  for (const [key, bytes] of entries) map.set(key, key.toUpperCase(), bytes);
  return map;
}

const TWO: MapLimits = { countMax: 2, bytesMax: 100 };
const TEN_BYTES: MapLimits = { countMax: 9, bytesMax: 10 };

describe('a bounded map', () => {
  it.each([
    { does: 'keeps as many as its limit', limits: TWO, puts: 'a1 b1', holds: 'A B' },
    { does: 'forgets the oldest at one more', limits: TWO, puts: 'a1 b1 c1', holds: 'B C' },
    { does: 'keeps as many bytes as its limit', limits: TEN_BYTES, puts: 'a5 b5', holds: 'A B' },
    { does: 'forgets the oldest at one byte more', limits: TEN_BYTES, puts: 'a5 b6', holds: 'B' },
    { does: 'forgets several for a large one', limits: TEN_BYTES, puts: 'a4 b4 c7', holds: 'C' },
    { does: 'keeps nothing that is over the limit alone', limits: TEN_BYTES, puts: 'a4 b11', holds: '' },
    { does: 'counts a replaced value once', limits: TEN_BYTES, puts: 'a9 a10', holds: 'A' },
    { does: 'takes a replaced value for new', limits: TWO, puts: 'a1 b1 a1 c1', holds: 'A C' },
  ])('$does', ({ limits, puts, holds }) => {
    const entries = puts.split(' ').map((put): [string, number] => [put.slice(0, 1), Number(put.slice(1))]);
    expect(mapOf(limits, entries).values().join(' ')).toBe(holds);
  });

  it('makes room by deleting', () => {
    const map = mapOf(TEN_BYTES, [['a', 10]]);
    expect(map.delete('a')).toBe(true);
    expect(map.delete('a')).toBe(false);
    map.set('b', 'B', 10);
    expect([map.get('a'), map.get('b')]).toEqual([undefined, 'B']);
  });
});
