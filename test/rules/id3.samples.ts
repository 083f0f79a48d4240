import { be32, joined, patched, zeros } from '../support/sample-octets.ts';
import { utf8 } from './bytes.ts';
import type { FamilySamples } from './sample.ts';

/** A tag of 128 octets with an extended header that says `size`. */
const extended = (size: number, { version = 3, flags = 0x40, tagSize = be32(0x0100) } = {}): Uint8Array =>
  joined('ID3', [version, 0, flags], tagSize, be32(size), zeros(200));

const NOT_SYNCSAFE = be32(0x00000080);

const TEXT = {
  name: 'a text that begins ID3',
  bytes: utf8('ID3 tags hold the name of a song; \xff\xfb is what follows them'),
};

export const samples: FamilySamples = {
  EXPL_MMS_ID3v23_ExtHeader_Overflow: {
    positives: [
      {
        name: 'a size that wraps',
        bytes: extended(0xfffffffe),
        flips: [
          { name: 'a size that fits', bytes: extended(10) },
          { name: 'no extended header', bytes: extended(0xfffffffe, { flags: 0 }) },
          { name: 'version 4, whose header is another', bytes: extended(0xfffffffe, { version: 4 }) },
          { name: 'another magic', bytes: patched(extended(0xfffffffe), 0, 'TAG') },
        ],
      },
      {
        name: 'one octet more than the tag holds',
        bytes: extended(125),
        flips: [{ name: 'as many as it holds', bytes: extended(124) }],
      },
    ],
    lookAlikes: [
      { name: 'an ordinary tag', bytes: extended(0, { flags: 0 }) },
      { name: 'an ordinary extended header', bytes: extended(6) },
      TEXT,
    ],
  },
  SUSP_MMS_ID3_Size_Not_Syncsafe: {
    positives: [2, 3, 4].map((version) => ({
      name: `version ${version}`,
      bytes: extended(0, { version, flags: 0, tagSize: NOT_SYNCSAFE }),
      flips: [
        { name: 'seven bits', bytes: extended(0, { version, flags: 0, tagSize: be32(0x7f) }) },
        { name: 'an unknown version', bytes: extended(0, { version: 5, flags: 0, tagSize: NOT_SYNCSAFE }) },
      ],
    })),
    lookAlikes: [
      { name: 'the largest size', bytes: extended(0, { flags: 0, tagSize: be32(0x7f7f7f7f) }) },
      TEXT,
      { name: 'a tag at the end', bytes: joined('TAG', zeros(125)) },
    ],
  },
};
