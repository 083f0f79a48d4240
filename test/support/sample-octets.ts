/** Octets of samples, in the words of binary formats. */

/** Some octets: a text (each character below U+0100 is one octet), numbers of one octet each, or octets. */
export type Piece = string | Uint8Array | readonly number[];

/** The pieces one after the other. */
export function joined(...pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(pieces.map(octetsOf)));
}

function octetsOf(piece: Piece): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Uint8Array.from(piece);
}

/** A number of 16 bits, the high octet first. */
export const be16 = (value: number): number[] => bigEndian(value, 2);
/** A number of 32 bits, the high octet first. */
export const be32 = (value: number): number[] => bigEndian(value, 4);
/** A number of 64 bits, the high octet first. */
export const be64 = (value: number): number[] => bigEndian(value, 8);
/** A number of 16 bits, the low octet first. */
export const le16 = (value: number): number[] => bigEndian(value, 2).reverse();
/** A number of 32 bits, the low octet first. */
export const le32 = (value: number): number[] => bigEndian(value, 4).reverse();
/** A number of 64 bits, the low octet first. */
export const le64 = (value: number): number[] => bigEndian(value, 8).reverse();

function bigEndian(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);
}

/** So many zero octets. */
export const zeros = (length: number): Uint8Array => new Uint8Array(length);

/** A copy with other octets at `offset`. */
export function patched(bytes: Uint8Array, offset: number, piece: Piece): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(octetsOf(piece), offset);
  return copy;
}
