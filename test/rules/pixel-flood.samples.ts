import { be32, joined, patched, zeros } from '../support/sample-octets.ts';
import { bmp, gif, heif, jpeg, png, webpExtended, webpLossless, webpLossy } from './image-bytes.ts';
import type { FamilySamples, Positive } from './sample.ts';

type Picture = (width: number, height: number) => Uint8Array;

/** A picture one row beyond the limit; a flip at the limit, and one of another format. */
const flooding = (
  name: string,
  picture: Picture,
  [width, height]: readonly [number, number],
  also: readonly string[] = [],
): Positive => ({
  name,
  bytes: picture(width, height + 1),
  also,
  flips: [
    { name: 'at the limit', bytes: picture(width, height) },
    { name: 'another magic', bytes: patched(picture(width, height + 1), 0, 'no picture') },
  ],
});

const LOSSLESS = ['INFO_MMS_WebP_Lossless'];

const longHead = jpeg(65_000, 65_000, { before: joined('\xff\xe1\xff\xff', zeros(0xfffd)) });

export const samples: FamilySamples = {
  SUSP_MMS_Image_Pixel_Flood: {
    positives: [
      flooding('PNG', png, [10_000, 10_000]),
      flooding('GIF', gif, [10_000, 10_000]),
      flooding('BMP', bmp, [10_000, 10_000]),
      flooding('WebP, extended', webpExtended, [10_000, 10_000]),
      flooding('WebP, lossless', webpLossless, [10_000, 10_000], LOSSLESS),
      flooding('WebP, lossy', webpLossy, [10_000, 10_000]),
      flooding('JPEG', jpeg, [25_000, 10_000]),
      flooding('progressive JPEG', (width, height) => jpeg(width, height, { frame: 0xc2 }), [25_000, 10_000]),
      flooding('HEIF', heif, [25_000, 10_000]),
      {
        name: 'a PNG whose product wraps',
        bytes: png(0xffffffff, 0xffffffff),
        flips: [{ name: 'small', bytes: png(255, 255) }],
      },
      {
        name: 'a HEIF whose product wraps',
        bytes: heif(0xffffffff, 2),
        flips: [{ name: 'small', bytes: heif(255, 2) }],
      },
      {
        name: 'a BMP from top to bottom',
        bytes: bmp(20_000, -20_000),
        flips: [{ name: 'small', bytes: bmp(200, -200) }],
      },
    ],
    lookAlikes: [
      { name: 'a JPEG of 48 megapixels', bytes: jpeg(8000, 6000) },
      { name: 'a JPEG of 200 megapixels', bytes: jpeg(16_320, 12_240) },
      { name: 'a HEIF of 200 megapixels', bytes: heif(16_320, 12_240) },
      { name: 'a long and narrow PNG', bytes: png(70_000, 10) },
      { name: 'a JPEG whose frame comes after 64 KiB, which the marker walk judges', bytes: longHead },
      {
        name: 'a frame without a JPEG',
        bytes: joined(zeros(10), '\xff\xc0\0\x0b\x08', be32(0xffffffff), [1]),
      },
    ],
  },
};
