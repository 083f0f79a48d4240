import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/app/nearest.ts';

describe('the name that was likely meant', () => {
  it.each([
    ['prot', 'port'],
    ['PORT', 'port'],
    ['hots', undefined],
    ['bodyBytesMx', 'bodyBytesMax'],
    ['bodybytesmax', 'bodyBytesMax'],
    ['something else', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ])('number %# is found', (name, meant) => {
    expect(nearest(name, ['port', 'bodyBytesMax', 'heldBytesMax'])).toBe(meant);
  });

  it('is the nearest of several', () => {
    expect(nearest('headersMaxx', ['partHeadersMax', 'headersMax', 'headerMaxx1'])).toBe('headersMax');
  });
});
