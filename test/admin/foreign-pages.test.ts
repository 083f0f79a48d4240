import { describe, expect, it } from 'vitest';
import { isFromForeignPage } from '../../src/admin/foreign-pages.ts';

describe('a request from a web page', () => {
  it.each([
    [undefined, undefined, false, false],
    ['http://evil.test', undefined, true, false],
    ['null', undefined, true, false],
    [undefined, 'cross-site', true, true],
    [undefined, 'same-site', true, true],
    [undefined, 'anything', true, true],
    [undefined, 'same-origin', true, false],
    [undefined, 'none', true, false],
  ])(
    'with origin %s and site %s is refused for a change: %s, for a look: %s',
    (origin, fetchSite, change, look) => {
      expect(isFromForeignPage({ origin, fetchSite }, true)).toBe(change);
      expect(isFromForeignPage({ origin, fetchSite }, false)).toBe(look);
    },
  );
});
