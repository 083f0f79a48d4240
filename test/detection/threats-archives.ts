/** Polyglots, bombs and sizes (threats, 5). */
import { bmp, gif, heif, jpeg, png, webpExtended, webpLossless, webpLossy } from '../rules/image-bytes.ts';
import { gifFrame, gifOf, ORDINARY_GIF } from '../support/gif-sample.ts';
import { filmOf } from '../support/isobmff-sample.ts';
import { ordinaryJpeg } from '../support/jpeg-sample.ts';
import { messageWith } from '../support/messages-with.ts';
import { pdfOf } from '../support/pdf-sample.ts';
import {
  ORDINARY_PNG,
  PNG_END,
  PNG_PIXEL,
  pngAnimation,
  pngHeader,
  pngOf,
  pngText,
} from '../support/png-sample.ts';
import { joined, zeros, type Piece } from '../support/sample-octets.ts';
import { webpCanvas, webpFrame, webpLossy as webpPicture, webpOf } from '../support/webp-sample.ts';
import { ORDINARY_ZIP, zipOf, type SampleMember } from '../support/zip-sample.ts';
import { lookAlikesOf, otherwise, positivesOf } from './rule-samples.ts';
import { blocked, harmless, noted, part, type Subject, type Threat, type ThreatRow } from './threat.ts';

const TRAILING: Piece = new Uint8Array(1500).fill(0x41);

const POLYGLOTS: readonly ThreatRow[] = [
  {
    title: 'polyglots',
    threats: [
      ...positivesOf('SUSP_MMS_Media_ZIP_Polyglot', 'application/octet-stream', blocked, 'zip-in-media'),
      ...positivesOf('SUSP_MMS_PDF_ZIP_Polyglot', 'application/pdf', noted, 'zip-prefix'),
      // The head of this sample's BMP is no more than its size, which is refused by itself.
      ...otherwise(
        positivesOf('SUSP_MMS_Image_With_Embedded_Executable', 'application/octet-stream', noted),
        'an older Windows program in a BMP',
      ),
      noted(
        '1,500 octets behind a PNG',
        part(joined(ORDINARY_PNG, TRAILING), 'image/png'),
        'png-trailing-data',
      ),
      noted(
        '1,500 octets behind a GIF',
        part(joined(ORDINARY_GIF, TRAILING), 'image/gif'),
        'gif-trailing-data',
      ),
      noted('1,500 octets behind a JPEG', part(joined(ordinaryJpeg(), TRAILING), 'image/jpeg'), 'jpeg-tail'),
    ],
    lookAlikes: [
      ...lookAlikesOf('SUSP_MMS_Media_ZIP_Polyglot', 'image/jpeg', 'an archive'),
      ...lookAlikesOf('SUSP_MMS_PDF_ZIP_Polyglot', 'application/pdf', 'an archive'),
      harmless('a motion photo', part(joined(ordinaryJpeg(), filmOf()), 'image/jpeg')),
      harmless(
        'a document with an office document in it',
        part(pdfOf([{ dictionary: '/Type /EmbeddedFile', data: ORDINARY_ZIP }]), 'application/pdf'),
      ),
    ],
  },
];

const PICTURES = { png, gif, bmp, webp: webpExtended, jpeg, heif } as const;
const AS = {
  png: 'image/png',
  gif: 'image/gif',
  bmp: 'image/bmp',
  webp: 'image/webp',
  jpeg: 'image/jpeg',
  heif: 'image/heic',
} as const;

const flood = (name: keyof typeof PICTURES, code: string): Threat =>
  blocked(
    `a ${name} of 30,000 by 15,000`,
    part(PICTURES[name](30_000, 15_000), AS[name]),
    code,
    'SUSP_MMS_Image_Pixel_Flood',
  );

const zip = (
  members: readonly SampleMember[],
  ...end: [] | [NonNullable<Parameters<typeof zipOf>[1]>]
): Subject => part(zipOf(members, ...end), 'application/zip');
const nested = (depth: number): Uint8Array =>
  depth === 1 ? ORDINARY_ZIP : zipOf([{ name: 'inner.zip', content: nested(depth - 1) }]);
const both = (changes: NonNullable<SampleMember['local']>): Partial<SampleMember> => ({
  local: changes,
  directory: changes,
});

