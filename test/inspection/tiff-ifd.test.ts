import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { readTiff } from '../../src/inspection/tiff-file.ts';
import { VALUE_BYTES_MAX, walkIfds, type Ifd, type IfdLimits } from '../../src/inspection/tiff-ifd.ts';
import { joined } from '../support/sample-octets.ts';
import {
  longs,
  TAGS,
  tiffOf,
  TYPES,
  type Places,
  type SampleEntry,
  type SampleIfd,
} from '../support/tiff-sample.ts';

const LIMITS: IfdLimits = { ifdsMax: 8, entriesMax: 8 };

const walked = (
  bytes: Uint8Array,
  limits: Partial<IfdLimits> = {},
): { readonly ifds: readonly Ifd[]; readonly faults: readonly string[] } => {
  const faults: string[] = [];
  const file = readTiff(new Octets(bytes))!;
  const ifds = walkIfds(file, { ...LIMITS, ...limits }, (fault, at) => faults.push(`${fault}@${at}`));
  return { ifds, faults };
};
const pointers = (tag: number, ...indexes: readonly number[]): SampleEntry => ({
  ...{ tag, type: TYPES.long, values: ({ ifds }: Places) => indexes.map((index) => ifds[index] ?? 0) },
});
const ifd = (next: number | undefined, ...entries: readonly SampleEntry[]): SampleIfd => ({
  entries: entries.length === 0 ? [longs(TAGS.width, 1)] : entries,
  next: (places) => (next === undefined ? 0 : (places.ifds[next] ?? 0)),
});
const chain = (count: number): Uint8Array =>
  tiffOf({ ifds: Array.from({ length: count }, (_, index) => ifd(index + 1)) });

describe('walkIfds', () => {
  it.each([
    { isLittleEndian: false, isBig: false },
    { isLittleEndian: true, isBig: false },
    { isLittleEndian: false, isBig: true },
    { isLittleEndian: true, isBig: true },
  ])('follows chains and pointers: %o', (variant) => {
    const ifds = [
      ifd(1, pointers(TAGS.subIfds, 2, 3), pointers(TAGS.exif, 4), pointers(TAGS.gps, 5)),
      ifd(undefined),
      ifd(undefined),
      ifd(undefined),
      ifd(undefined, pointers(TAGS.interoperability, 6)),
      ifd(undefined),
      ifd(undefined),
    ];
    const { ifds: found, faults } = walked(tiffOf({ ...variant, ifds }), { entriesMax: 9 });
    const roles = found.toSorted((one, other) => one.at - other.at).map(({ role }) => role);
    expect(roles).toEqual(['picture', 'picture', 'picture', 'picture', 'metadata', 'metadata', 'leaf']);
    expect(faults).toEqual([]);
  });

  it('tells where a directory ends', () => {
    expect(walked(tiffOf({ ifds: [ifd(undefined)] })).ifds[0]).toMatchObject({ at: 8, end: 8 + 2 + 12 + 4 });
  });

  it.each<[string, readonly SampleIfd[], readonly string[]]>([
    ['a chain that leads to itself', [ifd(0)], ['cycle@8']],
    ['a chain that leads to its start', [ifd(1), ifd(0)], ['cycle@8']],
    ['a pointer that leads to its own directory', [ifd(undefined, pointers(TAGS.exif, 0))], ['cycle@8']],
    ['two pointers to one directory', [ifd(1, pointers(TAGS.subIfds, 1)), ifd(undefined)], ['shared@26']],
    ['interoperability that leads back', [ifd(undefined, pointers(TAGS.interoperability, 0))], ['shared@8']],
    ['pointers to nowhere', [ifd(undefined, longs(TAGS.gps, 0))], []],
  ])('reads each directory once: %s', (_, ifds, faults) => {
    expect(walked(tiffOf({ ifds })).faults).toEqual(faults);
  });

  it('searches interoperability for no further directory, and follows no Exif directory to a next', () => {
    const inner = ifd(2, pointers(TAGS.exif, 2));
    expect(
      walked(tiffOf({ ifds: [ifd(undefined, pointers(TAGS.interoperability, 1)), inner, ifd(0)] })).ifds,
    ).toHaveLength(2);
    expect(
      walked(tiffOf({ ifds: [ifd(undefined, pointers(TAGS.exif, 1)), ifd(2), ifd(0)] })).ifds,
    ).toHaveLength(2);
  });

  it('reads as many directories as the limit', () => {
    expect(walked(chain(8))).toMatchObject({ faults: [] });
    expect(walked(chain(9)).ifds).toHaveLength(8);
    expect(walked(chain(9)).faults).toEqual(['ifds-over-limit@152']);
  });

  it('counts pointers that lead nowhere new', () => {
    const same = (count: number): Uint8Array =>
      tiffOf({ ifds: [ifd(undefined, longs(TAGS.subIfds, ...Array<number>(count).fill(0)))] });
    expect(walked(same(7)).faults).toEqual([]);
    expect(walked(same(8)).faults).toEqual(['ifds-over-limit@0']);
  });

  it('reads as many entries as the limit, over all directories', () => {
    const entries = (count: number): SampleEntry[] =>
      Array.from({ length: count }, (_, index) => longs(1 + index, 1));
    const two = (count: number): Uint8Array =>
      tiffOf({ ifds: [ifd(1, ...entries(4)), ifd(undefined, ...entries(count))] });
    expect(walked(two(4)).faults).toEqual([]);
    expect(walked(two(5)).faults).toEqual(['entries-over-limit@62']);
    expect(walked(two(5)).ifds.map(({ entries: read }) => read.length)).toEqual([4, 4]);
  });

  it.each<[string, SampleEntry, readonly string[]]>([
    [
      'values up to 2 GiB',
      { tag: 1, type: TYPES.byte, values: [], count: VALUE_BYTES_MAX, field: 8 },
      ['value-outside@10'],
    ],
    [
      'values over 2 GiB',
      { tag: 1, type: TYPES.byte, values: [], count: VALUE_BYTES_MAX + 1, field: 8 },
      ['count-wraps@10'],
    ],
    ['a type that does not exist', { tag: 1, type: 14, values: [] }, ['type-unknown@10']],
    ['values at the end of the file', { tag: 1, type: TYPES.byte, values: [], count: 5, field: 21 }, []],
    [
      'values past the end of the file',
      { tag: 1, type: TYPES.byte, values: [], count: 5, field: 22 },
      ['value-outside@10'],
    ],
    ['a directory outside', longs(TAGS.exif, 1000), ['ifd-outside@1000']],
  ])('checks entries: %s', (_, entry, faults) => {
    expect(walked(tiffOf({ ifds: [{ entries: [entry] }] })).faults).toEqual(faults);
  });

  it('tells of a repeated tag, and gives both entries', () => {
    const { ifds, faults } = walked(tiffOf({ ifds: [ifd(undefined, longs(1, 1), longs(1, 2))] }));
    expect(faults).toEqual(['tag-repeated@22']);
    expect(ifds[0]?.entries).toHaveLength(2);
  });

  it('reads the entries that are there of a directory that is cut off', () => {
    const bytes = tiffOf({ ifds: [ifd(undefined, longs(1, 1), longs(2, 1))] }).subarray(0, 30);
    expect(walked(bytes).faults).toEqual(['ifd-truncated@8']);
    expect(walked(bytes).ifds[0]?.entries).toHaveLength(1);
  });

  it.each(['MM\0*', 'MM\0+', 'MM\0*\0\0\0\x08'])('reads nothing of a header alone: %j', (header) => {
    expect(walked(joined(header)).ifds).toEqual([]);
  });
});
