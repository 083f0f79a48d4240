/** Photos as phones write them: a picture that an encoder made, with the segments and trailers of cameras around it. */
import { exifSegment, segmentOf } from '../support/jpeg-sample.ts';
import { be32, joined, zeros, type Piece } from '../support/sample-octets.ts';
import { TAGS, tiffOf, TYPES, longs, type SampleEntry } from '../support/tiff-sample.ts';
import { noise } from './made-sound.ts';
import type { Gathered } from './source.ts';

const text = (tag: number, value: string): SampleEntry => ({
  tag,
  type: TYPES.ascii,
  values: joined(`${value}\0`),
});

/** The first directory of a camera: make, model, orientation, resolution, time; then one for the thumbnail. */
function exif(maker: string, isLittleEndian: boolean, thumbnail: Uint8Array | undefined): Uint8Array {
  const entries: SampleEntry[] = [
    ...[text(0x010f, maker), text(0x0110, `${maker} 12`), { tag: 0x0112, type: TYPES.short, values: [6] }],
    ...[{ tag: 0x011a, type: TYPES.rational, values: [0, 72, 0, 1] }, text(0x0131, 'Camera 1.0')],
    text(0x0132, '2026:05:01 12:00:00'),
  ];
  if (thumbnail === undefined) return exifSegment(tiffOf({ isLittleEndian, ifds: [{ entries }] }));
  const second = {
    entries: [
      {
        tag: TAGS.thumbnailOffset,
        type: TYPES.long,
        values: ({ blobs: [at = 0] }) => [at],
      } satisfies SampleEntry,
      longs(TAGS.thumbnailLength, thumbnail.length),
    ],
  };
  const first = { entries, next: ({ ifds }: { readonly ifds: readonly number[] }) => ifds[1] ?? 0 };
  return exifSegment(tiffOf({ isLittleEndian, ifds: [first, second], blobs: [thumbnail] }));
}

const XMP = segmentOf(
  0xe1,
  'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>',
);
const PROFILE = segmentOf(0xe2, joined('ICC_PROFILE\0\x01\x01', be32(540), 'appl', noise(532, 1)));
const PHOTOSHOP = segmentOf(0xed, joined('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x08', noise(8, 2)));
const COMMENT = segmentOf(0xfe, 'Made with a telephone');

/** What stands behind the picture. */
const TRAILERS: Readonly<Record<string, (film: Uint8Array, picture: Uint8Array) => Piece>> = {
  plain: () => '',
  padded: () => zeros(4096),
  'motion-photo': (film) => film,
  'multi-picture': (_, picture) => picture,
  samsung: (film) =>
    joined(
      ...['\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data', film],
      ...[
        'SEFH',
        [0x6b, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0x30, 0x0a],
        be32(film.length + 24),
        zeros(4),
        [0x18, 0, 0, 0],
        'SEFT',
      ],
    ),
};

/** Photos made of a picture, a smaller one and a film, none of which has anything of a camera. */
export function phonePhotos(picture: Uint8Array, small: Uint8Array, film: Uint8Array): readonly Gathered[] {
  const heads: Readonly<Record<string, Piece>> = {
    apple: joined(exif('Apple iPhone', false, small), PROFILE),
    samsung: joined(exif('samsung SM', true, small), XMP),
    google: joined(exif('Google Pixel', true, undefined), XMP, PROFILE),
    edited: joined(XMP, PHOTOSHOP, COMMENT),
  };
  return Object.entries(heads).flatMap(([maker, head]) =>
    Object.entries(TRAILERS).map(([trailer, after]) => ({
      name: `${maker}-${trailer}.jpg`,
      bytes: joined(picture.subarray(0, 2), head, picture.subarray(2), after(film, small)),
    })),
  );
}