const FLOODS: readonly ThreatRow[] = [
  {
    title: 'pixel flood',
    threats: [
      ...positivesOf('SUSP_MMS_Image_Pixel_Flood', 'application/octet-stream', blocked),
      flood('png', 'png-pixels-flood'),
      flood('gif', 'gif-pixels-flood'),
      flood('bmp', 'bmp-pixels-flood'),
      flood('jpeg', 'jpeg-pixel-flood'),
      flood('heif', 'isobmff-image-pixels'),
      blocked(
        'a webp of 16,000 by 15,000',
        part(webpExtended(16_000, 15_000), 'image/webp'),
        'webp-pixels-flood',
        'SUSP_MMS_Image_Pixel_Flood',
      ),
      blocked(
        'a lossless webp',
        part(webpLossless(16_000, 15_000), 'image/webp'),
        'SUSP_MMS_Image_Pixel_Flood',
      ),
      blocked('a lossy webp', part(webpLossy(16_000, 15_000), 'image/webp'), 'SUSP_MMS_Image_Pixel_Flood'),
      blocked(
        'a JPEG whose size stands behind 64 KiB',
        part(jpeg(65_000, 65_000, { before: joined('\xff\xe1\xff\xff', zeros(0xfffd)) }), 'image/jpeg'),
        'jpeg-pixel-flood',
      ),
    ],
    lookAlikes: [
      ...lookAlikesOf(
        'SUSP_MMS_Image_Pixel_Flood',
        'application/octet-stream',
        'a JPEG whose frame',
        'a frame without',
      ),
      harmless('48 megapixels', part(jpeg(8000, 6000), 'image/jpeg')),
      harmless('200 megapixels', part(jpeg(16_320, 12_240), 'image/jpeg')),
    ],
  },
  {
    title: 'zip/PNG-text/GIF-frame bombs',
    threats: [
      blocked('10 MB of zeros', zip([{ name: 'a', content: zeros(10_000_000) }]), 'zip-bomb-ratio'),
      blocked(
        'more than 50 MB in all',
        zip(Array<SampleMember>(60).fill({ name: 'a', content: zeros(999_999) })),
        'zip-bomb-total',
      ),
      blocked('archives in archives', part(nested(4), 'application/zip'), 'zip-bomb-depth'),
      blocked(
        'members that overlap',
        zip([
          { name: 'a', content: zeros(1000) },
          { name: 'a', content: zeros(1000), directory: { localOffset: 0 } },
        ]),
        'zip-overlap',
      ),
      blocked(
        'a size that is another',
        zip([{ name: 'a', content: 'hello', method: 0, ...both({ size: 4 }) }]),
        'zip-size-mismatch',
      ),
      blocked('a name that climbs', zip([{ name: '../a', content: 'x' }]), 'zip-name-traversal'),
      noted('a name from the root', zip([{ name: '/a', content: 'x' }]), 'zip-name-absolute'),
      noted('a name from a drive', zip([{ name: 'C:a', content: 'x' }]), 'zip-name-absolute'),
      blocked(
        '1,001 members',
        zip(Array<SampleMember>(1001).fill({ name: 'a', content: '' })),
        'zip-entries-over-limit',
      ),
      blocked(
        'a text of 2 MB in a PNG',
        part(pngOf(pngHeader(1, 1), pngText(zeros(2_000_000)), PNG_PIXEL, PNG_END), 'image/png'),
        'png-text-flood',
      ),
      blocked(
        '1,001 frames of a megapixel in a GIF',
        part(gifOf([1000, 1000], Array<Piece>(1001).fill(gifFrame([1, 1]))), 'image/gif'),
        'gif-animation-flood',
      ),
      blocked(
        '1,001 frames of a megapixel in a PNG',
        part(pngOf(pngHeader(1000, 1000), pngAnimation(1001), PNG_PIXEL, PNG_END), 'image/png'),
        'png-animation-flood',
      ),
      blocked(
        '101 frames of 10 megapixels in a WebP',
        part(
          webpOf([
            webpCanvas([10_000, 1000], { isAnimated: true }),
            ...Array<Piece>(101).fill(webpFrame([10_000, 1000], [webpPicture([10_000, 1000])])),
          ]),
          'image/webp',
        ),
        'webp-animation-flood',
      ),
    ],
    lookAlikes: [
      harmless('archives as deep as is opened', part(nested(3), 'application/zip')),
      harmless('a megabyte of zeros', zip([{ name: 'a', content: zeros(1_000_000) }])),
      harmless(
        'a GIF of 100 frames',
        part(gifOf([320, 240], Array<Piece>(100).fill(gifFrame([320, 240]))), 'image/gif'),
      ),
    ],
  },
  {
    title: 'oversize',
    threats: [
      blocked(
        'a message of more than 1 MiB',
        part(joined(ordinaryJpeg(), zeros(1_100_000)), 'image/jpeg'),
        'message-too-large',
        'part-too-large',
      ),
      blocked('101 parts', { body: messageWith(Array.from({ length: 101 }, () => ({}))) }, 'parts-too-many'),
      blocked('a text of 100 KB', part('word '.repeat(20_000), 'text/plain'), 'text-too-large'),
    ],
    lookAlikes: [
      harmless('a message of 900 KB', part(joined(ordinaryJpeg(), zeros(900_000)), 'image/jpeg')),
      harmless('a message of 20 parts', { body: messageWith(Array.from({ length: 20 }, () => ({}))) }),
    ],
  },
];
/** Rows of section 5. */
export const ARCHIVE_THREATS: readonly ThreatRow[] = [...POLYGLOTS, ...FLOODS];
