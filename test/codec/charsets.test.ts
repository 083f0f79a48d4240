import { describe, expect, it } from 'vitest';
import { CHARSETS, MIBENUM, mibenumOf } from '../../src/codec/charsets.ts';

describe('CHARSETS', () => {
  it('repeats no name, so that mibenumOf inverts it', () => {
    for (const [mibenum, { name }] of CHARSETS) expect(mibenumOf(name)).toBe(mibenum);
  });

  it('names only encodings that the platform has', () => {
    const labels = [...CHARSETS.values()].flatMap(({ decoder }) =>
      decoder.kind === 'label' ? [decoder.label] : [],
    );
    for (const label of labels) expect(() => new TextDecoder(label)).not.toThrow();
  });

  it.each([
    [3, 'us-ascii'],
    [4, 'iso-8859-1'],
    [12, 'iso-8859-9'],
    [17, 'shift_jis'],
    [106, 'utf-8'],
    [111, 'iso-8859-15'],
    [1000, 'iso-10646-ucs-2'],
    [1015, 'utf-16'],
    [2026, 'big5'],
    [2252, 'windows-1252'],
  ])('has MIBenum %i as %s', (mibenum, name) => {
    expect(CHARSETS.get(mibenum)?.name).toBe(name);
  });

  it('has the charsets that the code names', () => {
    expect(Object.values(MIBENUM).filter((mibenum) => !CHARSETS.has(mibenum))).toEqual([]);
  });
});

describe('mibenumOf', () => {
  it.each([
    ['UTF-8', 106],
    [' utf-8 ', 106],
    ['utf8', 106],
    ['ASCII', 3],
    ['latin1', 4],
    ['UCS-2', 1000],
    ['*', 0],
    ['x-own', undefined],
    ['', undefined],
  ])('reads %j as %j', (name, mibenum) => {
    expect(mibenumOf(name)).toBe(mibenum);
  });
});
