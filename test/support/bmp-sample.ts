/** BMP files with the usual header of 40 octets. */
import { joined, le16, le32, zeros, type Piece } from './sample-octets.ts';

/** Fields of the headers. */
export interface SampleBmp {
  readonly width?: number;
  readonly height?: number;
  readonly bits?: number;
  readonly compression?: number;
  readonly dataLength?: number;
  readonly colors?: number;
  readonly dataOffset?: number;
  readonly fileLength?: number;
  readonly pixels?: Piece;
}

/** A picture of 3 by 2 pixels in 24 bits, but for what a test changes. */
export function bmpOf(changes: SampleBmp = {}): Uint8Array<ArrayBuffer> {
  const { width = 3, height = 2, bits = 24, compression = 0, dataLength = 0, colors = 0 } = changes;
  const { dataOffset = 54, pixels = zeros(24) } = changes;
  const { fileLength = 54 + joined(pixels).length } = changes;
  const file = joined('BM', le32(fileLength), le32(0), le32(dataOffset));
  const size = joined(le32(40), le32(width), le32(height), le16(1), le16(bits));
  return joined(
    file,
    size,
    le32(compression),
    le32(dataLength),
    le32(0),
    le32(0),
    le32(colors),
    le32(0),
    pixels,
  );
}
