import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yaraTokens } from '../../src/scanning/yara-tokens.ts';

const PIECES = [
  'a',
  'r',
  '"',
  '\\',
  '/',
  '*',
  '{',
  '}',
  '$',
  '#',
  '\n',
  ' ',
  '0',
  '.',
  '"""',
  '//',
  '/*',
  '*/',
];

const read = (source: string): string[] => [...yaraTokens(source)].map(({ kind, text }) => `${kind} ${text}`);

describe('yaraTokens', () => {
  it.each([
    ['rule a_1', ['word rule', 'word a_1']],
    [
      '$a = #b @c[1] !d $ #',
      [
        'pattern $a',
        'punctuation =',
        'pattern #b',
        'pattern @c',
        'punctuation [',
        'number 1',
        'punctuation ]',
        'pattern !d',
        'pattern $',
        'pattern #',
      ],
    ],
    ['a != b', ['word a', 'punctuation !', 'punctuation =', 'word b']],
    [
      '10KB 0x1F 1.5 1..3',
      ['number 10KB', 'number 0x1F', 'number 1.5', 'number 1', 'punctuation .', 'punctuation .', 'number 3'],
    ],
    ['"a \\" } b" c', ['string "a \\" } b"', 'word c']],
    ['"a // b"', ['string "a // b"']],
    ['"""a \\" \n b""" c', ['string """a \\" \n b"""', 'word c']],
    ['/a\\/"{/is b', ['regex /a\\/"{/is', 'word b']],
    ['/a/ /b/i', ['regex /a/', 'regex /b/i']],
    ['a // rule "b\n c', ['word a', 'word c']],
    ['a /* } " \n * / */ c', ['word a', 'word c']],
    ['a \\ b', ['word a', 'punctuation \\', 'word b']],
    [
      '{ 4D 5? [2-4] (00|01) }',
      [
        'punctuation {',
        'number 4D',
        'number 5',
        'punctuation ?',
        'punctuation [',
        'number 2',
        'punctuation -',
        'number 4',
        'punctuation ]',
        'punctuation (',
        'number 00',
        'punctuation |',
        'number 01',
        'punctuation )',
        'punctuation }',
      ],
    ],
    ['a /* never closed', ['word a']],
    ['"never closed\nb', ['unknown "', 'word never', 'word closed', 'word b']],
    ['/never closed\nb', ['unknown /', 'word never', 'word closed', 'word b']],
    ['', []],
  ])('reads %j', (source, tokens) => {
    expect(read(source)).toEqual(tokens);
  });

  it('covers every source in order, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...PIECES) }), (source) => {
        let position = 0;
        for (const { text, start, end } of yaraTokens(source)) {
          expect(start).toBeGreaterThanOrEqual(position);
          expect(source.slice(start, end)).toBe(text);
          position = end;
        }
        expect(position).toBeLessThanOrEqual(source.length);
      }),
    );
  });

  it.each([
    ['quotes', '"'.repeat(100_000)],
    ['slashes', '/ '.repeat(100_000)],
    ['unclosed comments', '/*'.repeat(100_000)],
    ['unclosed text', `"${'\\a'.repeat(100_000)}`],
    ['white space', ' '.repeat(200_000)],
  ])('takes time in proportion to a source of %s', (_, source) => {
    const count = [...yaraTokens(source)].length;
    expect(count).toBeLessThanOrEqual(source.length);
  });
});
