import { be16, be32, le16, le32, joined, patched, zeros } from '../support/sample-octets.ts';
import { boxOf } from '../support/media-samples.ts';
import { respelled, utf8 } from './bytes.ts';
import { fileType, inTrack, ORDINARY_FILM } from './isobmff-bytes.ts';
import type { FamilySamples, Positive } from './sample.ts';

/** The descriptor of 52 octets, then the header: blocks of a frame at 4, bits of a sample at 16. */
const ape = (bits: number, blocks: number, { version = 3990, descriptor = 52 } = {}): Uint8Array =>
  joined(
    'MAC ',
    le16(version),
    zeros(2),
    le32(descriptor),
    zeros(descriptor - 12),
    zeros(4),
    le32(blocks),
    zeros(8),
    le16(bits),
    le16(2),
    zeros(100),
  );

const hostileApe = ape(24, 0x60001);

/** A frame of AC-3 of 768 octets (192 kbit/s at 48 kHz) with the code of rate and size, and bsid; then a second one. */
const ac3 = (code: number, bsid: number): Uint8Array =>
  joined(be16(0x0b77), zeros(2), [code, bsid << 3], zeros(762), be16(0x0b77), zeros(700));

/** E-AC-3 in two frames of 64 octets. */
const eac3 = joined(be16(0x0b77), be16(31), [0, 16 << 3], zeros(58), be16(0x0b77), zeros(62));

const withSound = (codec: string): Uint8Array =>
  joined(fileType('M4A '), inTrack(boxOf('stsd', zeros(4), be32(1), boxOf(codec, zeros(28)))));

const sound = (codec: string): Positive => ({
  name: codec,
  bytes: withSound(codec),
  flips: [
    { name: 'AAC', bytes: respelled(withSound(codec), codec, 'mp4a') },
    { name: 'without a file type', bytes: respelled(withSound(codec), 'ftyp', 'fail') },
  ],
});

export const samples: FamilySamples = {
  EXPL_MMS_APE_24bit_Large_Frame: {
    positives: [
      {
        name: '24 bits and large frames',
        bytes: hostileApe,
        flips: [
          { name: 'frames that fit', bytes: ape(24, 0x60000) },
          { name: '16 bits', bytes: ape(16, 0x60001) },
          { name: 'an older version', bytes: ape(24, 0x60001, { version: 3979 }) },
          { name: 'a descriptor that is too long', bytes: ape(24, 0x60001, { descriptor: 1025 }) },
          { name: 'another magic', bytes: patched(hostileApe, 0, 'MAX ') },
        ],
      },
    ],
    lookAlikes: [
      { name: 'an ordinary file', bytes: ape(16, 0x48000) },
      { name: 'an ordinary file of 24 bits', bytes: ape(24, 0x48000) },
      {
        name: 'a text that begins MAC',
        bytes: utf8('MAC and cheese, with a recipe that goes on and on for some time.'),
      },
    ],
  },
  INFO_MMS_Raw_Dolby_AC3: {
    positives: [
      {
        name: 'AC-3',
        bytes: ac3(0x14, 8),
        flips: [
          { name: 'the reserved rate', bytes: ac3(0xd4, 8) },
          { name: 'a frame code past the last', bytes: ac3(38, 8) },
          { name: 'no second frame', bytes: patched(ac3(0x14, 8), 768, [0]) },
          { name: 'another sync', bytes: patched(ac3(0x14, 8), 1, [0x78]) },
        ],
      },
      {
        name: 'AC-3 of one frame',
        bytes: ac3(0x14, 8).slice(0, 768),
        flips: [{ name: 'more follows', bytes: ac3(0x14, 8).slice(0, 770).fill(0, 768) }],
      },
      {
        name: 'E-AC-3',
        bytes: eac3,
        flips: [
          { name: 'no second frame', bytes: patched(eac3, 64, [0]) },
          { name: 'a bsid past the last', bytes: patched(eac3, 5, [17 << 3]) },
        ],
      },
      {
        name: 'E-AC-3 of one frame',
        bytes: eac3.slice(0, 64),
        flips: [{ name: 'more follows', bytes: joined(eac3.slice(0, 64), zeros(2)) }],
      },
    ],
    lookAlikes: [
      {
        name: 'a text that begins with the same two octets',
        bytes: joined('\x0bw', utf8('ay too long a text with more words in it')),
      },
      { name: 'AAC', bytes: joined('\xff\xf1\x50\x80', zeros(60)) },
    ],
  },
  INFO_MMS_Container_Unexpected_Codec: {
    positives: ['ac-3', 'ec-3', 'ac-4', 'alac', 'apac'].map(sound),
    lookAlikes: [
      { name: 'an ordinary film', bytes: ORDINARY_FILM },
      { name: 'AAC', bytes: withSound('mp4a') },
      {
        name: 'a name of the codec elsewhere',
        bytes: joined(withSound('mp4a'), boxOf('free', 'stsd ac-3 alac')),
      },
    ],
  },
};
