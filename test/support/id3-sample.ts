/** ID3v2 tags, built field by field so that a test can set each field wrongly. */
import { be32, joined, type Piece } from './sample-octets.ts';

/** A number of 28 bits in four octets of seven. */
export const syncsafe = (value: number): number[] => [21, 14, 7, 0].map((shift) => (value >> shift) & 0x7f);

/** What a test changes of a tag. */
export interface SampleTag {
  /** 3 by default. */
  readonly version?: number;
  readonly flags?: number;
  /** In place of the size that the frames have. */
  readonly size?: Piece;
}

/** A tag of these frames. */
export function id3Of(
  frames: readonly Piece[],
  { version = 3, flags = 0, size }: SampleTag = {},
): Uint8Array {
  const body = joined(...frames);
  return joined('ID3', [version, 0, flags], size ?? syncsafe(body.length), body);
}

/** What a test changes of a frame. */
export interface SampleFrame {
  /** 3 by default. */
  readonly version?: number;
  /** In place of the size that the content has. */
  readonly size?: Piece;
  readonly flags?: number;
}

/** A frame of a text. */
export function frameOf(
  id: string,
  content: Piece,
  { version = 3, size, flags = 0 }: SampleFrame = {},
): Uint8Array {
  const body = joined(content);
  const { length } = body;
  if (version === 2) return joined(id, size ?? be32(length).slice(1), body);
  return joined(id, size ?? (version === 4 ? syncsafe(length) : be32(length)), [0, flags], body);
}

/** Text in Latin-1, as it stands in a frame. */
export const latin1 = (text: string): Piece => joined([0], text);

/** The tag of a song, of each version that there is. */
export const ORDINARY_TAGS: readonly Uint8Array[] = [
  id3Of([frameOf('TT2', latin1('Song'), { version: 2 }), frameOf('TP1', latin1('Band'), { version: 2 })], {
    version: 2,
  }),
  id3Of([frameOf('TIT2', latin1('Song')), frameOf('TPE1', latin1('Band')), new Uint8Array(40)]),
  id3Of(
    [frameOf('TIT2', latin1('Song'), { version: 4 }), frameOf('APIC', new Uint8Array(300), { version: 4 })],
    {
      version: 4,
    },
  ),
];
