import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gradientPng } from '../../src/lab/picture.ts';

describe('the gradient picture', () => {
  it.each([1, 7, 64])('of %i pixels is a PNG of that width and height', (side) => {
    const png = Buffer.from(gradientPng(side));
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(png.subarray(12, 16).toString('latin1')).toBe('IHDR');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([side, side]);
    expect(png.subarray(-8, -4).toString('latin1')).toBe('IEND');
  });

  it('has a filter octet and three octets a pixel in each row', () => {
    const png = Buffer.from(gradientPng(5));
    const start = png.indexOf('IDAT') + 4;
    const length = png.readUInt32BE(start - 8);
    expect(inflateSync(png.subarray(start, start + length))).toHaveLength(5 * (1 + 5 * 3));
  });
});
