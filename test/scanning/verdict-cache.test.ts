import { describe, expect, it } from 'vitest';
import { VerdictCache } from '../../src/scanning/verdict-cache.ts';

describe('VerdictCache', () => {
  it('keeps as many values as it may, and drops the one used longest ago for one more', () => {
    const cache = new VerdictCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.size]).toEqual([1, undefined, 3, 2]);
  });

  it('replaces a value', () => {
    const cache = new VerdictCache<number>(2);
    cache.set('a', 1);
    cache.set('a', 2);
    expect([cache.get('a'), cache.size]).toEqual([2, 1]);
  });

  it('forgets a key', () => {
    const cache = new VerdictCache<number>(2);
    cache.set('a', 1);
    cache.delete('a');
    expect(cache.get('a')).toBeUndefined();
  });

  it('keeps nothing when it may keep nothing', () => {
    const cache = new VerdictCache<number>(0);
    cache.set('a', 1);
    expect([cache.get('a'), cache.size]).toEqual([undefined, 0]);
  });
});
