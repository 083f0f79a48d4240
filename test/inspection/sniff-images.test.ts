import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import {
  sniffImage,
  TIFF_ENTRIES_MAX,
  wbmpHeader,
  WBMP_SIDE_MAX,
} from '../../src/inspection/sniff-images.ts';
import { IMAGE_SAMPLES, tiffOf, wbmpOf } from '../support/media-samples.ts';
import { joined, le16, patched, zeros } from '../support/sample-octets.ts';

const formatOf = (bytes: Uint8Array): string | undefined => sniffImage(new Octets(bytes))?.format;

describe('sniffImage', () => {
  it.each(Object.entries(IMAGE_SAMPLES))('recognises %s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it.each([
    ['a bitmap with a header of no known length', patched(IMAGE_SAMPLES.bmp, 14, [11])],
    ['a bitmap with a header that is too long', patched(IMAGE_SAMPLES.bmp, 14, [125])],
    ['an animation of an unknown version', joined('GIF88a', zeros(7))],
    ['a Photoshop file of version 3', patched(IMAGE_SAMPLES.psd, 5, [3])],
    ['an icon without pictures', patched(IMAGE_SAMPLES.ico, 4, [0])],
    ['nothing', zeros(0)],
  ])('does not recognise %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });

  it.each(['II*\0', 'MM\0*', 'II+\0', 'MM\0+', 'IIRO', 'IIU\0'])('takes %j for TIFF', (characters) => {
    expect(formatOf(joined(characters, zeros(16)))).toBe('tiff');
  });

  it('takes a big-endian DNG for DNG', () => {
    const entry = joined([0xc6, 0x12], [0, 1], [0, 0, 0, 4], [1, 4, 0, 0]);
    expect(formatOf(joined('MM\0*', [0, 0, 0, 8], [0, 1], entry, zeros(4)))).toBe('dng');
  });

  it('looks for the tag of DNG in so many entries, and no more', () => {
    const others = (count: number): number[] => Array<number>(count).fill(0x0100);
    expect(formatOf(tiffOf(...others(TIFF_ENTRIES_MAX - 1), 0xc612))).toBe('dng');
    expect(formatOf(tiffOf(...others(TIFF_ENTRIES_MAX), 0xc612))).toBe('tiff');
  });
});

describe('Qmage', () => {
  const qg = joined('QG', [1, 2, 1, 0, 90], le16(64), le16(64), zeros(5));

  it('is recognised with either magic', () => {
    expect([formatOf(IMAGE_SAMPLES.qmage), formatOf(qg)]).toEqual(['qmage', 'qmage']);
  });

  it.each([
    ['an unknown raw type', patched(IMAGE_SAMPLES.qmage, 3, [2])],
    ['no width', patched(IMAGE_SAMPLES.qmage, 6, le16(0))],
    ['a height over the limit', patched(IMAGE_SAMPLES.qmage, 8, le16(8193))],
    ['a version of letters', patched(qg, 4, 'S')],
    ['no height', patched(qg, 9, le16(0))],
  ])('is not recognised with %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });
});

describe('a wireless bitmap', () => {
  it.each([
    [1, 1],
    [16, 4],
    [200, 130],
    [WBMP_SIDE_MAX, 2],
    [2, WBMP_SIDE_MAX],
  ])('of %i by %i is recognised', (width, height) => {
    const bytes = wbmpOf(width, height);
    expect(formatOf(bytes)).toBe('wbmp');
    expect(wbmpHeader(new Octets(bytes))).toMatchObject({ width, height });
  });

  it.each([
    ['no width', wbmpOf(0, 4)],
    ['no height', wbmpOf(16, 0)],
    ['a width past the limit', wbmpOf(WBMP_SIDE_MAX + 1, 1)],
    ['a height past the limit', wbmpOf(1, WBMP_SIDE_MAX + 1)],
    ['an integer of three octets', joined([0, 0, 0x81, 0x80, 0x01, 1], zeros(2049))],
    ['another type', joined([1, 0, 8, 1, 0])],
    ['extensions', joined([0, 0x80, 8, 1, 0])],
  ])('with %s is none', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });

  it('may lack a row or have one more, and not two', () => {
    const bytes = wbmpOf(16, 4);
    const lengths = [-3, -2, 2, 3].map((change) =>
      joined(bytes, zeros(3)).subarray(0, bytes.length + change),
    );
    expect(lengths.map(formatOf)).toEqual([undefined, 'wbmp', 'wbmp', undefined]);
  });
});
