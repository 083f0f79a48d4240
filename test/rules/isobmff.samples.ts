import { be32, joined, patched, zeros, type Piece } from '../support/sample-octets.ts';
import { boxOf } from '../support/media-samples.ts';
import { respelled, utf8 } from './bytes.ts';
import { boxOfSize, fileType, film, FULL_TABLES, inTrack, ORDINARY_FILM, tableOf } from './isobmff-bytes.ts';
import type { FamilySamples, Positive, Sample } from './sample.ts';

const ORDINARY: Sample = { name: 'an ordinary film', bytes: ORDINARY_FILM };

const MEDIA_DATA: Sample = {
  name: 'box names by chance in media data',
  bytes: joined(fileType(), boxOf('mdat', names(), zeros(400))),
};

/** Each name amid octets that make neither a size that fits nor flags of zero. */
function names(): Uint8Array {
  const types = [
    'stsc',
    'stts',
    'ctts',
    'stss',
    'stco',
    'co64',
    'stsz',
    'stz2',
    'tx3g',
    'ilst',
    'covr',
    'pssh',
    'udta',
    'titl',
  ];
  return joined(...types.flatMap((type) => [be32(0x41a3b2c1), type, be32(0x9bc1d2e3), be32(0xf1f2f3f4)]));
}

/** A text about boxes is no film. */
const TEXT: Sample = {
  name: 'a text about boxes',
  bytes: utf8(
    'The stsc, stts, ctts, stss, stco, co64, stsz, tx3g, ilst, covr, pssh and udta boxes of ftyp files',
  ),
};

const unguarded = (attack: Uint8Array): Sample => ({
  name: 'without a file type',
  bytes: respelled(attack, 'ftyp', 'free'),
});

/** A table whose count is `count`, in a box with room for none; flips give it a count that fits, flags, and no guard. */
function overflowing(name: string, head: readonly Piece[], count: number): Positive {
  const attack = joined(fileType(), inTrack(boxOf(name.slice(0, 4), ...head, be32(count))), zeros(64));
  const flagsAt = attack.length - 64 - 4 - joined(...head).length;
  return {
    name: `${name} with an absurd count`,
    bytes: attack,
    flips: [
      { name: 'count 0', bytes: patched(attack, attack.length - 64 - 4, be32(0)) },
      { name: 'flags', bytes: patched(attack, flagsAt, be32(0x00ffffff)) },
      { name: 'a size beyond the file', bytes: patched(attack, flagsAt - 8, be32(attack.length + 1)) },
      unguarded(attack),
    ],
  };
}

const hidden = joined(boxOf('free', zeros(16)), overflowing('stsc', [zeros(4)], 0x15555556).bytes);

const SAMPLE_TABLES: readonly Positive[] = [
  overflowing('stsc', [zeros(4)], 0x15555556),
  overflowing('stts', [zeros(4)], 0x20000001),
  overflowing('ctts', [zeros(4)], 0x20000001),
  overflowing('ctts of version 1', [[1], zeros(3)], 0x20000001),
  overflowing('stss', [zeros(4)], 0x40000001),
  overflowing('stco', [zeros(4)], 0x40000001),
  overflowing('co64', [zeros(4)], 0x20000001),
  overflowing('stsz', [zeros(8)], 0x40000001),
  overflowing('stz2', [zeros(7), [16]], 0x40000001),
  {
    name: 'stsc behind a free box that comes before the file type',
    bytes: hidden,
    flips: [unguarded(hidden)],
  },
  {
    name: 'one entry more than the box holds',
    bytes: joined(fileType(), inTrack(boxOf('stco', zeros(4), be32(4), zeros(12)))),
    flips: [{ name: 'as many as it holds', bytes: joined(fileType(), inTrack(tableOf('stco', 4, 4))) }],
  },
];

const tx3gLarge = joined(fileType(), be32(1), 'tx3g', be32(0xffffffff), be32(0xfffffff0));
const tx3gHuge = joined(fileType(), boxOfSize(0xffffff00, 'tx3g', zeros(16)));

const cover = (size: number): Uint8Array =>
  joined(
    fileType('M4A '),
    boxOf('udta', boxOf('meta', zeros(4), boxOf('ilst', boxOfSize(size, 'covr', zeros(32))))),
  );

const coverOf = (size: number): Positive => ({
  name: `a cover of ${size} octets`,
  bytes: cover(size),
  flips: [
    { name: 'a size that holds art', bytes: cover(0x1234) },
    { name: 'no list around it', bytes: respelled(cover(size), 'ilst', 'free') },
    unguarded(cover(size)),
  ],
});

const title = (size: number, type = 'titl'): Uint8Array =>
  film(boxOf('udta', boxOfSize(size, type, zeros(20))));

const shortTitle = (size: number, type: string): Positive => ({
  name: `${type} of ${size} octets`,
  bytes: title(size, type),
  flips: [
    { name: 'one more than the longest that underflows', bytes: title(14, type) },
    { name: 'not in user data', bytes: respelled(title(size, type), 'udta', 'free') },
    unguarded(title(size, type)),
  ],
});

/** `dataSize` is what the box says, in a box that holds 4 octets of data. */
const protection = (dataSize: number, version = 0): Uint8Array =>
  joined(
    fileType(),
    boxOf('moov', boxOf('pssh', [version], zeros(3), zeros(16), be32(dataSize), zeros(4))),
    zeros(64),
  );

const largeTrack = joined(fileType(), be32(1), 'moov', be32(0), be32(64), zeros(48));

