/** Numbers and entries of a TIFF file (TIFF 6.0 section 2), a BigTIFF file, or an Exif block, in its byte order. */
import type { Octets } from './octets.ts';

/** How many octets the pieces of a file take: BigTIFF only widens TIFF. */
export interface TiffLayout {
  /** Where the pointer to the first directory stands. */
  readonly firstIfdAt: number;
  readonly pointer: 4 | 8;
  /** The count of entries that starts a directory. */
  readonly entryCount: 2 | 8;
  readonly entry: 12 | 20;
}

/** One entry of a directory. Offsets count from the start of the TIFF header. */
export interface IfdEntry {
  /** Where the entry stands. */
  readonly at: number;
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Octets of its values together; undefined when the type is unknown. */
  readonly byteLength: number | undefined;
  /** Where its values are: in the entry itself when they are short. */
  readonly valueAt: number;
}

const CLASSIC: TiffLayout = { firstIfdAt: 4, pointer: 4, entryCount: 2, entry: 12 };
const BIG: TiffLayout = { firstIfdAt: 8, pointer: 8, entryCount: 8, entry: 20 };

/** The first octets, what layout they mean, and whether the file is little-endian. */
const MAGICS: readonly (readonly [string, TiffLayout, boolean])[] = [
  ['II*\0', CLASSIC, true],
  ['MM\0*', CLASSIC, false],
  ['II+\0', BIG, true],
  ['MM\0+', BIG, false],
];

/** Octets of one value, by field type. 13 is IFD, 16 to 18 are BigTIFF's, 129 is the UTF-8 of Exif 3.0. */
const TYPE_BYTES: Readonly<Partial<Record<number, 1 | 2 | 4 | 8>>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 },
  ...{ 16: 8, 17: 8, 18: 8, 129: 1 },
};

/** Field types that hold unsigned integers: BYTE, SHORT, LONG, IFD, LONG8, IFD8. */
const UNSIGNED_TYPES: readonly number[] = [1, 3, 4, 13, 16, 18];

/** A file. What lies outside its octets is undefined, never an error. */
export class TiffFile {
  readonly octets: Octets;
  readonly layout: TiffLayout;
  readonly #isLittleEndian: boolean;

  constructor(octets: Octets, layout: TiffLayout, isLittleEndian: boolean) {
    this.octets = octets;
    this.layout = layout;
    this.#isLittleEndian = isLittleEndian;
  }

  /** An unsigned integer of `width` octets, rounded above 2^53; undefined where not all of them are there. */
  unsigned(at: number, width: 1 | 2 | 4 | 8): number | undefined {
    const view = this.octets.view(at, width);
    if (!view) return undefined;
    switch (width) {
      case 1:
        return view.getUint8(0);
      case 2:
        return view.getUint16(0, this.#isLittleEndian);
      case 4:
        return view.getUint32(0, this.#isLittleEndian);
      case 8:
        return Number(view.getBigUint64(0, this.#isLittleEndian));
    }
  }

  /** The entry at `at`; undefined where not all of it is there. */
  entry(at: number): IfdEntry | undefined {
    const { pointer } = this.layout;
    const valueField = at + 4 + pointer;
    const tag = this.unsigned(at, 2);
    const type = this.unsigned(at + 2, 2);
    const count = this.unsigned(at + 4, pointer);
    const value = this.unsigned(valueField, pointer);
    if (tag === undefined || type === undefined || count === undefined || value === undefined)
      return undefined;
    const typeBytes = TYPE_BYTES[type];
    const byteLength = typeBytes === undefined ? undefined : typeBytes * count;
    const isInline = (byteLength ?? 0) <= pointer;
    return { at, tag, type, count, byteLength, valueAt: isInline ? valueField : value };
  }

  /** The first values, at most `max`, of an entry of unsigned integers; none of any other type or outside the octets. */
  values({ type, count, valueAt }: IfdEntry, max: number): number[] {
    const width = UNSIGNED_TYPES.includes(type) ? TYPE_BYTES[type] : undefined;
    const values: number[] = [];
    if (width === undefined) return values;
    for (let index = 0; index < Math.min(count, max); index += 1) {
      const value = this.unsigned(valueAt + index * width, width);
      if (value === undefined) break;
      values.push(value);
    }
    return values;
  }
}

/** The file that starts at offset 0; undefined without a TIFF or BigTIFF header. */
export function readTiff(octets: Octets): TiffFile | undefined {
  const row = MAGICS.find(([magic]) => octets.startsWith(magic));
  return row && new TiffFile(octets, row[1], row[2]);
}
