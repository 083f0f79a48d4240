/** Samples that are easier to write as text. */
import { joined, type Piece } from '../support/sample-octets.ts';

/** Text as UTF-8. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A copy with one text of one octet a character, which must occur, written as another of the same length. */
export function respelled(original: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(original).toString('latin1');
  if (from.length !== to.length || !text.includes(from)) throw new Error(`cannot respell ${from}`);
  return joined(text.replaceAll(from, to));
}

/** The pieces, again and again, up to exactly `length` octets. */
export function repeated(length: number, ...pieces: readonly Piece[]): Uint8Array {
  return new Uint8Array(Buffer.alloc(length, joined(...pieces)));
}
