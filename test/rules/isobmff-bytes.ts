/** A film that is right in every box that rules look at, and the boxes to make others of. */
import { boxOf } from '../support/media-samples.ts';
import { be32, joined, zeros, type Piece } from '../support/sample-octets.ts';

/** A box that says another size than it has. */
export const boxOfSize = (size: number, type: string, ...body: readonly Piece[]): Uint8Array =>
  joined(be32(size), type, ...body);

/** The first box of a 3GP film, or of another brand. */
export const fileType = (brand = '3gp4'): Uint8Array => boxOf('ftyp', brand, zeros(4), brand, 'isom');

/** A sample table inside the boxes that lead to it. */
export const inTrack = (...tables: readonly Piece[]): Uint8Array =>
  boxOf('moov', boxOf('trak', boxOf('mdia', boxOf('minf', boxOf('stbl', ...tables)))));

/** A table with flags 0, a count, and that many entries of `entrySize` zero octets. */
export const tableOf = (type: string, entrySize: number, count: number): Uint8Array =>
  boxOf(type, zeros(4), be32(count), zeros(entrySize * count));

/** A film. The pieces follow its media data. */
export const film = (...more: readonly Piece[]): Uint8Array =>
  joined(fileType(), boxOf('mdat', zeros(64)), ...more);

/** Every table that rules look at, full to the last octet of its box. */
export const FULL_TABLES = joined(
  boxOf('stsd', zeros(4), be32(1), boxOf('s263', zeros(70))),
  tableOf('stsc', 12, 3),
  tableOf('stts', 8, 2),
  tableOf('ctts', 8, 2),
  tableOf('stss', 4, 5),
  tableOf('stco', 4, 3),
  tableOf('co64', 8, 3),
  boxOf('stsz', zeros(8), be32(6), zeros(24)),
  boxOf('stz2', zeros(7), [4], be32(3), zeros(2)),
);

const LANGUAGE = [0x15, 0xc7];

/** A film with a track and metadata. */
export const ORDINARY_FILM = film(
  inTrack(FULL_TABLES),
  boxOf('udta', boxOf('titl', zeros(4), LANGUAGE, 'Home\0'), boxOf('auth', zeros(4), LANGUAGE, 'Me\0')),
);
