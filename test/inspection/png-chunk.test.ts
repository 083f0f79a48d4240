import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { isCritical, readPngChunk } from '../../src/inspection/png-chunk.ts';
import { pngChunk, pngOf } from '../support/png-sample.ts';

const read = (bytes: Uint8Array, offset = 8) => readPngChunk(new Octets(bytes), offset);

describe('readPngChunk', () => {
  it('tells type, place and length, whether or not the data are there', () => {
    const png = pngOf(pngChunk('tEXt', 'abcd'));
    const chunk = { offset: 8, type: 'tEXt', length: 4, dataOffset: 16, end: 24 };
    expect(read(png)).toEqual(chunk);
    expect(read(png.subarray(0, 16))).toEqual(chunk);
    expect(read(png.subarray(0, 15))).toBeUndefined();
  });
});

describe('isCritical', () => {
  it.each([
    ['IDAT', true],
    ['iTXt', false],
    ['fdAT', false],
  ])('%s: %s', (type, expected) => {
    expect(isCritical(read(pngOf(pngChunk(type)))!)).toBe(expected);
  });
});
