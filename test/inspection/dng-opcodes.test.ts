import { describe, expect, it } from 'vitest';
import { DNG_OPCODES_MAX, opcodeFaults, type OpcodeList } from '../../src/inspection/dng-opcodes.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { be32, joined, zeros } from '../support/sample-octets.ts';
import { areaOf, opcodeListOf, opcodeOf } from '../support/tiff-sample.ts';

const WARP = 1;
const TRIM_BOUNDS = 6;
const GAIN_MAP = 9;
const DELTA_PER_COLUMN = 11;

const PICTURE = { width: 40, height: 20, planes: 1 };
const faults = (bytes: Uint8Array, changes: Partial<OpcodeList> = {}): readonly string[] => {
  const list = { offset: 0, length: bytes.length, ...PICTURE, ...changes };
  return [...opcodeFaults(new Octets(bytes), list)].map(({ kind, offset }) => `${kind}@${offset}`);
};
const area = (...given: Parameters<typeof areaOf>): Uint8Array =>
  opcodeListOf([opcodeOf(GAIN_MAP, areaOf(...given))]);

describe('opcodeFaults', () => {
  it('has nothing to say of ordinary lists', () => {
    const gainMap = opcodeOf(GAIN_MAP, joined(areaOf([0, 0, 20, 40], [0, 1]), zeros(50)));
    const lists = [[], [opcodeOf(WARP, zeros(68))], [gainMap, gainMap, gainMap, gainMap], [opcodeOf(99)]];
    for (const list of lists) expect(faults(opcodeListOf(list))).toEqual([]);
  });

  it('draws the line of CVE-2025-21043 at a million operations', () => {
    expect(faults(opcodeListOf([], DNG_OPCODES_MAX))).toEqual(['chain@0']);
    expect(faults(opcodeListOf([], DNG_OPCODES_MAX + 1))).toEqual(['count@0']);
  });

  it.each([
    ['more operations than are there', opcodeListOf([opcodeOf(WARP)], 2)],
    ['fewer operations than are there', opcodeListOf([opcodeOf(WARP), opcodeOf(WARP)], 1)],
    ['parameters past the end of the list', opcodeListOf([opcodeOf(WARP, zeros(8), 9)])],
    ['parameters of 4 GiB', opcodeListOf([opcodeOf(WARP, zeros(8), 0xffffffff)])],
    ['half a header', joined(opcodeListOf([opcodeOf(WARP)], 2), zeros(15))],
    ['octets behind the last operation', joined(opcodeListOf([opcodeOf(WARP)]), [0])],
  ])('demands that the operations end where the list does: %s', (_, bytes) => {
    expect(faults(bytes)).toEqual(['chain@0']);
  });

  it.each<[Parameters<typeof areaOf>, readonly string[]]>([
    [
      [
        [0, 0, 20, 40],
        [0, 1],
      ],
      [],
    ],
    [
      [
        [5, 5, 5, 5],
        [0, 1],
      ],
      [],
    ],
    [
      [
        [0, 0, 20, 40],
        [0, 2],
      ],
      ['plane@4'],
    ],
    [
      [
        [0, 0, 20, 40],
        [1, 1],
      ],
      ['plane@4'],
    ],
    [
      [
        [0, 0, 20, 40],
        [0xffffffff, 0xffffffff],
      ],
      ['plane@4'],
    ],
    [
      [
        [0, 0, 21, 40],
        [0, 1],
      ],
      ['area@4'],
    ],
    [
      [
        [0, 0, 20, 41],
        [0, 1],
      ],
      ['area@4'],
    ],
    [
      [
        [2, 0, 1, 40],
        [0, 1],
      ],
      ['area@4'],
    ],
    [
      [
        [0, 2, 20, 1],
        [0, 1],
      ],
      ['area@4'],
    ],
  ])('keeps operations on the picture: %j', (given, expected) => {
    expect(faults(area(...given))).toEqual(expected);
  });

  it('counts planes by the picture', () => {
    expect(faults(area([0, 0, 20, 40], [2, 1]), { planes: 3 })).toEqual([]);
    expect(faults(area([0, 0, 20, 40], [3, 1]), { planes: 3 })).toEqual(['plane@4']);
  });

  it('checks every operation on an area, and the bounds to trim to', () => {
    const outside = areaOf([0, 0, 21, 40], [0, 1]);
    for (const id of [TRIM_BOUNDS, 7, 8, GAIN_MAP, 10, DELTA_PER_COLUMN, 12, 13]) {
      expect(faults(opcodeListOf([opcodeOf(WARP), opcodeOf(id, outside)]))).toEqual(['area@20']);
    }
    expect(faults(opcodeListOf([opcodeOf(WARP, outside)]))).toEqual([]);
  });

  it('looks at the count alone where the file ends before the list', () => {
    const list = opcodeListOf([opcodeOf(WARP)]);
    expect(faults(list, { length: list.length + 1 })).toEqual([]);
    expect(faults(joined(be32(DNG_OPCODES_MAX + 1)), { length: 1000 })).toEqual(['count@0']);
    expect(faults(zeros(3), { length: 1000 })).toEqual([]);
  });
});
