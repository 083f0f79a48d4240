/** What the sniffers share: the row of a format, and reading numbers that may not be there. */
import type { FamilyName } from './media-families.ts';
import type { Octets } from './octets.ts';

/** What content is. */
export interface Sniffed {
  /** Its media type: a fixed word of a table, never text of the message. '' when nothing is recognised. */
  readonly mediaType: string;
  readonly family: FamilyName | undefined;
  /** The format inside the family: a short fixed word, '' when nothing is recognised. */
  readonly format: string;
}

/** Looks for some formats; undefined when it is none of them. Bounded whatever the length of the octets, and never throws. */
export type Sniffer = (octets: Octets) => Sniffed | undefined;

/** One format, and how its octets show it. */
export interface FormatRow extends Sniffed {
  readonly matches: (octets: Octets) => boolean;
}

/** A sniffer by a table: the first row that matches. */
export function sniffByTable(rows: readonly FormatRow[]): Sniffer {
  return (octets) => rows.find(({ matches }) => matches(octets));
}

/** A row that is told by characters (each below U+0100) at a place. */
export function magic(sniffed: Sniffed, characters: string | readonly string[], offset = 0): FormatRow {
  const choices = typeof characters === 'string' ? [characters] : characters;
  return { ...sniffed, matches: (octets) => choices.some((choice) => octets.startsWith(choice, offset)) };
}

// Numbers outside the octets are NaN, which compares false with everything: what is cut off matches nothing.

/** The octet at `at`; NaN outside. */
export function u8(octets: Octets, at: number): number {
  return octets.octet(at) ?? Number.NaN;
}

/** Two octets, big-endian; NaN outside. */
export function u16be(octets: Octets, at: number): number {
  return octets.view(at, 2)?.getUint16(0) ?? Number.NaN;
}

/** Two octets, little-endian; NaN outside. */
export function u16le(octets: Octets, at: number): number {
  return octets.view(at, 2)?.getUint16(0, true) ?? Number.NaN;
}

/** Four octets, big-endian; NaN outside. */
export function u32be(octets: Octets, at: number): number {
  return octets.view(at, 4)?.getUint32(0) ?? Number.NaN;
}

/** Four octets, little-endian; NaN outside. */
export function u32le(octets: Octets, at: number): number {
  return octets.view(at, 4)?.getUint32(0, true) ?? Number.NaN;
}

/** True from `low` to `high`, both included. */
export function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
