/**
 * The counted tables of ISO base media files. Counts that are multiplied in 32 bits allocate too little and write too much
 * (CVE-2015-1538): what a table declares must fit its box.
 */
import type { Box } from './isobmff-boxes.ts';
import type { Octets } from './octets.ts';
import { u16be, u32be, u8 } from './sniff-format.ts';

/** All tables of a file together, as declared (AOSP 25df13515). */
export const TABLES_BYTES_MAX = 200 * 1024 * 1024;

/** What a table declares: octets before its entries, counted from the box's content, and of all its entries. */
interface TableSize {
  readonly fixed: number;
  readonly entries: number;
}

/**
 * Reads the size of a table whose box has its content at `at`. What is cut off is NaN: nothing then is declared, and
 * nothing is too long.
 */
type TableShape = (octets: Octets, at: number) => TableSize;

/** Most tables: version and flags, a count, and entries of one size. */
const entriesOf =
  (entryBytes: number): TableShape =>
  (octets, at) => ({ fixed: 8, entries: u32be(octets, at + 4) * entryBytes });

/** Sample tables (14496-12, 8.6 to 8.9), edits, and what fragments have. */
const TABLES: ReadonlyMap<string, TableShape> = new Map<string, TableShape>([
  ['stts', entriesOf(8)],
  ['ctts', entriesOf(8)],
  ['stsc', entriesOf(12)],
  ['stss', entriesOf(4)],
  ['stps', entriesOf(4)],
  ['stsh', entriesOf(8)],
  ['stco', entriesOf(4)],
  ['co64', entriesOf(8)],
  ['stsd', entriesOf(8)],
  ['dref', entriesOf(8)],
  ['elst', (octets, at) => entriesOf(u8(octets, at) === 1 ? 20 : 12)(octets, at)],
  ['stsz', sampleSizes],
  ['stz2', compactSampleSizes],
  ['sbgp', sampleGroups],
  ['saiz', auxiliarySizes],
  ['saio', auxiliaryOffsets],
  ['sidx', segmentIndex],
  ['trun', trackRun],
  ['tfra', fragmentAccess],
]);

/** With a size for all samples there is no table. */
function sampleSizes(octets: Octets, at: number): TableSize {
  const sharedSize = u32be(octets, at + 4);
  return { fixed: 12, entries: sharedSize > 0 ? 0 : u32be(octets, at + 8) * 4 };
}

function compactSampleSizes(octets: Octets, at: number): TableSize {
  return { fixed: 12, entries: Math.ceil((u32be(octets, at + 8) * u8(octets, at + 7)) / 8) };
}

function sampleGroups(octets: Octets, at: number): TableSize {
  const fixed = u8(octets, at) === 1 ? 16 : 12;
  return { fixed, entries: u32be(octets, at + fixed - 4) * 8 };
}

function auxiliarySizes(octets: Octets, at: number): TableSize {
  const start = auxiliaryStart(octets, at);
  const sharedSize = u8(octets, at + start);
  return { fixed: start + 5, entries: sharedSize > 0 ? 0 : u32be(octets, at + start + 1) };
}

function auxiliaryOffsets(octets: Octets, at: number): TableSize {
  const start = auxiliaryStart(octets, at);
  return { fixed: start + 4, entries: u32be(octets, at + start) * (u8(octets, at) === 0 ? 4 : 8) };
}

/** A type and its parameter stand first where a flag says so. */
function auxiliaryStart(octets: Octets, at: number): number {
  return hasFlag(octets, at, 1) ? 12 : 4;
}

function segmentIndex(octets: Octets, at: number): TableSize {
  const fixed = u8(octets, at) === 0 ? 24 : 32;
  return { fixed, entries: u16be(octets, at + fixed - 2) * 12 };
}

/** Fields of 4 octets that flags switch on: before the entries, and in each of them (8.8.8). */
const RUN_FIELD_FLAGS = [0x1, 0x4];
const RUN_ENTRY_FLAGS = [0x100, 0x200, 0x400, 0x800];

function trackRun(octets: Octets, at: number): TableSize {
  const bytesOf = (flags: readonly number[]): number =>
    flags.filter((flag) => hasFlag(octets, at, flag)).length * 4;
  return { fixed: 8 + bytesOf(RUN_FIELD_FLAGS), entries: u32be(octets, at + 4) * bytesOf(RUN_ENTRY_FLAGS) };
}

/** Three numbers of an entry have one to four octets each, as two bits for each say (8.8.10). */
function fragmentAccess(octets: Octets, at: number): TableSize {
  const lengths = u32be(octets, at + 8);
  const numbers = [lengths >>> 4, lengths >>> 2, lengths].reduce((sum, bits) => sum + (bits & 3) + 1, 0);
  return { fixed: 16, entries: u32be(octets, at + 12) * ((u8(octets, at) === 1 ? 16 : 8) + numbers) };
}

function hasFlag(octets: Octets, at: number, flag: number): boolean {
  return (u32be(octets, at) & flag) !== 0;
}

/** Octets that the table in a box declares, and whether they fit it; undefined for a box without a table. */
export function readTable(
  octets: Octets,
  box: Box,
): { readonly bytes: number; readonly fits: boolean } | undefined {
  const size = TABLES.get(box.type)?.(octets, box.bodyOffset);
  if (!size) return undefined;
  const { fixed, entries } = size;
  return { bytes: entries || 0, fits: !(box.bodyOffset + fixed + entries > box.end) };
}

/** The sample tables that AOSP takes only with flags 0, and the last version of each. */
const SAMPLE_TABLE_VERSIONS: ReadonlyMap<string, number> = new Map([
  ['stts', 0],
  ['ctts', 1],
  ['stsc', 0],
  ['stss', 0],
  ['stco', 0],
  ['co64', 0],
  ['stsz', 0],
  ['stz2', 0],
]);

/** Whether a sample table has a version or flags that the specification does not give it. */
export function hasUnknownVersion(octets: Octets, { type, bodyOffset }: Box): boolean {
  const last = SAMPLE_TABLE_VERSIONS.get(type);
  return last !== undefined && (u8(octets, bodyOffset) > last || hasFlag(octets, bodyOffset, 0xffffff));
}
