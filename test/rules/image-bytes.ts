/** Heads of pictures with the width and height that they declare; what follows is zeros. */
import { be16, be32, le16, le32, joined, zeros, type Piece } from '../support/sample-octets.ts';
import { boxOf } from '../support/media-samples.ts';
import { fileType } from './isobmff-bytes.ts';

export const png = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  joined(
    '\x89PNG\r\n\x1a\n',
    be32(13),
    'IHDR',
    be32(width),
    be32(height),
    [8, 2],
    zeros(7),
    be32(0),
    'IEND\xae\x42\x60\x82',
  );

export const gif = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  joined('GIF89a', le16(width), le16(height), zeros(20), ';');

export const bmp = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  joined('BM', le32(200), zeros(4), le32(54), le32(40), le32(width), le32(height), zeros(120));

/** What a JPEG may have beside its size: octets before its frame, and another kind of frame than baseline. */
interface JpegDetails {
  readonly before?: Piece;
  readonly frame?: number;
}

/** A picture of one component. */
export const jpeg = (
  width: number,
  height: number,
  { before = '', frame = 0xc0 }: JpegDetails = {},
): Uint8Array<ArrayBuffer> =>
  joined(
    '\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0',
    before,
    [0xff, frame, 0, 0x0b, 8],
    be16(height),
    be16(width),
    '\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0',
    zeros(40),
    '\xff\xd9',
  );

const riff = (kind: string, ...body: readonly Piece[]): Uint8Array<ArrayBuffer> => {
  const content = joined(...body);
  return joined('RIFF', le32(12 + content.length), 'WEBP', kind, le32(content.length), content);
};

/** A 24-bit little-endian number. */
const le24 = (value: number): number[] => le32(value).slice(0, 3);

export const webpExtended = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  riff('VP8X', zeros(4), le24(width - 1), le24(height - 1));

export const webpLossless = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  riff('VP8L', [0x2f], le32((width - 1) | ((height - 1) << 14)), zeros(20));

export const webpLossy = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  riff('VP8 ', zeros(3), '\x9d\x01\x2a', le16(width), le16(height), zeros(20));

/** HEIF with the extents of one item. */
export const heif = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  joined(
    fileType('heic'),
    boxOf('meta', zeros(4), boxOf('iprp', boxOf('ipco', boxOf('ispe', zeros(4), be32(width), be32(height))))),
    boxOf('mdat', zeros(32)),
  );
