import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { readPngChunk } from '../../src/inspection/png-chunk.ts';
import { readPngHeader } from '../../src/inspection/png-header.ts';
import { pngChunk, pngHeader, pngOf } from '../support/png-sample.ts';
import { zeros } from '../support/sample-octets.ts';

function read(header: Uint8Array) {
  const octets = new Octets(pngOf(header));
  return readPngHeader(octets, readPngChunk(octets, 8)!);
}

describe('readPngHeader', () => {
  it.each<[string, readonly [number, number], number[], boolean]>([
    ['grey of one bit', [1, 1], [1, 0, 0, 0, 0], true],
    ['a palette of four bits, interlaced', [640, 480], [4, 3, 0, 0, 1], true],
    ['colours with alpha of 16 bits', [2 ** 31 - 1, 1], [16, 6, 0, 0, 0], true],
    ['a side over 2^31 - 1', [2 ** 31, 1], [8, 2, 0, 0, 0], false],
    ['no width', [0, 1], [8, 2, 0, 0, 0], false],
    ['no height', [1, 0], [8, 2, 0, 0, 0], false],
    ['a palette of 16 bits', [1, 1], [16, 3, 0, 0, 0], false],
    ['colours of 4 bits', [1, 1], [4, 2, 0, 0, 0], false],
    ['colour type 1', [1, 1], [8, 1, 0, 0, 0], false],
    ['compression 1', [1, 1], [8, 2, 1, 0, 0], false],
    ['filter 1', [1, 1], [8, 2, 0, 1, 0], false],
    ['interlace 2', [1, 1], [8, 2, 0, 0, 2], false],
    ['a longer chunk', [1, 1], [8, 2, 0, 0, 0, 0], false],
  ])('%s', (_, [width, height], rest, isValid) => {
    expect(read(pngHeader(width, height, rest))).toEqual({ width, height, isValid });
  });

  it('is undefined when it is cut off', () => {
    expect(read(pngChunk('IHDR', zeros(8)))).toBeUndefined();
  });
});
