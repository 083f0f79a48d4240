import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { gunzip, isGzip, SVG_INFLATED_OCTETS_MAX } from '../../src/inspection/svg-gzip.ts';
import { inflateRaw } from '../../src/scanning/content-encoding.ts';
import { joined, type Piece } from '../support/sample-octets.ts';

const HEADER = gzipSync('hello').subarray(0, 10);
const BODY = gzipSync('hello').subarray(10);

/** A gzip file with these flags, and the fields that they announce. */
const withFields = (flags: number, ...fields: readonly Piece[]): Octets =>
  new Octets(joined(HEADER.subarray(0, 3), [flags], HEADER.subarray(4), ...fields, BODY));

const textIn = (octets: Octets): string => {
  const result = gunzip(octets, inflateRaw);
  return result.kind === 'inflated' ? new TextDecoder().decode(result.bytes) : result.kind;
};

describe('gzip', () => {
  it.each<[string, Octets]>([
    ['no field', withFields(0)],
    ['an extra field', withFields(0x04, [3, 0], 'abc')],
    ['a name', withFields(0x08, 'a.svg\0')],
    ['a comment', withFields(0x10, 'by a\0')],
    ['a checksum of the header', withFields(0x02, [1, 2])],
    ['all fields', withFields(0x1e, [1, 0], 'a', 'n\0', 'c\0', [1, 2])],
    ['text flagged', withFields(0x01)],
  ])('is undone with %s in its header', (_, octets) => {
    expect(isGzip(octets)).toBe(true);
    expect(textIn(octets)).toBe('hello');
  });

  it.each<[string, Octets]>([
    ['its magic alone', new Octets(HEADER.subarray(0, 3))],
    ['its header alone', new Octets(HEADER)],
    ['an extra field longer than the file', withFields(0x04, [255, 255])],
    [
      'an extra field cut in its length',
      new Octets(joined(HEADER.subarray(0, 3), [4], HEADER.subarray(4), [1])),
    ],
    ['a name without end', new Octets(joined(HEADER.subarray(0, 3), [8], HEADER.subarray(4), 'name'))],
    ['data that is none', new Octets(joined(HEADER, [0xff, 0xff, 0xff]))],
  ])('is broken with %s', (_, octets) => {
    expect(textIn(octets)).toBe('broken');
  });

  it('comes to 1 MiB, and no more', () => {
    const compressed = (length: number): Octets => new Octets(gzipSync(Buffer.alloc(length)));
    expect(textIn(compressed(SVG_INFLATED_OCTETS_MAX))).toHaveLength(SVG_INFLATED_OCTETS_MAX);
    expect(textIn(compressed(SVG_INFLATED_OCTETS_MAX + 1))).toBe('over-limit');
  });

  it('is told by its magic and method', () => {
    expect(isGzip(new Octets(joined([0x1f, 0x8b, 0x07])))).toBe(false);
    expect(isGzip(new Octets(joined('<svg')))).toBe(false);
  });
});
