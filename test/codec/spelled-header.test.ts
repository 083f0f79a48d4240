import { describe, expect, it } from 'vitest';
import {
  readSpelledHeader,
  startsSpelledHeader,
  writeSpelledHeader,
} from '../../src/codec/spelled-header.ts';
import { Writer } from '../../src/codec/writer.ts';
import { failureOf, hex, octets, readerOf } from '../support/octets.ts';

const written = (name: string, value: string): string =>
  hex(
    Writer.collect((out) => {
      writeSpelledHeader({ name, value }, out);
    }),
  );

describe('a spelled header', () => {
  it.each([
    ["'X-A' 00 'v' 00", { name: 'X-A', value: 'v' }],
    ["'!' 00 00", { name: '!', value: '' }],
    ["'~:' 00 7f c3 a9 00", { name: '~:', value: 'é' }],
  ])('%s is read and written again', (wire, header) => {
    const reader = readerOf(wire, { tolerate: new Set(['text-not-ascii'] as const) });
    expect(readSpelledHeader(reader)).toEqual(header);
    expect(written(header.name, header.value)).toBe(hex(octets(wire)));
  });

  it.each([
    [0x20, false],
    [0x21, true],
    [0x7e, true],
    [0x7f, false],
    [0x80, false],
    [0x00, false],
  ])('starts with octet %i: %s', (octet, expected) => {
    expect(startsSpelledHeader(octet)).toBe(expected);
  });

  it.each(['', ' x', '\u007f', 'é'])('cannot be named %j', (name) => {
    expect(() => written(name, 'v')).toThrow(RangeError);
  });

  it('needs both its texts', () => {
    expect(failureOf(() => readSpelledHeader(readerOf("'X-A' 00")))).toBe('truncated@4');
  });
});
