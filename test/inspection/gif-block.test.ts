import { describe, expect, it } from 'vitest';
import { endOfSubBlocks, readGifBlock, readGifScreen } from '../../src/inspection/gif-block.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { gifSubBlocks } from '../support/gif-sample.ts';
import { joined, le16, type Piece } from '../support/sample-octets.ts';

const octets = (...pieces: readonly Piece[]) => new Octets(joined(...pieces));

describe('readGifScreen', () => {
  it.each([
    ['without a table of colours', 0x00, 13],
    ['with one of 2 colours', 0x80, 19],
    ['with one of 256 colours', 0x87, 781],
    ['with bits that announce none', 0x77, 13],
  ])('tells the size %s', (_, flags, end) => {
    const screen = octets('GIF89a', le16(300), le16(2), [flags, 0, 0]);
    expect(readGifScreen(screen)).toEqual({ area: { left: 0, top: 0, width: 300, height: 2 }, end });
  });

  it('is undefined when it is cut off', () => {
    expect(readGifScreen(octets('GIF89a', [1, 0, 1, 0, 0, 0]))).toBeUndefined();
  });
});

describe('readGifBlock', () => {
  const area = { left: 1, top: 2, width: 300, height: 4 };
  const image = (flags: number, ...rest: readonly Piece[]) =>
    octets(',', le16(1), le16(2), le16(300), le16(4), [flags], ...rest);

  it.each([
    ['an image', image(0, [2]), { kind: 'image', area, codeSize: 2, dataOffset: 11 }],
    ['one with colours', image(0x80, 'colors', [8]), { kind: 'image', area, codeSize: 8, dataOffset: 17 }],
    ['an extension', octets('!\xf9'), { kind: 'extension', dataOffset: 2 }],
    ['a trailer', octets(';'), { kind: 'trailer' }],
    ['something else', octets('\0'), { kind: 'unknown' }],
    ['nothing', octets(), undefined],
    ['an image without its code size', image(0), undefined],
    ['an image without all of its colours', image(0x87, [0, 0, 0]), undefined],
    ['an image of a comma', octets(','), undefined],
  ])('%s', (_, block, expected) => {
    expect(readGifBlock(block, 0)).toEqual(expected);
  });
});

describe('endOfSubBlocks', () => {
  it.each([
    ['a terminator alone', octets([0]), 1],
    ['one of them', octets([2, 7, 7, 0, 9]), 4],
    ['many', octets(gifSubBlocks(Array.from({ length: 300 }, () => 0))), 303],
    ['no terminator', octets([2, 7, 7]), undefined],
    ['a sub-block that is cut off', octets([200, 7, 7]), undefined],
    ['nothing', octets(), undefined],
  ])('%s', (_, blocks, expected) => {
    expect(endOfSubBlocks(blocks, 0)).toBe(expected);
  });
});
