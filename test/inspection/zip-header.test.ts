import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import {
  EXTRA_FIELDS_MAX,
  headersDisagree,
  isEncrypted,
  readDirectoryHeader,
  readLocalHeader,
  type ZipHeader,
} from '../../src/inspection/zip-header.ts';
import { joined, le16, le64, type Piece } from '../support/sample-octets.ts';
import { zipOf, type SampleMember } from '../support/zip-sample.ts';

const SATURATED = 0xffffffff;
const member: SampleMember = { name: 'a.txt', content: 'hello', method: 0 };
const localOf = (changes: Partial<SampleMember>): ZipHeader | undefined =>
  readLocalHeader(new Octets(zipOf([{ ...member, ...changes }])), 0);

describe('a local header', () => {
  it('gives the fields of the member, and where its data start', () => {
    const header = localOf({ local: { flags: 8, extra: joined(le16(7), le16(1), 'x') } });
    expect(header).toMatchObject({
      flags: 8,
      method: 0,
      crc: 0x3610a686,
      compressedSize: 5,
      size: 5,
      isZip64: false,
    });
    expect(Buffer.from(header!.name).toString()).toBe('a.txt');
    expect(header?.end).toBe(30 + 5 + 5);
  });

  it('is not there without its signature, or when it is cut', () => {
    const zip = zipOf([member]);
    expect(readLocalHeader(new Octets(zip), 1)).toBeUndefined();
    expect(readLocalHeader(new Octets(zip.subarray(0, 34)), 0)).toBeUndefined();
    expect(readLocalHeader(new Octets(zip.subarray(0, 35)), 0)).toBeDefined();
    expect(readLocalHeader(new Octets(zip), -1)).toBeUndefined();
  });
});

describe('the 64-bit numbers of a header', () => {
  const wide = (...numbers: number[]): Piece =>
    joined(le16(1), le16(8 * numbers.length), ...numbers.map(le64));

  it('stand for the saturated fields, in their order', () => {
    const narrow = { size: SATURATED, compressedSize: SATURATED };
    expect(localOf({ local: { ...narrow, extra: wide(6e9, 5e9) } })).toMatchObject({
      size: 6e9,
      compressedSize: 5e9,
      isZip64: true,
    });
  });

  it('stand for the offset too, in the directory', () => {
    const zip = zipOf([{ ...member, directory: { localOffset: SATURATED, extra: wide(7e9) } }]);
    const at = new Octets(zip).indexOf('PK\x01\x02');
    expect(readDirectoryHeader(new Octets(zip), at)).toMatchObject({ size: 5, localOffset: 7e9 });
  });

  it('are left aside for fields that are not saturated', () => {
    expect(localOf({ local: { extra: wide(6e9) } })).toMatchObject({ size: 5, compressedSize: 5 });
  });

  it.each<[string, Piece]>([
    ['is shorter than it says', joined(le16(1), le16(16), le64(6e9))],
    ['has no number', joined(le16(1), le16(0))],
  ])('leave a field saturated when the extra field %s', (_, extra) => {
    expect(localOf({ local: { size: SATURATED, extra } })).toMatchObject({ size: SATURATED });
  });

  it('are found among so many extra fields, and no more', () => {
    const empty = joined(le16(7), le16(0));
    const after = (count: number): number | undefined =>
      localOf({ local: { size: SATURATED, extra: joined(...Array<Piece>(count).fill(empty), wide(6e9)) } })
        ?.size;
    expect(after(EXTRA_FIELDS_MAX - 1)).toBe(6e9);
    expect(after(EXTRA_FIELDS_MAX)).toBe(SATURATED);
  });
});

describe('a member is encrypted', () => {
  it.each([
    [{}, false],
    [{ flags: 0x0001 }, true],
    [{ flags: 0x2000 }, true],
    [{ flags: 0x0808 }, false],
    [{ method: 99 }, true],
  ])('with %j: %s', (local, expected) => {
    expect(isEncrypted(localOf({ local })!)).toBe(expected);
  });
});

describe('two headers of one member', () => {
  const directory = localOf({})!;

  it.each([
    [{ name: 'b.txt' }, true],
    [{ name: 'a.txt.' }, true],
    [{ method: 8 }, true],
    [{ flags: 1 }, true],
    [{ crc: 1 }, true],
    [{ compressedSize: 4 }, true],
    [{ size: 6 }, true],
    [{ size: 0 }, true],
    [{ flags: 8, size: 6 }, true],
    [{ flags: 8, crc: 0, size: 0, compressedSize: 0 }, false],
    [{ flags: 0x0800 }, false],
    [{ extra: joined(le16(7), le16(0)) }, false],
  ])('disagree where the local one has %j: %s', (local, expected) => {
    expect(headersDisagree(directory, localOf({ local })!)).toBe(expected);
  });
});
