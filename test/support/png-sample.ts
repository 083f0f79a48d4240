/** PNG files, built chunk by chunk. */
import { crc32, deflateSync } from 'node:zlib';
import { be16, be32, joined, type Piece } from './sample-octets.ts';

/** A chunk with its right length and checksum, unless a test gives others. */
export function pngChunk(
  type: string,
  data: Piece = '',
  { length, crc }: { length?: number; crc?: number } = {},
) {
  const octets = joined(data);
  const covered = joined(type, octets);
  return joined(be32(length ?? octets.length), covered, be32(crc ?? crc32(covered)));
}

/** Chunks behind the signature. */
export function pngOf(...chunks: readonly Piece[]): Uint8Array<ArrayBuffer> {
  return joined('\x89PNG\r\n\x1a\n', ...chunks);
}

/** A header chunk: 8 bits of grey, unless a test says otherwise. */
export function pngHeader(width: number, height: number, rest: readonly number[] = [8, 0, 0, 0, 0]) {
  return pngChunk('IHDR', joined(be32(width), be32(height), rest));
}

/** The head of an animation's frame. */
export function pngFrame(width: number, height: number, [x, y]: readonly [number, number] = [0, 0]) {
  const place = joined(be32(width), be32(height), be32(x), be32(y));
  return pngChunk('fcTL', joined(be32(0), place, be16(1), be16(10), [0, 0]));
}

/** A chunk that declares so many frames. */
export const pngAnimation = (frames: number) => pngChunk('acTL', joined(be32(frames), be32(0)));

/** A folded text of one keyword. */
export const pngText = (text: Uint8Array | string, keyword = 'Comment') =>
  pngChunk('zTXt', joined(keyword, '\0\0', deflateSync(text)));

/** One grey pixel. */
export const PNG_PIXEL = pngChunk('IDAT', deflateSync(Uint8Array.of(0, 128)));

/** The end chunk. */
export const PNG_END = pngChunk('IEND');

/** A small picture with what encoders add: a colour profile, texts folded and not, a physical size. */
export const ORDINARY_PNG = pngOf(
  pngHeader(1, 1),
  pngChunk('iCCP', joined('sRGB\0\0', deflateSync(new Uint8Array(600)))),
  pngChunk('pHYs', joined(be32(2835), be32(2835), [1])),
  pngText('made by hand'),
  pngChunk('iTXt', joined('Title\0\x01\0en\0Title\0', deflateSync('a title'))),
  pngChunk('iTXt', joined('XML:com.adobe.xmp\0\0\0\0\0<x/>')),
  PNG_PIXEL,
  PNG_END,
);

/** Two frames of one pixel. */
export const ORDINARY_APNG = pngOf(
  pngHeader(1, 1),
  pngAnimation(2),
  pngFrame(1, 1),
  PNG_PIXEL,
  pngFrame(1, 1),
  pngChunk('fdAT', joined(be32(2), deflateSync(Uint8Array.of(0, 64)))),
  PNG_END,
);
