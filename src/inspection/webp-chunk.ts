/** The chunks of a WebP file and what their heads say (RFC 9649 section 2; VP8: RFC 6386 section 9.1). */
import type { Octets } from './octets.ts';
import type { PixelSize } from './pixel-area.ts';

/** Where the chunks of a file start: behind `RIFF`, a length and `WEBP`. */
export const WEBP_FIRST_CHUNK = 12;

/** A chunk of RIFF. Its data may be cut off. */
export interface WebpChunk {
  readonly offset: number;
  /** Four octets as Latin-1. */
  readonly type: string;
  readonly dataOffset: number;
  readonly length: number;
  /** Where the data end. */
  readonly dataEnd: number;
  /** Where the next chunk starts: at an even length. */
  readonly end: number;
}

/** Reads the head of the chunk at `offset`; undefined when not all of its eight octets are there. */
export function readWebpChunk(octets: Octets, offset: number): WebpChunk | undefined {
  const length = octets.view(offset + 4, 4)?.getUint32(0, true);
  const type = octets.latin1(offset, 4);
  if (type === undefined || length === undefined) return undefined;
  const dataOffset = offset + 8;
  const dataEnd = dataOffset + length;
  return { offset, type, dataOffset, length, dataEnd, end: dataEnd + (length % 2) };
}

/** What the `VP8X` chunk says of the whole. */
export interface WebpCanvas extends PixelSize {
  readonly isAnimated: boolean;
}

/** Octets of a `VP8X` chunk, of the heads of an `ANMF` chunk and a VP8 key frame. */
const VP8X_LENGTH = 10;
const ANMF_HEAD_LENGTH = 16;
const VP8_HEAD_LENGTH = 10;

/** Octets of the head of a `VP8L` chunk; the stream follows. */
export const VP8L_HEAD_LENGTH = 5;

const FLAG_ANIMATION = 0x02;

/** Reads a `VP8X` chunk; undefined when it is too short or cut off. */
export function readWebpCanvas(octets: Octets, { dataOffset, length }: WebpChunk): WebpCanvas | undefined {
  const data = octets.view(dataOffset, VP8X_LENGTH);
  if (data === undefined || length < VP8X_LENGTH) return undefined;
  const isAnimated = (data.getUint8(0) & FLAG_ANIMATION) !== 0;
  return { isAnimated, width: u24(data, 4) + 1, height: u24(data, 7) + 1 };
}

/** A frame of an animation, and where the chunks inside it start. */
export interface WebpFrame extends PixelSize {
  readonly left: number;
  readonly top: number;
  readonly chunksOffset: number;
}

/** Reads the head of an `ANMF` chunk; undefined when it is too short or cut off. */
export function readWebpFrame(octets: Octets, { dataOffset, length }: WebpChunk): WebpFrame | undefined {
  const data = octets.view(dataOffset, ANMF_HEAD_LENGTH);
  if (data === undefined || length < ANMF_HEAD_LENGTH) return undefined;
  return {
    left: u24(data, 0) * 2,
    top: u24(data, 3) * 2,
    width: u24(data, 6) + 1,
    height: u24(data, 9) + 1,
    chunksOffset: dataOffset + ANMF_HEAD_LENGTH,
  };
}

/** Reads the head of a `VP8 ` chunk; undefined when it is cut off or not that of a key frame that is shown. */
export function readVp8Size(octets: Octets, { dataOffset, length }: WebpChunk): PixelSize | undefined {
  const data = octets.view(dataOffset, VP8_HEAD_LENGTH);
  if (data === undefined || length < VP8_HEAD_LENGTH) return undefined;
  const tag = u24(data, 0);
  const isShownKeyFrame = (tag & 1) === 0 && ((tag >> 1) & 7) <= 3 && ((tag >> 4) & 1) === 1;
  const size = { width: data.getUint16(6, true) & 0x3fff, height: data.getUint16(8, true) & 0x3fff };
  const isSound = isShownKeyFrame && octets.startsWith('\x9d\x01\x2a', dataOffset + 3) && tag >> 5 < length;
  return isSound && size.width > 0 && size.height > 0 ? size : undefined;
}

/** Reads the head of a `VP8L` chunk (section 3.4); undefined when it is cut off or has another signature or version. */
export function readVp8lSize(octets: Octets, { dataOffset, length }: WebpChunk): PixelSize | undefined {
  const data = octets.view(dataOffset, VP8L_HEAD_LENGTH);
  if (data === undefined || length < VP8L_HEAD_LENGTH || data.getUint8(0) !== 0x2f) return undefined;
  const fields = data.getUint32(1, true);
  const version = fields >>> 29;
  return version === 0 ? { width: (fields & 0x3fff) + 1, height: ((fields >> 14) & 0x3fff) + 1 } : undefined;
}

function u24(data: DataView, offset: number): number {
  return data.getUint16(offset, true) + data.getUint8(offset + 2) * 65536;
}