const ofTables = (count: number): Uint8Array =>
  joined(fileType(), ...Array.from({ length: count }, () => tableOf('stco', 4, 0)));

const userData = (count: number): Uint8Array =>
  joined(fileType(), ...Array.from({ length: count }, () => boxOf('udta', zeros(8))));

export const samples: FamilySamples = {
  EXPL_MMS_ISOBMFF_SampleTable_Overflow: {
    positives: SAMPLE_TABLES,
    lookAlikes: [
      ORDINARY,
      MEDIA_DATA,
      TEXT,
      {
        name: 'many samples of one size, which need no entries',
        bytes: joined(fileType(), inTrack(boxOf('stsz', zeros(4), be32(32), be32(90_000)))),
      },
      {
        name: 'a film that was cut off inside a table',
        bytes: joined(fileType(), inTrack(FULL_TABLES)).slice(0, 200),
      },
    ],
  },
  EXPL_MMS_ISOBMFF_tx3g_Size: {
    positives: [
      {
        name: 'the 64-bit form',
        bytes: tx3gLarge,
        flips: [
          { name: 'a size of 32 bits', bytes: respelled(tx3gLarge, '\x01tx3g', '\x40tx3g') },
          unguarded(tx3gLarge),
        ],
      },
      {
        name: 'a size from 2^31 up',
        bytes: tx3gHuge,
        flips: [
          { name: 'below 2^31', bytes: respelled(tx3gHuge, '\xff\xff\xff\x00tx3g', '\x7f\xff\xff\x00tx3g') },
          unguarded(tx3gHuge),
        ],
      },
    ],
    lookAlikes: [
      ORDINARY,
      TEXT,
      {
        name: 'a subtitle track',
        bytes: joined(fileType(), inTrack(boxOf('stsd', zeros(4), be32(1), boxOf('tx3g', zeros(56))))),
      },
    ],
  },
  EXPL_MMS_ISOBMFF_covr_Size: {
    positives: [8, 24, 1, 0xfffffff0, 0xffffffff].map(coverOf),
    lookAlikes: [
      ORDINARY,
      TEXT,
      MEDIA_DATA,
      {
        name: 'a cover with art in it',
        bytes: joined(fileType('M4A '), boxOf('ilst', boxOf('covr', zeros(5000)))),
      },
      { name: 'one octet more than the headers', bytes: cover(25) },
    ],
  },
  EXPL_MMS_3GPP_Metadata_Underflow: {
    positives: [
      ...['titl', 'dscp', 'perf', 'auth', 'gnre', 'albm'].map((type) => shortTitle(9, type)),
      shortTitle(8, 'titl'),
      shortTitle(13, 'titl'),
    ],
    lookAlikes: [
      ORDINARY,
      TEXT,
      MEDIA_DATA,
      {
        name: 'a short title before the user data',
        bytes: film(boxOfSize(9, 'titl', zeros(20)), boxOf('udta', zeros(8))),
      },
    ],
  },
  EXPL_MMS_ISOBMFF_pssh_Overflow: {
    positives: [
      {
        name: 'data longer than its box',
        bytes: protection(5),
        flips: [
          { name: 'as long as the box', bytes: protection(4) },
          { name: 'version 1, which counts keys there', bytes: protection(5, 1) },
          unguarded(protection(5)),
        ],
      },
      {
        name: 'a box that is smaller than its own head',
        bytes: joined(fileType(), boxOfSize(12, 'pssh', zeros(64))),
        flips: [{ name: 'a box with room', bytes: joined(fileType(), boxOfSize(36, 'pssh', zeros(64))) }],
      },
    ],
    lookAlikes: [ORDINARY, TEXT, MEDIA_DATA],
  },
  SUSP_MMS_ISOBMFF_LargeSize_Metadata_Box: {
    positives: [
      {
        name: 'moov in the 64-bit form',
        bytes: largeTrack,
        flips: [
          { name: 'size 2', bytes: respelled(largeTrack, '\x01moov', '\x02moov') },
          { name: 'without a file type', bytes: respelled(largeTrack, 'ftyp', 'fail') },
        ],
      },
    ],
    lookAlikes: [
      ORDINARY,
      {
        name: 'media data in the 64-bit form',
        bytes: joined(fileType(), be32(1), 'mdat', be32(0), be32(80), zeros(64)),
      },
      {
        name: 'H.264 start codes',
        bytes: film(be32(1), [0x67, 0x42, 0, 0x1e], be32(1), [0x68, 0xce, 0x3c, 0x80], be32(1), 'mood'),
      },
    ],
  },
  SUSP_MMS_ISOBMFF_Box_Flood: {
    positives: [
      {
        name: '2,001 tables',
        bytes: ofTables(2001),
        flips: [{ name: 'one fewer', bytes: ofTables(2000) }, unguarded(ofTables(2001))],
      },
      {
        name: '33 boxes of user data',
        bytes: userData(33),
        flips: [{ name: 'one fewer', bytes: userData(32) }],
      },
      {
        name: 'decoys of short titles before the one that counts',
        bytes: film(
          ...Array.from({ length: 64 }, () => boxOfSize(9, 'titl', zeros(4))),
          boxOf('udta', boxOfSize(9, 'titl', zeros(20))),
        ),
        flips: [{ name: 'one fewer', bytes: title(9) }],
      },
    ],
    lookAlikes: [
      ORDINARY,
      {
        name: 'a film of many tracks',
        bytes: joined(fileType(), ...Array.from({ length: 20 }, () => inTrack(FULL_TABLES))),
      },
      { name: 'a text that repeats a name', bytes: utf8('stco '.repeat(3000)) },
    ],
  },
};
