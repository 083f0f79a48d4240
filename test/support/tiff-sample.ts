/** TIFF and BigTIFF files, built entry by entry so that a test can build each wrongly. */
import { be16, be32, be64, joined, le16, le32, le64, zeros, type Piece } from './sample-octets.ts';

/** Where things of a sample are. */
export interface Places {
  readonly ifds: readonly number[];
  readonly blobs: readonly number[];
  readonly end: number;
}

/** Numbers of an entry, or its octets; a function where they are only known when everything has its place. */
export type SampleValues = readonly number[] | Uint8Array;

/** One entry. */
export interface SampleEntry {
  readonly tag: number;
  readonly type: number;
  readonly values: SampleValues | ((places: Places) => SampleValues);
  /** The count, where it is not that of the values. */
  readonly count?: number;
  /** The value field, where it does not hold the values or lead to them. */
  readonly field?: number;
}

/** One directory. */
export interface SampleIfd {
  readonly entries: readonly SampleEntry[];
  /** The pointer to the next directory; none by default. */
  readonly next?: (places: Places) => number;
}

/** A file: directories in a row, then values, then blobs, then the tail. */
export interface SampleTiff {
  /** Big-endian and classic by default. */
  readonly isLittleEndian?: boolean;
  readonly isBig?: boolean;
  readonly ifds: readonly SampleIfd[];
  readonly blobs?: readonly Piece[];
  readonly tail?: Piece;
}

/** Field types by name. */
export const TYPES = {
  byte: 1,
  ascii: 2,
  short: 3,
  long: 4,
  rational: 5,
  undefined: 7,
  ifd: 13,
  long8: 16,
} as const;

const WIDTHS: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 13: 4, 16: 8 };

/** The octets of the file. */
export function tiffOf(sample: SampleTiff): Uint8Array<ArrayBuffer> {
  const nowhere = { ifds: sample.ifds.map(() => 0), blobs: (sample.blobs ?? []).map(() => 0), end: 0 };
  const { places } = laidOut(sample, nowhere);
  return laidOut(sample, places).bytes;
}

/** What depends on byte order and layout. */
interface Format {
  readonly number: (value: number, width: number) => readonly number[];
  readonly pointer: 4 | 8;
}

function laidOut(
  sample: SampleTiff,
  before: Places,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly places: Places } {
  const { isLittleEndian = false, isBig = false, ifds, blobs = [], tail = '' } = sample;
  const format: Format = { number: numbersOf(isLittleEndian), pointer: isBig ? 8 : 4 };
  const { number, pointer } = format;
  const version = isBig ? joined(number(43, 2), number(8, 2), number(0, 2)) : number(42, 2);
  const header = joined(isLittleEndian ? 'II' : 'MM', version, number(isBig ? 16 : 8, pointer));
  const sizes = ifds.map(({ entries }) => (isBig ? 16 + 20 * entries.length : 6 + 12 * entries.length));
  let at = header.length + sum(sizes);
  const outside: Uint8Array[] = [];
  const directories = ifds.map(({ entries, next }) => {
    const records = entries.map((entry) => {
      const octets = valueOctets(entry, before, format);
      const isOutside = octets.length > pointer;
      const record = recordOf(entry, octets, isOutside ? at : undefined, format);
      if (isOutside) outside.push(octets);
      at += isOutside ? octets.length : 0;
      return record;
    });
    const count = number(entries.length, isBig ? 8 : 2);
    return joined(count, ...records, number(next?.(before) ?? 0, pointer));
  });
  const pieces = blobs.map((blob) => joined(blob));
  const starts = (from: number, lengths: readonly number[]): number[] =>
    lengths.map((_, index) => from + sum(lengths.slice(0, index)));
  const lengths = pieces.map(({ length }) => length);
  const places = {
    ifds: starts(header.length, sizes),
    blobs: starts(at, lengths),
    end: at + sum(lengths),
  };
  return { bytes: joined(header, ...directories, ...outside, ...pieces, tail), places };
}

