import { describe, expect, it } from 'vitest';
import { walkBoxes, type Box } from '../../src/inspection/isobmff-boxes.ts';
import { hasUnknownVersion, readTable } from '../../src/inspection/isobmff-tables.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { fullBoxOf, largeBoxOf, tableOf } from '../support/isobmff-sample.ts';
import { boxOf } from '../support/media-samples.ts';
import { be16, be32, joined, zeros, type Piece } from '../support/sample-octets.ts';

function firstBox(bytes: Uint8Array): { readonly octets: Octets; readonly box: Box } {
  const octets = new Octets(bytes);
  for (const step of walkBoxes(octets)) if (step.kind === 'box') return { octets, box: step.box };
  throw new Error('no box');
}

function tableIn(bytes: Uint8Array): ReturnType<typeof readTable> {
  const { octets, box } = firstBox(bytes);
  return readTable(octets, box);
}

/** A table by what stands before its entries, with the size of an entry. */
type Row = readonly [string, (count: number) => Piece, number];

const plain = (count: number): Piece => joined(be32(0), be32(count));
const worded =
  (word: number, before: Piece = ''): Row[1] =>
  (count) =>
    joined(be32(word), before, be32(count));

const ROWS: readonly Row[] = [
  ['stts', plain, 8],
  ['ctts', plain, 8],
  ['stsc', plain, 12],
  ['stss', plain, 4],
  ['stps', plain, 4],
  ['stsh', plain, 8],
  ['stco', plain, 4],
  ['co64', plain, 8],
  ['stsd', plain, 8],
  ['dref', plain, 8],
  ['elst', plain, 12],
  ['elst', worded(0x01000000), 20],
  ['stsz', worded(0, be32(0)), 4],
  ['stz2', worded(0, be32(8)), 1],
  ['stz2', worded(0, be32(16)), 2],
  ['sbgp', worded(0, 'roll'), 8],
  ['sbgp', worded(0x01000000, joined('roll', be32(0))), 8],
  ['saiz', worded(0, [0]), 1],
  ['saiz', worded(1, joined(zeros(8), [0])), 1],
  ['saio', worded(0), 4],
  ['saio', worded(0x01000001, zeros(8)), 8],
  ['sidx', (count) => joined(be32(0), zeros(18), be16(count)), 12],
  ['sidx', (count) => joined(be32(0x01000000), zeros(26), be16(count)), 12],
  ['trun', (count) => joined(be32(0x000f05), be32(count), zeros(8)), 16],
  ['trun', (count) => joined(be32(0x000101), be32(count), zeros(4)), 4],
  ['tfra', worded(0, joined(be32(1), be32(0))), 11],
  ['tfra', worded(0x01000000, joined(be32(1), be32(0x3f))), 28],
];

describe('a table', () => {
  it.each(ROWS)('%s fits its box with all its entries, and no more', (type, before, entryBytes) => {
    const entries = zeros(3 * entryBytes);
    expect(tableIn(boxOf(type, before(3), entries))).toEqual({ bytes: entries.length, fits: true });
    expect(tableIn(boxOf(type, before(4), entries))).toEqual({ bytes: 4 * entryBytes, fits: false });
    expect(tableIn(boxOf(type, before(3), zeros(entries.length - 1)))?.fits).toBe(false);
  });

  it.each(['stts', 'stsc', 'co64'])('%s whose octets would wrap around in 32 bits does not fit', (type) => {
    expect(tableIn(tableOf(type, 0x15555556))?.fits).toBe(false);
    expect(tableIn(tableOf(type, 0x20000000))?.fits).toBe(false);
  });

  it('of samples of one size has no entries, whatever it counts', () => {
    expect(tableIn(fullBoxOf('stsz', 0, be32(160), be32(0xffffffff)))).toEqual({ bytes: 0, fits: true });
    expect(tableIn(fullBoxOf('saiz', 0, [8], be32(0xffffffff)))).toEqual({ bytes: 0, fits: true });
  });

  it('of sizes of four bits fills its last octet', () => {
    const sizes = (count: number): Uint8Array => fullBoxOf('stz2', 0, be32(4), be32(count), zeros(2));
    expect([3, 4, 5].map((count) => tableIn(sizes(count))?.fits)).toEqual([true, true, false]);
  });

  it('fits a box with a size of 64 bits', () => {
    expect(tableIn(largeBoxOf('stco', be32(0), be32(1), be32(9)))?.fits).toBe(true);
    expect(tableIn(largeBoxOf('stco', be32(0), be32(2), be32(9)))?.fits).toBe(false);
  });

  it('that is cut off before its count is not judged', () => {
    for (const [type, before] of ROWS) {
      const whole = boxOf(type, before(1), zeros(40));
      for (let length = 8; length < 40; length += 1) {
        expect(tableIn(whole.subarray(0, length))?.fits).toBe(true);
      }
    }
  });

  it('is none in another box', () => {
    expect(tableIn(boxOf('free', zeros(8)))).toBeUndefined();
  });
});

describe('the version of a sample table', () => {
  it.each([
    ['stts', 0, false],
    ['stts', 0x01000000, true],
    ['ctts', 0x01000000, false],
    ['ctts', 0x02000000, true],
    ['stsc', 1, true],
    ['elst', 0x01000000, false],
    ['sbgp', 0x05000001, false],
  ])('%s %i is not specified: %s', (type, word, expected) => {
    const { octets, box } = firstBox(fullBoxOf(type, word, be32(0)));
    expect(hasUnknownVersion(octets, box)).toBe(expected);
  });
});
