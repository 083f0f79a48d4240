/** Films, songs and pictures of ISO base media boxes, small and whole, with places for a test to put something wrong. */
import { boxOf, brandsOf } from './media-samples.ts';
import { be16, be32, be64, joined, zeros, type Piece } from './sample-octets.ts';

/** A box with a version and flags before its content. */
export function fullBoxOf(type: string, word: number, ...content: readonly Piece[]): Uint8Array {
  return boxOf(type, be32(word), ...content);
}

/** A box whose size is said to be something else than it is. */
export function sizedBoxOf(type: string, size: number, ...content: readonly Piece[]): Uint8Array {
  return joined(be32(size), type, ...content);
}

/** A box with its size in 64 bits. */
export function largeBoxOf(type: string, ...content: readonly Piece[]): Uint8Array {
  const body = joined(...content);
  return joined(be32(1), type, be64(16 + body.length), body);
}

/** A table: how many entries there are said to be, and the entries. */
export function tableOf(type: string, count: number, ...entries: readonly Piece[]): Uint8Array {
  return fullBoxOf(type, 0, be32(count), ...entries);
}

/** The description of a stream that encoders write, with the flags of the stream, and of a length that fits or not. */
export function esdsOf({ flags = 0, fields = '', length }: EsdsFields = {}): Uint8Array {
  const specific = joined([0x05, 0x02, 0x12, 0x10]);
  const config = joined([0x04, 0x80, 0x80, 0x80, 13 + specific.length], [0x40], zeros(12), specific);
  const stream = joined(be16(1), [flags], fields, config, [0x06, 0x01, 0x02]);
  return fullBoxOf('esds', 0, [0x03, length ?? stream.length], stream);
}

/** What a test changes of a stream's description. */
export interface EsdsFields {
  readonly flags?: number;
  readonly fields?: Piece;
  readonly length?: number;
}

/** A sample entry of a picture track. */
export function visualEntryOf(
  type: string,
  width: number,
  height: number,
  ...boxes: readonly Piece[]
): Uint8Array {
  return boxOf(type, zeros(24), be16(width), be16(height), zeros(50), ...boxes);
}

/** A sample entry of a sound track; from version 1 on QuickTime adds fields. */
export function audioEntryOf(type: string, version: number, ...boxes: readonly Piece[]): Uint8Array {
  const more = zeros([0, 16, 36][version] ?? 0);
  return boxOf(type, zeros(8), be16(version), zeros(18), more, ...boxes);
}

/** What a test puts into an otherwise ordinary film. */
export interface FilmParts {
  /** In place of the box that tells the brands. */
  readonly brands?: Piece;
  readonly timescale?: number;
  /** In place of the sample entry. */
  readonly entry?: Piece;
  /** Boxes beside the sample tables, in the `moov`, its `udta`, the list of its tags, and at the end of the file. */
  readonly tables?: Piece;
  readonly moov?: Piece;
  readonly udta?: Piece;
  readonly ilst?: Piece;
  readonly end?: Piece;
}

/** A film as phones record it, of one sample. */
export function filmOf(parts: FilmParts = {}): Uint8Array {
  const { timescale = 1000, tables = '', moov = '', udta = '', ilst = '', end = '' } = parts;
  const entry = parts.entry ?? visualEntryOf('mp4v', 176, 144, esdsOf());
  const stbl = boxOf(
    'stbl',
    tableOf('stsd', 1, entry),
    tableOf('stts', 1, be32(1), be32(40)),
    tableOf('stsc', 1, be32(1), be32(1), be32(1)),
    fullBoxOf('stsz', 0, be32(0), be32(1), be32(4)),
    tableOf('stco', 1, be32(0)),
    tables,
  );
  const minf = boxOf('minf', boxOf('dinf', tableOf('dref', 1, fullBoxOf('url ', 1))), stbl);
  const mdia = boxOf('mdia', fullBoxOf('mdhd', 0, be32(0), be32(0), be32(timescale), zeros(8)), minf);
  const trak = boxOf('trak', fullBoxOf('tkhd', 7, zeros(80)), mdia);
  const mvhd = fullBoxOf('mvhd', 0, be32(0), be32(0), be32(timescale), zeros(84));
  const title = fullBoxOf('titl', 0, be16(0x15c7), 'Film\0');
  const tags = fullBoxOf(
    'meta',
    0,
    fullBoxOf('hdlr', 0, zeros(20)),
    boxOf('ilst', tagOf('©nam', 'Film'), ilst),
  );
  return joined(
    parts.brands ?? brandsOf('3gp4', 'isom'),
    boxOf('moov', mvhd, trak, boxOf('udta', title, tags, udta, zeros(4)), moov),
    boxOf('mdat', 'data'),
    end,
  );
}

/** A tag as iTunes writes them. */
export function tagOf(type: string, value: Piece): Uint8Array {
  return boxOf(type, boxOf('data', be32(1), be32(0), value));
}

/** A HEIF picture of this size, without the picture. */
export function pictureOf(width: number, height: number): Uint8Array {
  const size = fullBoxOf('ispe', 0, be32(width), be32(height));
  const properties = boxOf('iprp', boxOf('ipco', size), fullBoxOf('ipma', 0, be32(0)));
  return joined(brandsOf('heic', 'mif1'), fullBoxOf('meta', 0, fullBoxOf('hdlr', 0, zeros(20)), properties));
}
