import { describe, expect, it } from 'vitest';
import { filled, sizedToLength } from '../../src/proxy/notice-length.ts';

const textOf = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString();

describe('filled', () => {
  it.each([
    ['abc', 5, 'abc  '],
    ['abc', 3, 'abc'],
    ['abc', 2, 'ab'],
    ['abc', 0, ''],
    ['größe', 3, 'gr '],
    ['größe', 4, 'grö'],
    ['a😀', 4, 'a   '],
    ['a😀', 5, 'a😀'],
  ])('puts %j into %i octets as %j', (text, size, expected) => {
    expect(textOf(filled(text, size))).toBe(expected);
  });
});

describe('sizedToLength', () => {
  /** A head of `head` octets, a length of one octet up to 127 and two above, and the notice. */
  const encoder = (head: number) => (notice: Uint8Array) =>
    Buffer.concat([Buffer.alloc(head, '-'), Buffer.alloc(notice.length > 127 ? 2 : 1, '#'), notice]);

  it.each([
    [10, 'padded', '----#N    '],
    [6, 'whole', '----#N'],
    [5, 'cut', '----#'],
  ])('makes %i octets of a notice that is %s', (length, _, expected) => {
    expect(textOf(sizedToLength('N', length, () => encoder(4)))).toBe(expected);
  });

  it('gives nothing when the message alone is one octet too long', () => {
    expect(sizedToLength('N', 4, () => encoder(4))).toBeUndefined();
  });

  it.each([131, 132, 133, 134, 135])('meets %i octets, where a length grows by an octet', (length) => {
    expect(sizedToLength('N', length, (variant) => encoder(4 + variant))).toHaveLength(length);
  });

  it('meets a length between two places where lengths grow, without another name', () => {
    const growing = (notice: Uint8Array) =>
      Buffer.alloc(4 + notice.length + (notice.length >= 126 ? 1 : 0) + (notice.length >= 128 ? 1 : 0));
    expect(sizedToLength('N', 132, () => growing)).toHaveLength(132);
  });

  it('gives nothing when no variant meets the length', () => {
    expect(sizedToLength('N', 133, () => encoder(4))).toBeUndefined();
  });
});
