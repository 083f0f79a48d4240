/** Sound and small pictures in the formats of older phones, which no encoder of a desktop writes. */
import { be16, be32, joined, le16, le32, zeros } from '../support/sample-octets.ts';
import type { Gathered } from './source.ts';

/** Octets that look like compressed ones and are always the same. */
export function noise(length: number, seed: number): Uint8Array {
  let state = seed + 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  });
}

/** Octets of a speech frame by mode, its header included (RFC 4867, 5.3). The last is comfort noise. */
const AMR_FRAMES = [13, 14, 16, 18, 20, 21, 27, 32, 6];
const AMR_WB_FRAMES = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6];

/** A second of speech in one mode, or in all in turn, with a frame of no data now and then. */
function speech(magic: string, sizes: readonly number[], mode: number | undefined): Uint8Array {
  const frames = Array.from({ length: 50 }, (_, at) => {
    if (at % 10 === 9) return [0x7c];
    const type = mode ?? at % sizes.length;
    return joined([(type << 3) | 4], noise((sizes[type] ?? 1) - 1, at));
  });
  return joined(magic, ...frames);
}

const recordings = (extension: string, magic: string, sizes: readonly number[]): Gathered[] =>
  [...sizes.keys(), undefined].map((mode) => ({
    name: `recording${mode ?? ''}.${extension}`,
    bytes: speech(magic, sizes, mode),
  }));

/** QCELP in full and half rate (RFC 3625): a head that says how packets are coded, then packets of 35 or 17 octets. */
function qcelp(packets: number, at: number): Uint8Array {
  const data = joined(...Array.from({ length: packets }, (_, n) => qcelpPacket(n + at)));
  const format = joined(
    [1, 0],
    '\x41\x6d\x7f\x5e\x15\xb1\xd0\x11\xba\x91\x00\x80\x5f\xb4\xb9\x7e',
    le16(2),
    'Qcelp 13K'.padEnd(80, '\0'),
    ...[le16(13_000), le16(35), le16(160), le16(8000), le16(16)],
    joined(le32(2), [34, 4, 16, 3], zeros(12)),
    zeros(20),
  );
  const vrat = joined('vrat', le32(8), le32(1), le32(packets));
  const body = joined('QLCMfmt ', le32(format.length), format, vrat, 'data', le32(data.length), data);
  return joined('RIFF', le32(body.length), body);
}

const qcelpPacket = (n: number): Uint8Array =>
  n % 3 === 0 ? joined([3], noise(16, n)) : joined([4], noise(34, n));

/** A wireless bitmap with a pattern. */
function wbmp(width: number, height: number): Uint8Array {
  const integer = (value: number): number[] => (value < 128 ? [value] : [0x80 | (value >> 7), value & 0x7f]);
  return joined([0, 0], integer(width), integer(height), noise(Math.ceil(width / 8) * height, width));
}

/** A tune of one track, or of one for the tempo and one a voice. */
function midi(format: 0 | 1, voices: number): Uint8Array {
  const track = (...events: readonly (readonly number[])[]): Uint8Array => {
    const octets = joined(...events, [0, 0xff, 0x2f, 0]);
    return joined('MTrk', be32(octets.length), octets);
  };
  const name = [0, 0xff, 0x03, 4, 0x54, 0x75, 0x6e, 0x65];
  const tempo = [0, 0xff, 0x51, 3, 7, 0xa1, 0x20];
  const notes = (channel: number): number[][] =>
    [60, 62, 64, 65, 67, 69, 71, 72].flatMap((note) => [
      [0, 0x90 | channel, note, 100],
      [0x60, 0x80 | channel, note, 0],
    ]);
  const tracks =
    format === 0
      ? [track(name, tempo, ...notes(0))]
      : [track(name, tempo), ...Array.from({ length: voices }, (_, channel) => track(...notes(channel)))];
  return joined('MThd', be32(6), be16(format), be16(tracks.length), be16(96), ...tracks);
}

const MELODIES = [
  '*4c3d3e3f3g2g2',
  '&b3#c2d3.r3a2;b2',
  '(*5c4r4@3)',
  'ledon*3a4b4c4ledoffvibeonr4vibeoff',
  '*4c3d3V+e3f3V-g2backona4backoff',
];

const melody = (notes: string, at: number): Uint8Array =>
  joined(
    [
      ...['BEGIN:IMELODY', 'VERSION:1.2', 'FORMAT:CLASS1.0', `NAME:Tune ${at}`, 'COMPOSER:Me'],
      ...[
        `BEAT:${90 + at * 30}`,
        `STYLE:S${at % 3}`,
        `VOLUME:V${7 + at}`,
        `MELODY:${notes}`,
        'END:IMELODY',
        '',
      ],
    ].join(at % 2 === 0 ? '\r\n' : '\n'),
  );

/** Every one of them. */
export function madeSoundAndPictures(): readonly Gathered[] {
  return [
    ...recordings('amr', '#!AMR\n', AMR_FRAMES),
    ...recordings('awb', '#!AMR-WB\n', AMR_WB_FRAMES),
    ...Array.from({ length: 10 }, (_, at) => ({ name: `memo${at}.qcp`, bytes: qcelp(20 + at * 15, at) })),
    ...[8, 16, 72, 96, 120, 128, 160, 200, 320, 640].flatMap((side) => [
      { name: `logo${side}.wbmp`, bytes: wbmp(side, side) },
      { name: `banner${side}.wbmp`, bytes: wbmp(side, Math.ceil(side / 4)) },
    ]),
    ...[1, 2, 4, 8].map((voices) => ({ name: `tune${voices}.mid`, bytes: midi(1, voices) })),
    { name: 'ring.mid', bytes: midi(0, 1) },
    ...MELODIES.flatMap((notes, at) => [
      { name: `melody${at}.imy`, bytes: melody(notes, at) },
      { name: `long${at}.imy`, bytes: melody(notes.repeat(10 + at).replaceAll(/[()@]/g, ''), at) },
    ]),
  ];
}
