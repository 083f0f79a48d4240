/** The records at the end of a ZIP archive, from which readers find everything else (APPNOTE 4.3.14 to 4.3.16). */
import type { Octets } from './octets.ts';
import { DIRECTORY_SIGNATURE } from './zip-header.ts';

/** An end record that leads to a directory. */
export interface ZipEnd {
  /** Where the record starts, and where its comment ends. */
  readonly offset: number;
  readonly end: number;
  /** Members that it declares. */
  readonly entries: number;
  /** Where the directory is, counted from the start of the part. */
  readonly directoryOffset: number;
  readonly directoryEnd: number;
  /** Octets before the archive's own beginning: what its offsets have to be moved by. */
  readonly base: number;
  readonly isZip64: boolean;
  /** Whether there is another directory where its 32-bit numbers or its bare offset point: readers would choose differently. */
  readonly isAmbiguous: boolean;
}

/** First octets of the end record. */
export const END_SIGNATURE = 'PK\x05\x06';

/** An end record with the longest comment: readers search no further back from the end than this. */
export const END_SEARCH_BYTES = 22 + 0xffff;

const END_LENGTH = 22;
const LOCATOR_LENGTH = 20;
const ZIP64_END_LENGTH = 56;

/** Every end record near the end of the part that leads to a directory, the last first. */
export function findEnds(octets: Octets): readonly ZipEnd[] {
  const ends: ZipEnd[] = [];
  let at = octets.indexOf(END_SIGNATURE, octets.length - END_SEARCH_BYTES);
  while (at >= 0) {
    const end = readEnd(octets, at);
    if (end) ends.push(end);
    at = octets.indexOf(END_SIGNATURE, at + 1);
  }
  return ends.reverse();
}

/** The numbers of an end record, of either width. */
interface Directory {
  readonly entries: number;
  readonly length: number;
  readonly offset: number;
}

function readEnd(octets: Octets, at: number): ZipEnd | undefined {
  const fixed = octets.view(at, END_LENGTH);
  if (!fixed) return undefined;
  const narrow = {
    entries: fixed.getUint16(10, true),
    length: fixed.getUint32(12, true),
    offset: fixed.getUint32(16, true),
  };
  const wide = readZip64End(octets, at - LOCATOR_LENGTH);
  const directory = wide ?? narrow;
  const place = placeOf(octets, directory, wide?.recordOffset ?? at);
  if (!place) return undefined;
  return {
    offset: at,
    end: Math.min(at + END_LENGTH + fixed.getUint16(20, true), octets.length),
    entries: directory.entries,
    directoryOffset: place.offset,
    directoryEnd: place.offset + directory.length,
    base: place.offset - directory.offset,
    isZip64: wide !== undefined,
    isAmbiguous: place.isAmbiguous || (wide !== undefined && contradicts(narrow, wide)),
  };
}

/**
 * The directory stands right before the end record, or else where the offset says. It may stand at both places only when
 * they are one. An archive without members is its end record alone.
 */
function placeOf(
  octets: Octets,
  { entries, length, offset }: Directory,
  recordOffset: number,
): { readonly offset: number; readonly isAmbiguous: boolean } | undefined {
  const adjacent = recordOffset - length;
  if (recordOffset === 0 && entries === 0) return { offset: 0, isAmbiguous: false };
  const isThere = (place: number): boolean => octets.startsWith(DIRECTORY_SIGNATURE, place);
  if (isThere(adjacent)) return { offset: adjacent, isAmbiguous: offset !== adjacent && isThere(offset) };
  return isThere(offset) && offset < recordOffset ? { offset, isAmbiguous: false } : undefined;
}

/** The ZIP64 end record that the locator at `at` leads to, or that stands right before it where a prefix moved it. */
function readZip64End(
  octets: Octets,
  at: number,
): (Directory & { readonly recordOffset: number }) | undefined {
  const locator = octets.view(at, LOCATOR_LENGTH);
  if (!locator || !octets.startsWith('PK\x06\x07', at)) return undefined;
  const places = [Number(locator.getBigUint64(8, true)), at - ZIP64_END_LENGTH];
  const recordOffset = places.find((place) => octets.startsWith('PK\x06\x06', place));
  if (recordOffset === undefined) return undefined;
  const record = octets.view(recordOffset, ZIP64_END_LENGTH);
  if (!record) return undefined;
  const wide = (field: number): number => Number(record.getBigUint64(field, true));
  return { entries: wide(32), length: wide(40), offset: wide(48), recordOffset };
}

/** Readers without ZIP64 go by the narrow numbers: each must be the wide one, or saturated. */
function contradicts(narrow: Directory, wide: Directory): boolean {
  return (
    (narrow.entries !== wide.entries && narrow.entries !== 0xffff) ||
    (narrow.length !== wide.length && narrow.length !== 0xffffffff) ||
    (narrow.offset !== wide.offset && narrow.offset !== 0xffffffff)
  );
}
