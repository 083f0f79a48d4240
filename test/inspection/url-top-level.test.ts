import { describe, expect, it } from 'vitest';
import { isTopLevel } from '../../src/inspection/url-top-level.ts';

describe('isTopLevel', () => {
  it.each(['de', 'COM', 'top', 'zip', 'рф', 'РФ', '中国', 'xn--p1ai', 'zz'])('%s is one', (label) => {
    expect(isTopLevel(label)).toBe(true);
  });

  it.each(['', 'a', 'The', 'exe', 'Пока', 'd1', 'com-'])('%s is none', (label) => {
    expect(isTopLevel(label)).toBe(false);
  });
});
