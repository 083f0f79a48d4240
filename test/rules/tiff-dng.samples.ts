import { be32, joined, patched, zeros } from '../support/sample-octets.ts';
import { frameOf } from '../support/jpeg-sample.ts';
import { tiffOf, TYPES, type SampleEntry } from '../support/tiff-sample.ts';
import { respelled, utf8 } from './bytes.ts';
import type { FamilySamples, Positive, Sample } from './sample.ts';
import { followedByZip, zipNamed } from './zip-bytes.ts';

/** Byte order, and other things that a sample may change. */
interface Order {
  readonly isLittleEndian: boolean;
}

const LITTLE: Order = { isLittleEndian: true };
const ORDERS: readonly Order[] = [LITTLE, { isLittleEndian: false }];
const named = ({ isLittleEndian }: Order): string => (isLittleEndian ? 'II' : 'MM');

const short = (tag: number, value: number): SampleEntry => ({ tag, type: TYPES.short, values: [value] });

/** A picture of 16 by 16 with nothing unusual in it, then `tail`. */
const plain = (tail: Uint8Array = zeros(256), order = LITTLE): Uint8Array =>
  tiffOf({ ...order, ifds: [{ entries: [short(0x0100, 16), short(0x0101, 16), short(0x0103, 1)] }], tail });

const PLAIN: Sample = { name: 'a plain TIFF', bytes: plain() };

/** Another magic in place of TIFF's. */
const unguarded = (attack: Uint8Array): Sample => ({ name: 'not a TIFF', bytes: patched(attack, 0, 'XX') });

/** A JPEG frame of `components`, in a picture of `samplesPerPixel` compressed as `compression`; SOF3 is lossless. */
function compressed(
  samplesPerPixel: number,
  components: number,
  {
    compression = 7,
    marker = 0xc3,
    ...order
  }: Partial<Order> & { compression?: number; marker?: number } = LITTLE,
): Uint8Array {
  const entries = [short(0x0103, compression), short(0x0115, samplesPerPixel)];
  return tiffOf({
    ...order,
    ifds: [{ entries }],
    tail: joined([0xff, 0xd8], frameOf({ marker, components })),
  });
}

const mismatched = (order: Order): Positive => ({
  name: `two samples over one component, ${named(order)}`,
  bytes: compressed(2, 1, order),
  flips: [
    { name: 'one sample', bytes: compressed(1, 1, order) },
    { name: 'two components', bytes: compressed(2, 2, order) },
    { name: 'another compression', bytes: compressed(2, 1, { ...order, compression: 8 }) },
    { name: 'another frame', bytes: compressed(2, 1, { ...order, marker: 0xc0 }) },
    unguarded(compressed(2, 1, order)),
  ],
});

/** A DNG with an opcode list whose count, big-endian whatever the file is, is `count`. */
function opcodes(
  count: number,
  tag: number,
  { isLittleEndian, type = TYPES.undefined }: Order & { type?: number },
): Uint8Array {
  const values = joined(be32(count), zeros(60));
  return tiffOf({
    isLittleEndian,
    ifds: [{ entries: [short(0x0100, 16), { tag, type, values, count: 64 }] }],
  });
}

const opcodeFlood = (tag: number, order: Order): Positive => ({
  name: `16 million opcodes in ${tag.toString(16)}, ${named(order)}`,
  bytes: opcodes(0x00ffffff, tag, order),
  flips: [
    { name: 'a million', bytes: opcodes(1_000_000, tag, order) },
    { name: 'another type', bytes: opcodes(0x00ffffff, tag, { ...order, type: TYPES.byte }) },
    unguarded(opcodes(0x00ffffff, tag, order)),
  ],
});

const landfall = followedByZip(plain());
const bigEndian = followedByZip(plain(zeros(64), { isLittleEndian: false }), 'a comment');
const bigTiff = followedByZip(tiffOf({ ...LITTLE, isBig: true, ifds: [{ entries: [short(0x0100, 16)] }] }));

export const samples: FamilySamples = {
  EXPL_MMS_TIFF_DNG_Appended_ZIP: {
    positives: [
      {
        name: 'a DNG with an archive behind it',
        bytes: landfall,
        flips: [
          { name: 'an end record without entries', bytes: patched(landfall, landfall.length - 12, [0, 0]) },
          { name: 'no directory', bytes: respelled(landfall, 'PK\x01\x02', 'PK\x01\x03') },
          { name: 'more after the end', bytes: joined(landfall, zeros(32)) },
          unguarded(landfall),
        ],
      },
      { name: 'big-endian, with a comment', bytes: bigEndian, flips: [unguarded(bigEndian)] },
      { name: 'BigTIFF', bytes: bigTiff, flips: [unguarded(bigTiff)] },
    ],
    lookAlikes: [
      PLAIN,
      {
        name: 'the end mark in pixels',
        bytes: plain(joined(zeros(100), 'PK\x05\x06', zeros(3), [9], zeros(200))),
      },
      {
        name: 'the end mark where an end record would stand',
        bytes: plain(joined(zeros(100), 'PK\x05\x06', zeros(4), [1, 0, 1, 0, 46, 0, 0, 0], zeros(6))),
      },
      { name: 'an archive', bytes: zipNamed('II.txt') },
    ],
  },
  EXPL_MMS_DNG_SPP2_SOF3_Nf1: {
    positives: ORDERS.map(mismatched),
    lookAlikes: [
      PLAIN,
      { name: 'a camera DNG: one sample, two components', bytes: compressed(1, 2) },
      { name: 'grey with alpha: two samples, two components', bytes: compressed(2, 2) },
      { name: 'grey with alpha, lossy', bytes: compressed(2, 2, { ...LITTLE, marker: 0xc0 }) },
      { name: 'a text of the tags', bytes: utf8('SamplesPerPixel 2, Compression 7, SOF3 Nf=1') },
    ],
  },
  EXPL_MMS_DNG_OpcodeList_Count: {
    positives: ORDERS.flatMap((order) => [0xc740, 0xc741, 0xc74e].map((tag) => opcodeFlood(tag, order))),
    lookAlikes: [
      PLAIN,
      ...ORDERS.map((order) => ({
        name: `a DNG of a phone, ${named(order)}`,
        bytes: opcodes(10, 0xc741, order),
      })),
      {
        name: 'the tag in pixels, pointing outside',
        bytes: plain(joined('\x41\xc7\x07\0', [1, 0, 0, 0], '\xff\xff\xff\x7f')),
      },
    ],
  },
};