function valueOctets({ type, values }: SampleEntry, places: Places, { number }: Format): Uint8Array {
  const given = typeof values === 'function' ? values(places) : values;
  if (given instanceof Uint8Array) return given;
  return joined(...given.map((value) => number(value, WIDTHS[type] ?? 1)));
}

function recordOf(
  { tag, type, count, field }: SampleEntry,
  octets: Uint8Array,
  at: number | undefined,
  { number, pointer }: Format,
): Uint8Array {
  const place = field ?? at;
  const value = place === undefined ? joined(octets, zeros(pointer - octets.length)) : number(place, pointer);
  const declared = count ?? octets.length / (WIDTHS[type] ?? 1);
  return joined(number(tag, 2), number(type, 2), number(declared, pointer), value);
}

function numbersOf(isLittleEndian: boolean): Format['number'] {
  const [two, four, eight] = isLittleEndian ? [le16, le32, le64] : [be16, be32, be64];
  const writers: Readonly<Record<number, (value: number) => number[]>> = { 2: two, 4: four, 8: eight };
  return (value, width) => writers[width]?.(value) ?? [value];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Numbers of a picture's tags. */
export const TAGS = {
  width: 0x0100,
  height: 0x0101,
  bitsPerSample: 0x0102,
  compression: 0x0103,
  stripOffsets: 0x0111,
  samplesPerPixel: 0x0115,
  rowsPerStrip: 0x0116,
  stripByteCounts: 0x0117,
  planarConfiguration: 0x011c,
  tileWidth: 0x0142,
  tileLength: 0x0143,
  tileOffsets: 0x0144,
  tileByteCounts: 0x0145,
  subIfds: 0x014a,
  thumbnailOffset: 0x0201,
  thumbnailLength: 0x0202,
  exif: 0x8769,
  gps: 0x8825,
  interoperability: 0xa005,
} as const;

/** An entry of one or more LONG values. */
export function longs(tag: number, ...values: number[]): SampleEntry {
  return { tag, type: TYPES.long, values };
}

/** A directory of a grey picture of 4 by 2 pixels in one strip, the first blob, with other entries in the same places or behind. */
export function pictureIfd(...changes: readonly SampleEntry[]): SampleIfd {
  const ordinary: readonly SampleEntry[] = [
    longs(TAGS.width, 4),
    longs(TAGS.height, 2),
    longs(TAGS.bitsPerSample, 8),
    longs(TAGS.compression, 1),
    { tag: TAGS.stripOffsets, type: TYPES.long, values: ({ blobs }) => [blobs[0] ?? 0] },
    longs(TAGS.samplesPerPixel, 1),
    longs(TAGS.stripByteCounts, 8),
  ];
  const changed = ordinary.map((entry) => changes.find(({ tag }) => tag === entry.tag) ?? entry);
  return { entries: [...changed, ...changes.filter((change) => !changed.includes(change))] };
}

/** The file of one such picture. */
export function pictureTiff(
  changes: readonly SampleEntry[] = [],
  file: Partial<SampleTiff> = {},
): Uint8Array<ArrayBuffer> {
  return tiffOf({ ifds: [pictureIfd(...changes)], blobs: [zeros(8)], ...file });
}

/** One operation of a DNG opcode list. */
export function opcodeOf(id: number, parameters: Piece = '', length?: number): Uint8Array {
  const octets = joined(parameters);
  return joined(be32(id), be32(0x01030000), be32(0), be32(length ?? octets.length), octets);
}

/** Parameters of an operation on an area: its sides, planes, and every row and column. */
export function areaOf(
  [top, left, bottom, right]: readonly [number, number, number, number],
  [plane, planes]: readonly [number, number],
): Uint8Array {
  return joined(...[top, left, bottom, right, plane, planes, 1, 1].map(be32));
}

/** A DNG opcode list of operations. */
export function opcodeListOf(
  opcodes: readonly Uint8Array[],
  count = opcodes.length,
): Uint8Array<ArrayBuffer> {
  return joined(be32(count), ...opcodes);
}
