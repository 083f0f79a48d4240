import { describe, expect, it } from 'vitest';
import { findId3Problem, ID3_FRAMES_MAX, readId3Tag } from '../../src/inspection/id3-tag.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { frameOf, id3Of, latin1, ORDINARY_TAGS, syncsafe } from '../support/id3-sample.ts';
import { be16, be32, joined, zeros, type Piece } from '../support/sample-octets.ts';

/** The first problem of the tag as `kind@offset`, or undefined. */
function problemOf(bytes: Uint8Array): string | undefined {
  const octets = new Octets(bytes);
  const tag = readId3Tag(octets, 0);
  if (!tag) throw new Error('no tag');
  const problem = findId3Problem(octets, tag);
  return problem && `${problem.kind}@${problem.offset}`;
}

const title = frameOf('TIT2', latin1('Song'));
const title4 = frameOf('TIT2', latin1('Song'), { version: 4 });

describe('the header of a tag', () => {
  it('tells its version, its flags, its size and its end', () => {
    const bytes = joined('x', id3Of([zeros(200)], { version: 4, flags: 0x10 }));
    expect(readId3Tag(new Octets(bytes), 1)).toEqual({
      offset: 1,
      version: 4,
      flags: 0x10,
      size: 200,
      isSyncsafe: true,
      end: 1 + 10 + 200 + 10,
    });
  });

  it('has a footer only where the version knows one', () => {
    expect(readId3Tag(new Octets(id3Of([], { flags: 0x10 })), 0)?.end).toBe(10);
  });

  it('tells of a high bit in its size, which is masked', () => {
    const tag = readId3Tag(new Octets(id3Of([], { size: [0, 0, 0x81, 0x05] })), 0);
    expect(tag).toMatchObject({ size: 133, isSyncsafe: false });
  });

  it.each<[string, Uint8Array]>([
    ['another version', id3Of([], { version: 5 })],
    ['an older version', id3Of([], { version: 1 })],
    ['another magic', joined('IDX', zeros(7))],
    ['less than a header', id3Of([]).subarray(0, 9)],
  ])('is none: %s', (_, bytes) => {
    expect(readId3Tag(new Octets(bytes), 0)).toBeUndefined();
  });
});

describe('the frames of a tag', () => {
  it.each<[string, Uint8Array]>([
    ...ORDINARY_TAGS.map((tag, index): [string, Uint8Array] => [`version 2.${index + 2}`, tag]),
    ['nothing', id3Of([])],
    ['padding alone', id3Of([zeros(30)])],
    ['padding too short for a header', id3Of([title, zeros(3)])],
    ['a frame without content', id3Of([frameOf('TIT2', ''), title])],
    [
      'a frame without content that tells a length',
      id3Of([frameOf('TENC', '', { version: 4, flags: 1 })], { version: 4 }),
    ],
    [
      'a frame with the length of its data',
      id3Of([frameOf('TIT2', be32(9), { version: 4, flags: 1 })], { version: 4 }),
    ],
    [
      'the size that iTunes writes',
      id3Of([frameOf('APIC', zeros(200), { version: 4, size: be32(200) }), title4], { version: 4 }),
    ],
    [
      'such a size that may be read both ways',
      id3Of([frameOf('APIC', zeros(300), { version: 4, size: be32(300) }), title4], { version: 4 }),
    ],
    ['an extended header', id3Of([be32(6), zeros(6), title], { flags: 0x40 })],
    [
      'an extended header with padding',
      id3Of([be32(6), be16(0), be32(20), title, zeros(20)], { flags: 0x40 }),
    ],
    ['an extended header of 2.4', id3Of([syncsafe(6), [1, 0], title4], { flags: 0x40, version: 4 })],
    ['a flag for an extended header that is none', id3Of([title], { flags: 0x40 })],
    [
      'zeros stuffed in',
      id3Of([frameOf('APIC', joined([0xff, 0, 0xe0, 0xff, 0, 0]), { size: be32(4) }), title], {
        flags: 0x80,
      }),
    ],
  ])('have no problem with %s', (_, bytes) => {
    expect(problemOf(bytes)).toBeUndefined();
  });

  it.each<[string, string, Uint8Array]>([
    [
      'an extended header longer than the tag',
      'extended-header-overflow@10',
      id3Of([be32(7), zeros(6)], { flags: 0x40 }),
    ],
    [
      'one whose length wraps around',
      'extended-header-overflow@10',
      id3Of([be32(0xfffffffc), zeros(60)], { flags: 0x40 }),
    ],
    [
      'one of 2.4 longer than the tag',
      'extended-header-overflow@10',
      id3Of([syncsafe(11), zeros(6)], { flags: 0x40, version: 4 }),
    ],
    [
      'more padding than there is tag',
      'padding-overflow@10',
      id3Of([be32(6), be16(0), be32(21), zeros(20)], { flags: 0x40 }),
    ],
    ['a frame longer than the tag', 'frame-overflow@10', id3Of([frameOf('TIT2', 'abc', { size: be32(4) })])],
    [
      'a frame longer than the tag behind another',
      'frame-overflow@25',
      id3Of([title, frameOf('TPE1', '', { size: be32(0x7fffffff) })]),
    ],
    [
      'a frame of 2.2 longer than the tag',
      'frame-overflow@10',
      id3Of([frameOf('TT2', 'ab', { version: 2, size: [0, 0, 3] })], { version: 2 }),
    ],
    [
      'a frame of 2.4 longer than the tag',
      'frame-overflow@10',
      id3Of([frameOf('TIT2', 'ab', { version: 4, size: syncsafe(3) })], { version: 4 }),
    ],
    [
      'a frame that is longer once zeros are taken out',
      'frame-overflow@10',
      id3Of([frameOf('APIC', joined([0xff, 0, 0xe0]))], { flags: 0x80 }),
    ],
    ...[1, 3].map((length): [string, string, Uint8Array] => [
      `a frame of ${length} octets that tells a length`,
      'data-length-underflow@10',
      id3Of([frameOf('TIT2', zeros(length), { version: 4, flags: 1 })], { version: 4 }),
    ]),
    ['something else between frames', 'frame-unknown@25', id3Of([title, 'no frame at all', title])],
  ])('have a problem with %s', (_, problem, bytes) => {
    expect(problemOf(bytes)).toBe(problem);
  });

  it('are walked as far as the limit, and no further', () => {
    const many = (count: number): string | undefined =>
      problemOf(id3Of(Array<Piece>(count).fill(frameOf('PRIV', ''))));
    expect(many(ID3_FRAMES_MAX)).toBeUndefined();
    expect(many(ID3_FRAMES_MAX + 1)).toBe(`frames-over-limit@${10 + 10 * ID3_FRAMES_MAX}`);
  });

  it('are not judged by what a cut took away', () => {
    const extended = id3Of([be32(6), be16(0), be32(20), title, zeros(20)], { flags: 0x40 });
    for (const tag of [...ORDINARY_TAGS, extended]) {
      for (let length = 10; length < tag.length; length += 1) {
        expect(problemOf(tag.subarray(0, length))).toBeUndefined();
      }
    }
  });
});
