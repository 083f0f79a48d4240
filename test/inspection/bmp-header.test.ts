import { describe, expect, it } from 'vitest';
import { readBmpHeader } from '../../src/inspection/bmp-header.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { bmpOf } from '../support/bmp-sample.ts';
import { joined, le16, le32, patched, zeros } from '../support/sample-octets.ts';

const read = (bytes: Uint8Array) => readBmpHeader(new Octets(bytes));
const FILE = joined('BM', le32(99), le32(0), le32(88));

describe('readBmpHeader', () => {
  it('reads the usual header', () => {
    const bmp = bmpOf({
      width: 3,
      height: 2,
      bits: 8,
      compression: 1,
      dataLength: 7,
      colors: 4,
      dataOffset: 70,
    });
    expect(read(bmp)).toEqual({
      fileLength: 78,
      dataOffset: 70,
      headerEnd: 54,
      width: 3,
      height: 2,
      bits: 8,
      compression: 1,
      dataLength: 7,
      colors: 4,
      profileEnd: 0,
    });
  });

  it('reads the oldest header, whose numbers are of 16 bits', () => {
    const bmp = joined(FILE, le32(12), le16(65535), le16(2), le16(1), le16(24));
    expect(read(bmp)).toMatchObject({
      headerEnd: 26,
      width: 65535,
      height: 2,
      bits: 24,
      compression: 0,
      colors: 0,
    });
  });

  it('reads a header of OS/2 that leaves out its end', () => {
    const bmp = joined(FILE, le32(16), le32(70_000), le32(2), le16(1), le16(4));
    expect(read(bmp)).toMatchObject({
      headerEnd: 30,
      width: 70_000,
      height: 2,
      bits: 4,
      compression: 0,
      colors: 0,
    });
  });

  it('takes rows from the top for as many as from the bottom', () => {
    expect(read(bmpOf({ height: -2 }))?.height).toBe(2);
    expect(read(bmpOf({ height: -(2 ** 31) }))?.height).toBe(2 ** 31);
  });

  it('tells where the colour profile of the newest header ends', () => {
    const info = patched(patched(zeros(124), 0, le32(124)), 112, joined(le32(200), le32(50)));
    expect(read(joined(FILE, info))?.profileEnd).toBe(14 + 200 + 50);
    expect(read(joined(FILE, patched(info, 112, le32(0))))?.profileEnd).toBe(0);
  });

  it.each([
    ['the file header', FILE],
    ['the information header', bmpOf().subarray(0, 53)],
    ['an information header without any field', joined(FILE, le32(4))],
    ['an information header of any length', joined(FILE, le32(2 ** 32 - 1), zeros(100))],
  ])('is undefined when it is cut off: %s', (_, bytes) => {
    expect(read(bytes)).toBeUndefined();
  });
});
