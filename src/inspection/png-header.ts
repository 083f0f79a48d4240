import type { Octets } from './octets.ts';
import type { PixelSize } from './pixel-area.ts';
import type { PngChunk } from './png-chunk.ts';
import { u32be, u8 } from './sniff-format.ts';

/** Octets of the header chunk's data. */
const IHDR_LENGTH = 13;

/** The largest width or height (PNG specification 11.2.1). */
const SIDE_MAX = 2 ** 31 - 1;

/** Bit depths of each colour type (section 11.2.1, table 11.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** What the header chunk of a PNG says. */
export interface PngHeader extends PixelSize {
  /** False when a field has a value that the specification does not know. */
  readonly isValid: boolean;
}

/** Reads an `IHDR` chunk; undefined when it is cut off. */
export function readPngHeader(octets: Octets, { dataOffset, length }: PngChunk): PngHeader | undefined {
  if (octets.view(dataOffset, IHDR_LENGTH) === undefined) return undefined;
  const width = u32be(octets, dataOffset);
  const height = u32be(octets, dataOffset + 4);
  const [depth, color, compression, filter, interlace] = [8, 9, 10, 11, 12].map((at) =>
    u8(octets, dataOffset + at),
  );
  const isValid =
    length === IHDR_LENGTH &&
    [width, height].every((side) => side > 0 && side <= SIDE_MAX) &&
    (DEPTHS[color ?? NaN]?.includes(depth ?? NaN) ?? false) &&
    compression === 0 &&
    filter === 0 &&
    (interlace === 0 || interlace === 1);
  return { width, height, isValid };
}
