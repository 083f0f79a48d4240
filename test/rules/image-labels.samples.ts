import { be16, be32, le16, joined, patched, zeros } from '../support/sample-octets.ts';
import { utf8 } from './bytes.ts';
import { png, webpExtended, webpLossless, webpLossy } from './image-bytes.ts';
import type { FamilySamples, Positive } from './sample.ts';

const qm = joined('QM\x0b\0\0\0', le16(100), le16(60), zeros(40));
const qg = joined('QG\x01\x02\x01\0\0', le16(100), le16(60), zeros(40));
const psd = joined('8BPS', be16(1), zeros(6), be16(3), be32(16), be32(16), be16(8), be16(3));

/** A font of one family with 16 tables, whose search range is 256. */
const font = (magic: string): Uint8Array => joined(magic, be16(16), be16(256), be16(4), be16(0), zeros(256));

const sfnt = (magic: string): Positive => ({
  name: `a font that begins ${JSON.stringify(magic)}`,
  bytes: font(magic),
  flips: [
    { name: 'no tables', bytes: patched(font(magic), 4, be16(0)) },
    { name: 'a search range that does not fit', bytes: patched(font(magic), 6, be16(32)) },
    { name: 'another magic', bytes: patched(font(magic), 0, 'font') },
  ],
});

const collection = joined('ttcf', be32(0x00010000), be32(1), be32(16), zeros(100));

const webFont = (magic: string): Positive => {
  const whole = joined(magic, be32(0x00010000), be32(144), be16(4), be16(0), zeros(128));
  return {
    name: `a web font, ${magic}`,
    bytes: whole,
    flips: [{ name: 'another length', bytes: patched(whole, 8, be32(145)) }],
  };
};

export const samples: FamilySamples = {
  INFO_MMS_Qmage_Image: {
    positives: [
      {
        name: 'QM',
        bytes: qm,
        flips: [
          { name: 'a version before the first', bytes: patched(qm, 2, [0x0a]) },
          { name: 'another raw type', bytes: patched(qm, 3, [1]) },
          { name: 'no width', bytes: patched(qm, 6, [0, 0]) },
          { name: 'an absurd height', bytes: patched(qm, 8, [0xff, 0xff]) },
        ],
      },
      {
        name: 'QM of a newer version and another type',
        bytes: patched(qm, 2, [0x10, 6]),
        flips: [{ name: 'a letter as version', bytes: patched(qm, 2, [0x41]) }],
      },
      {
        name: 'QG',
        bytes: qg,
        flips: [
          { name: 'a version of two digits', bytes: patched(qg, 3, [10]) },
          { name: 'no height', bytes: patched(qg, 9, [0, 0]) },
        ],
      },
    ],
    lookAlikes: [
      { name: 'a text that begins QMAIL', bytes: utf8('QMAIL is a mail system of the nineties.') },
      { name: 'a text that begins QGIS', bytes: utf8('QGIS 3.28: how to print a map') },
      { name: 'QM and zeros', bytes: joined('QM', zeros(40)) },
      { name: 'a PNG', bytes: png(10, 10) },
    ],
  },
  INFO_MMS_Photoshop_PSD: {
    positives: [
      { name: 'version 1', bytes: psd, flips: [{ name: 'version 0', bytes: patched(psd, 4, be16(0)) }] },
      {
        name: 'version 2, for large pictures',
        bytes: patched(psd, 4, be16(2)),
        flips: [{ name: 'another magic', bytes: patched(psd, 0, '8BIM') }],
      },
    ],
    lookAlikes: [
      { name: 'a text that begins 8BPS', bytes: utf8('8BPS is how a Photoshop file begins') },
      { name: 'the magic later in a file', bytes: joined(png(10, 10), psd) },
    ],
  },
  INFO_MMS_Font_File: {
    positives: [
      ...['\0\x01\0\0', 'OTTO', 'true'].map(sfnt),
      {
        name: 'a collection',
        bytes: collection,
        flips: [{ name: 'another version', bytes: patched(collection, 4, be32(0x00030000)) }],
      },
      ...['wOFF', 'wOF2'].map(webFont),
    ],
    lookAlikes: [
      { name: 'a text that begins true', bytes: utf8('true story: I met Otto in the park') },
      { name: 'a text that begins OTTO', bytes: utf8('OTTO\nsee you at eight') },
      { name: 'a text that begins wOFF', bytes: utf8('wOFF or wOF2, which is it?') },
      { name: 'an icon', bytes: joined(be16(0), le16(1), le16(1), [16, 16], zeros(80)) },
      {
        name: 'numbers that begin with 65,536',
        bytes: joined(be32(0x00010000), be32(0x00020000), be32(0x00030000)),
      },
    ],
  },
  INFO_MMS_WebP_Lossless: {
    positives: [
      {
        name: 'a lossless picture',
        bytes: webpLossless(10, 10),
        flips: [
          { name: 'another signature', bytes: patched(webpLossless(10, 10), 20, [0x2e]) },
          { name: 'another chunk', bytes: patched(webpLossless(10, 10), 12, 'VP8 ') },
        ],
      },
    ],
    lookAlikes: [
      { name: 'a lossy picture', bytes: webpLossy(10, 10) },
      { name: 'an extended picture', bytes: webpExtended(10, 10) },
    ],
  },
};
