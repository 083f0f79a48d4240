/** GIF files, built block by block. */
import { joined, le16, type Piece } from './sample-octets.ts';

/** Width and height. */
type Size = readonly [number, number];

/** Blocks behind a screen without a table of colours, and the trailer behind them. */
export function gifOf(screen: Size, blocks: readonly Piece[], trailer: Piece = ';'): Uint8Array<ArrayBuffer> {
  return joined('GIF89a', le16(screen[0]), le16(screen[1]), [0, 0, 0], ...blocks, trailer);
}

/** A frame of one sub-block. */
export function gifFrame(
  [width, height]: Size,
  { at = [0, 0], codeSize = 2 }: { at?: Size; codeSize?: number } = {},
) {
  const area = joined(le16(at[0]), le16(at[1]), le16(width), le16(height));
  return joined(',', area, [0, codeSize], gifSubBlocks([0x44, 0x01]));
}

/** Octets in sub-blocks of at most 255, and the terminator. */
export function gifSubBlocks(data: readonly number[]): Uint8Array {
  const pieces: Piece[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const piece = data.slice(at, at + 255);
    pieces.push([piece.length], piece);
  }
  return joined(...pieces, [0]);
}

/** A table of two colours: the flags that announce it go before. */
const TWO_COLORS = [0, 0, 0, 255, 255, 255];

/** An animation as encoders write it: tables of colours, a loop count, a delay, a comment, two frames. */
export const ORDINARY_GIF = joined(
  'GIF89a',
  le16(2),
  le16(2),
  [0x80, 0, 0],
  TWO_COLORS,
  joined('!\xff\x0bNETSCAPE2.0\x03\x01', le16(0), [0]),
  joined('!\xf9\x04', [0, 10, 0, 0], [0]),
  gifFrame([2, 2]),
  joined('!\xfe', gifSubBlocks(Array.from({ length: 300 }, () => 0x61))),
  joined(',', le16(1), le16(1), le16(1), le16(1), [0x80], TWO_COLORS, [2], gifSubBlocks([0x44, 0x01])),
  ';',
);
