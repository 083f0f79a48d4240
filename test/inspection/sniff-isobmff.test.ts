import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { BRANDS_MAX, LEADING_BOXES_MAX, sniffIsobmff } from '../../src/inspection/sniff-isobmff.ts';
import { BOX_SAMPLES, boxFile, boxOf, brandsOf } from '../support/media-samples.ts';
import { be32, be64, joined, patched, zeros } from '../support/sample-octets.ts';

const formatOf = (bytes: Uint8Array): string | undefined => sniffIsobmff(new Octets(bytes))?.format;
const padding = (count: number): Uint8Array => joined(...Array<Uint8Array>(count).fill(boxOf('free')));

describe('sniffIsobmff', () => {
  it.each(Object.entries(BOX_SAMPLES))('recognises %s', (format, bytes) => {
    expect(formatOf(bytes)).toBe(format);
  });

  it.each([
    ['3gp5', '3gp'],
    ['3gr6', '3gp'],
    ['3gs7', '3gp'],
    ['3ge6', '3gp'],
    ['3gg6', '3gp'],
    ['3g2b', '3g2'],
    ['kddi', '3g2'],
    ['iso6', 'mp4'],
    ['mp42', 'mp4'],
    ['avc1', 'mp4'],
    ['M4B ', 'm4a'],
    ['MSNV', 'm4v'],
    ['heix', 'heic'],
    ['heim', 'heic'],
    ['heis', 'heic'],
    ['hevx', 'heics'],
    ['avis', 'avif'],
    ['jpx ', 'jp2'],
  ])('takes the brand %s for %s', (brand, format) => {
    expect(formatOf(boxFile(brand))).toBe(format);
  });

  it('goes by the compatible brands where it does not know the major one', () => {
    expect(formatOf(boxFile('xxxx', 'yyyy', 'heic'))).toBe('heic');
    expect(formatOf(boxFile('xxxx', 'yyyy', 'mif1'))).toBe('heif');
    expect(formatOf(boxFile('xxxx', 'yyyy'))).toBe('mp4');
  });

  it('goes by a brand of pictures, where the major one says only that there are pictures', () => {
    expect(formatOf(boxFile('mif1', 'mif1', 'avif'))).toBe('avif');
    expect(formatOf(boxFile('mif1', 'isom', 'heic'))).toBe('heic');
    expect(formatOf(boxFile('msf1', 'isom'))).toBe('heifs');
  });

  it('goes by the major brand, whatever a file says to be compatible with', () => {
    expect(formatOf(boxFile('isom', 'heic', 'mif1'))).toBe('mp4');
    expect(formatOf(boxFile('heic', 'isom', 'mp42'))).toBe('heic');
  });

  it('looks at so many compatible brands, and no more', () => {
    const others = (count: number): string[] => Array<string>(count).fill('yyyy');
    expect(formatOf(boxFile('xxxx', ...others(BRANDS_MAX - 1), 'heic'))).toBe('heic');
    expect(formatOf(boxFile('xxxx', ...others(BRANDS_MAX), 'heic'))).toBe('mp4');
  });

  it.each(['free', 'skip', 'wide', 'junk'])('finds the brands behind a box %s, as Android does', (type) => {
    expect(formatOf(joined(boxOf(type, zeros(8)), BOX_SAMPLES.heic))).toBe('heic');
  });

  it('finds the brands behind a box with a size of 64 bits', () => {
    expect(formatOf(joined(be32(1), 'free', be64(24), zeros(8), BOX_SAMPLES['3gp']))).toBe('3gp');
  });

  it('looks at so many boxes, and no more', () => {
    expect(formatOf(joined(padding(LEADING_BOXES_MAX - 1), BOX_SAMPLES.mp4))).toBe('mp4');
    expect(formatOf(joined(padding(LEADING_BOXES_MAX), BOX_SAMPLES.mp4))).toBeUndefined();
  });

  it('recognises a first box of brands whatever its size says, as Android does', () => {
    expect(formatOf(patched(BOX_SAMPLES['3gp'], 0, be32(0)))).toBe('3gp');
    expect(formatOf(patched(BOX_SAMPLES['3gp'], 0, be32(0xffff_ffff)))).toBe('3gp');
  });

  it.each(['moov', 'mdat'])('takes a file without brands for QuickTime when it has a box %s', (type) => {
    expect(formatOf(boxOf(type, zeros(8)))).toBe('mov');
    expect(formatOf(joined(boxOf('wide'), boxOf(type, zeros(8))))).toBe('mov');
  });

  it.each([
    ['boxes that end', padding(2)],
    ['a box that is smaller than its header', joined(be32(7), 'free', BOX_SAMPLES.mp4)],
    ['a box of 64 bits that is smaller than its header', joined(be32(1), 'free', be64(15), BOX_SAMPLES.mp4)],
    ['text before a type of box', joined('get moov', zeros(16))],
    ['a header that is cut off', joined(be32(16), 'fty')],
  ])('recognises nothing in %s', (_, bytes) => {
    expect(formatOf(bytes)).toBeUndefined();
  });

  it('recognises brands that are cut off', () => {
    expect(formatOf(joined(be32(24), 'ftyp'))).toBe('mp4');
    expect(formatOf(brandsOf('heic', 'mif1').subarray(0, 13))).toBe('heic');
  });
});
