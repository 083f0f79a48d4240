import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { END_SEARCH_BYTES, findEnds } from '../../src/inspection/zip-end.ts';
import { joined, zeros } from '../support/sample-octets.ts';
import { ORDINARY_ZIP, zipOf, type SampleEnd } from '../support/zip-sample.ts';

const member = { name: 'a.txt', content: 'hello', method: 0 };
const endsOf = (bytes: Uint8Array) => findEnds(new Octets(bytes));
const endsWith = (end: SampleEnd) => endsOf(zipOf([member], end));

describe('the end record of an archive', () => {
  it('leads to the directory', () => {
    expect(endsWith({ comment: 'so' })).toEqual([
      {
        offset: 91,
        end: 115,
        entries: 1,
        directoryOffset: 40,
        directoryEnd: 91,
        base: 0,
        isZip64: false,
        isAmbiguous: false,
      },
    ]);
  });

  it('leads to the directory from behind a prefix, by which offsets are moved', () => {
    expect(endsWith({ prefix: zeros(10) })).toMatchObject([{ directoryOffset: 50, base: 10 }]);
  });

  it('leads by its offset where something stands after the directory', () => {
    const zip = ORDINARY_ZIP;
    const start = zip.length - 22;
    const spread = joined(zip.subarray(0, start), zeros(4), zip.subarray(start));
    expect(endsOf(spread)).toMatchObject([
      { offset: start + 4, directoryEnd: start, base: 0, isAmbiguous: false },
    ]);
  });

  it('is that of an archive without members only where it is all that there is', () => {
    expect(endsOf(zipOf([]))).toMatchObject([{ offset: 0, entries: 0, end: 22 }]);
    expect(endsOf(joined('x', zipOf([])))).toEqual([]);
  });

  it.each<[string, Uint8Array]>([
    ['no directory before it', joined(zeros(80), ORDINARY_ZIP.subarray(-22))],
    ['only four octets of it', joined(zeros(80), 'PK\x05\x06')],
    ['no record', ORDINARY_ZIP.subarray(0, -22)],
    ['nothing', zeros(0)],
  ])('is none when there is %s', (_, bytes) => {
    expect(endsOf(bytes)).toEqual([]);
  });

  it('is searched as far back as the longest comment reaches, and no further', () => {
    const trailing = (length: number): number => endsWith({ trailing: zeros(length) }).length;
    expect(trailing(END_SEARCH_BYTES - 22)).toBe(1);
    expect(trailing(END_SEARCH_BYTES - 21)).toBe(0);
  });

  it('is one of several when a comment holds a whole archive, the last first', () => {
    const ends = endsWith({ comment: ORDINARY_ZIP });
    expect(ends.map(({ entries }) => entries)).toEqual([2, 1]);
  });
});

describe('an end record is ambiguous', () => {
  it('when a directory stands before it and another where it points', () => {
    const decoy = zipOf([{ name: 'b.txt', content: 'other' }]);
    const at = new Octets(decoy).indexOf('PK\x01\x02');
    expect(endsWith({ prefix: decoy, directoryOffset: at })[0]).toMatchObject({ isAmbiguous: true });
  });

  it.each<[string, SampleEnd, boolean]>([
    ['the same numbers', { zip64: {} }, false],
    ['saturated numbers', { zip64: {}, entries: 0xffff, directoryOffset: 0xffffffff }, false],
    ['other numbers', { zip64: {}, entries: 2 }, true],
  ])('or not, when it has %s as the 64-bit record', (_, end, isAmbiguous) => {
    expect(endsWith(end)).toMatchObject([{ isZip64: true, entries: 1, isAmbiguous }]);
  });

  it('not when the 64-bit record is moved by a prefix', () => {
    const end = { zip64: {}, prefix: zeros(9) };
    expect(endsWith(end)).toMatchObject([{ isZip64: true, base: 9, isAmbiguous: false }]);
  });
});
