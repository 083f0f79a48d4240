import { describe, expect, it } from 'vitest';
import { BoundedMap } from '../../src/lab/bounded-map.ts';

describe('a bounded map', () => {
  it('keeps as many entries as it may, and forgets the oldest for one more', () => {
    const map = new BoundedMap<string, number>({ countMax: 2, bytesMax: 100 });
    map.set('a', 1, 1);
    map.set('b', 2, 1);
    expect(map.values()).toEqual([1, 2]);
    map.set('c', 3, 1);
    expect(map.values()).toEqual([2, 3]);
  });

  it('keeps as many bytes as it may, and forgets the oldest for one more', () => {
    const map = new BoundedMap<string, number>({ countMax: 10, bytesMax: 4 });
    map.set('a', 1, 2);
    map.set('b', 2, 2);
    expect(map.values()).toEqual([1, 2]);
    map.set('c', 3, 1);
    expect(map.values()).toEqual([2, 3]);
  });

  it('does not keep what is larger than the limit', () => {
    const map = new BoundedMap<string, number>({ countMax: 10, bytesMax: 4 });
    map.set('a', 1, 5);
    expect(map.get('a')).toBeUndefined();
  });

  it('counts a replaced entry once', () => {
    const map = new BoundedMap<string, number>({ countMax: 10, bytesMax: 4 });
    for (let time = 0; time < 10; time += 1) map.set('a', time, 4);
    expect(map.values()).toEqual([9]);
  });

  it('forgets a key, and says whether it was there', () => {
    const map = new BoundedMap<string, number>({ countMax: 10, bytesMax: 4 });
    map.set('a', 1, 4);
    expect([map.delete('a'), map.delete('a')]).toEqual([true, false]);
    map.set('b', 2, 4);
    expect(map.get('b')).toBe(2);
  });
});
