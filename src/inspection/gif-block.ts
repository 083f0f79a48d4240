import type { Octets } from './octets.ts';
import { u16le, u8 } from './sniff-format.ts';

/** A rectangle in pixels; of a screen, one that starts at 0. */
export interface GifArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Something that is followed by a table of colours (GIF89a sections 18 and 20). */
export interface GifDescriptor {
  readonly area: GifArea;
  /** Where what follows the table starts. It may lie outside the file. */
  readonly end: number;
}

/** A block as its head describes it. */
export type GifBlock =
  | { readonly kind: 'image'; readonly area: GifArea; readonly codeSize: number; readonly dataOffset: number }
  | { readonly kind: 'extension'; readonly dataOffset: number }
  | { readonly kind: 'trailer' }
  | { readonly kind: 'unknown' };

const INTRODUCER_EXTENSION = 0x21;
const INTRODUCER_IMAGE = 0x2c;
const INTRODUCER_TRAILER = 0x3b;

/** Reads the logical screen behind the six octets of the version; undefined when it is cut off. */
export function readGifScreen(octets: Octets): GifDescriptor | undefined {
  const screen = octets.view(6, 7);
  if (screen === undefined) return undefined;
  const area = { left: 0, top: 0, width: screen.getUint16(0, true), height: screen.getUint16(2, true) };
  return { area, end: 13 + colorTableLength(screen.getUint8(4)) };
}

/** Reads the head of the block at `offset`; undefined when it is cut off. */
export function readGifBlock(octets: Octets, offset: number): GifBlock | undefined {
  switch (octets.octet(offset)) {
    case undefined:
      return undefined;
    case INTRODUCER_EXTENSION:
      return { kind: 'extension', dataOffset: offset + 2 };
    case INTRODUCER_IMAGE:
      return readImage(octets, offset);
    case INTRODUCER_TRAILER:
      return { kind: 'trailer' };
    default:
      return { kind: 'unknown' };
  }
}

function readImage(octets: Octets, offset: number): GifBlock | undefined {
  const [left = 0, top = 0, width = 0, height = 0] = [1, 3, 5, 7].map((at) => u16le(octets, offset + at));
  const codeSizeOffset = offset + 10 + colorTableLength(u8(octets, offset + 9));
  const codeSize = octets.octet(codeSizeOffset);
  if (codeSize === undefined) return undefined;
  return { kind: 'image', area: { left, top, width, height }, codeSize, dataOffset: codeSizeOffset + 1 };
}

/** Octets of the table of colours that flags announce. */
function colorTableLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 << ((flags & 0x07) + 1);
}

/** Where the sub-blocks that start at `offset` end, their terminator included; undefined when they are cut off. */
export function endOfSubBlocks(octets: Octets, offset: number): number | undefined {
  let at = offset;
  for (let length = octets.octet(at); length !== undefined; length = octets.octet(at)) {
    at += 1 + length;
    if (length === 0) return at;
  }
  return undefined;
}
