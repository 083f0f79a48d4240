import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { readTiff, type IfdEntry, type TiffFile } from '../../src/inspection/tiff-file.ts';
import { be64, joined, zeros, type Piece } from '../support/sample-octets.ts';
import { longs, tiffOf, TYPES, type SampleEntry } from '../support/tiff-sample.ts';

const fileOf = (...pieces: readonly Piece[]): TiffFile => readTiff(new Octets(joined(...pieces)))!;
const VARIANTS = [
  { isLittleEndian: false, isBig: false },
  { isLittleEndian: true, isBig: false },
  { isLittleEndian: false, isBig: true },
  { isLittleEndian: true, isBig: true },
];

/** The entry of a file that has this one alone. */
const written = (
  entry: SampleEntry,
  variant: (typeof VARIANTS)[number] = VARIANTS[0]!,
): { readonly file: TiffFile; readonly entry: IfdEntry } => {
  const file = fileOf(tiffOf({ ...variant, ifds: [{ entries: [entry] }] }));
  return { file, entry: file.entry(variant.isBig ? 24 : 10)! };
};

describe('readTiff', () => {
  it.each(['II*\0', 'MM\0*', 'II+\0', 'MM\0+'])('takes %j', (magic) => {
    expect(readTiff(new Octets(joined(magic)))).toBeDefined();
  });

  it.each(['', 'II*', 'MM*\0', 'II\0*', 'IM*\0', 'IIRO', 'GIF8'])('takes %j for something else', (magic) => {
    expect(readTiff(new Octets(joined(magic)))).toBeUndefined();
  });
});

describe('TiffFile', () => {
  it('reads numbers in the byte order of the file', () => {
    const digits = [1, 2, 3, 4, 5, 6, 7, 8];
    const numbers = (file: TiffFile): readonly unknown[] =>
      [1, 2, 4].map((width) => file.unsigned(4, width as 1));
    expect(numbers(fileOf('MM\0*', digits))).toEqual([1, 0x0102, 0x01020304]);
    expect(numbers(fileOf('II*\0', digits))).toEqual([1, 0x0201, 0x04030201]);
    expect(fileOf('MM\0+', be64(2 ** 53 - 1)).unsigned(4, 8)).toBe(2 ** 53 - 1);
    expect(fileOf('MM\0*', digits).unsigned(9, 4)).toBeUndefined();
  });

  it.each(VARIANTS)('reads entries whose values are inside and outside: %o', (variant) => {
    const entryOf = (entry: SampleEntry): IfdEntry => written(entry, variant).entry;
    const inside = entryOf(longs(0x0100, 7));
    expect(inside).toMatchObject({ tag: 0x0100, type: TYPES.long, count: 1, byteLength: 4 });
    expect(inside.valueAt).toBe(inside.at + (variant.isBig ? 12 : 8));
    const outside = entryOf({ tag: 0x010f, type: TYPES.ascii, values: zeros(9) });
    expect(outside).toMatchObject({ count: 9, byteLength: 9, valueAt: variant.isBig ? 52 : 26 });
  });

  it.each(VARIANTS)('reads values of every unsigned type: %o', (variant) => {
    for (const type of [TYPES.byte, TYPES.short, TYPES.long, TYPES.ifd, TYPES.long8]) {
      const { file, entry } = written({ tag: 1, type, values: [3, 2, 1] }, variant);
      expect(file.values(entry, 9)).toEqual([3, 2, 1]);
      expect(file.values(entry, 2)).toEqual([3, 2]);
    }
  });

  it('gives no length for a type that does not exist', () => {
    expect(written({ tag: 1, type: 0, values: [] }).entry.byteLength).toBeUndefined();
  });

  it('gives no values of other types', () => {
    const { file, entry } = written({ tag: 1, type: TYPES.ascii, values: [65] });
    expect(file.values(entry, 9)).toEqual([]);
  });

  it('gives the values that are there of those that are declared', () => {
    const { file, entry } = written({ ...longs(1, 1, 2, 3), count: 0xffffffff });
    expect(file.values(entry, 0xffffffff)).toEqual([1, 2, 3]);
  });

  it('gives no entry of which a part is missing', () => {
    const bytes = tiffOf({ ifds: [{ entries: [longs(1, 1)] }] });
    expect(fileOf(bytes.subarray(0, 22)).entry(10)).toBeDefined();
    expect(fileOf(bytes.subarray(0, 21)).entry(10)).toBeUndefined();
  });
});
