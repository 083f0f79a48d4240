import { describe, expect, it } from 'vitest';
import { PoisonList } from '../../src/scanning/poison-list.ts';

describe('PoisonList', () => {
  it('holds against content what ended its scans as often as it may, and says how', () => {
    const list = new PoisonList(2);
    list.note('a', 'timeout');
    expect(list.endOf('a')).toBeUndefined();
    list.note('a', 'crashed');
    expect(list.endOf('a')).toBe('crashed');
    expect(list.endOf('b')).toBeUndefined();
  });

  it('forgives content whose scan came to its own end', () => {
    const list = new PoisonList(2);
    list.note('a', 'timeout');
    list.clear('a');
    list.note('a', 'timeout');
    expect(list.endOf('a')).toBeUndefined();
  });
});
