import { describe, expect, it } from 'vitest';
import {
  CARD_LINE_OCTETS_MAX,
  CARD_OCTETS_MAX,
  cardLinesOf,
  type CardLine,
} from '../../src/inspection/card-lines.ts';
import { Octets } from '../../src/inspection/octets.ts';
import { lines } from '../support/card-sample.ts';

const read = (bytes: Uint8Array): readonly CardLine[] => [...cardLinesOf(new Octets(bytes))];
const one = (...parts: readonly string[]): CardLine | undefined => read(lines(...parts))[0];
const text = (content: string): Uint8Array => Buffer.from(content, 'latin1');

describe('cardLinesOf', () => {
  it.each<[string, string[], Partial<CardLine>]>([
    ['a property', ['FN:Anna Doe'], { name: 'FN', parameters: '', value: 'Anna Doe', length: 11 }],
    ['a group and small letters', ['item1.url:http://a'], { name: 'URL', value: 'http://a' }],
    ['parameters', ['TEL;TYPE=home; cell:1'], { name: 'TEL', parameters: ';TYPE=HOME;CELL', value: '1' }],
    ['a colon in quotes', ['A;X="a:b":c'], { name: 'A', value: 'c' }],
    ['quotes that do not end', ['A;X="a:b'], { name: 'A', value: 'b' }],
    ['a continuation', ['NOTE:one', '  two', '\tthree'], { value: 'one twothree', length: 17 }],
    ['base64 without an indent', ['PHOTO;BASE64:', 'AAAA', 'BBBB'], { value: 'AAAABBBB' }],
    ['quoted-printable', ['URL;QUOTED-PRINTABLE:=6Aava=3Ax'], { value: 'java:x' }],
    ['a soft line break', ['URL;ENCODING=QUOTED-PRINTABLE:ja=', 'va:x'], { value: 'java:x' }],
    ['an equals sign that is none', ['URL:ja=', 'va:x'], { value: 'ja=' }],
    ['escapes', ['URL:http\\://a\\,b\\;c\\\\d'], { value: 'http://a,b;c\\d' }],
    ['spaces before a value', ['URL: \t http://a'], { value: 'http://a' }],
    ['no value', ['URL:'], { name: 'URL', value: '' }],
    ['no colon', ['garbage'], { name: 'GARBAGE', value: '' }],
  ])('reads %s', (_, parts, line) => {
    expect(one(...parts)).toMatchObject(line);
  });

  it.each(['A:1\nB:2', 'A:1\rB:2', 'A:1\r\nB:2\r\n', '\r\n\nA:1\n\n\nB:2'])(
    'takes every kind of line end: %j',
    (content) => {
      expect(read(text(content)).map(({ name, value }) => name + value)).toEqual(['A1', 'B2']);
    },
  );

  it('says where a property begins', () => {
    expect(read(text('A:1\r\n x\r\nB:2')).map(({ offset }) => offset)).toEqual([0, 9]);
  });

  it('keeps a line of the longest length, and the beginning of one that is longer', () => {
    const longest = `A:${'x'.repeat(CARD_LINE_OCTETS_MAX - 2)}`;
    expect(one(longest)).toMatchObject({ value: longest.slice(2), length: CARD_LINE_OCTETS_MAX });
    expect(one(`${longest}y`, ' z')).toMatchObject({
      value: longest.slice(2),
      length: CARD_LINE_OCTETS_MAX + 2,
    });
  });

  it('reads as many octets as it may', () => {
    const longest = `${'\n'.repeat(CARD_OCTETS_MAX - 3)}A:1`;
    expect(read(text(longest))[0]?.value).toBe('1');
    expect(read(text(`${longest}2`))[0]?.value).toBe('1');
  });

  it('reads nothing in nothing', () => {
    expect(read(new Uint8Array())).toEqual([]);
  });
});
