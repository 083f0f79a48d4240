import { describe, expect, it } from 'vitest';
import { Octets } from '../../src/inspection/octets.ts';
import { PDF_NAME_OCTETS_MAX, pdfNames, type PdfStretch } from '../../src/inspection/pdf-names.ts';
import { joined } from '../support/sample-octets.ts';

const namesIn = (text: string, stretch: PdfStretch = { from: 0, to: text.length }) => [
  ...pdfNames(new Octets(joined(text)), stretch),
];
const words = (text: string): string[] => namesIn(text).map(({ name }) => name);

describe('names of a PDF', () => {
  it.each<[string, string, string[]]>([
    ['keys and values', '<< /Type /Page /Count 1 >>', ['Type', 'Page', 'Count']],
    ['names without spaces', '<</S/JavaScript/JS(x)>>', ['S', 'JavaScript', 'JS']],
    ['names in an array', '<</Filter[/A/B]>>', ['Filter', 'A', 'B']],
    ['an empty name', '<</ /A>>', ['', 'A']],
    ['escapes', '<</A#42/#4a#53>>', ['AB', 'JS']],
    ['escapes that are none', '<</A#4/B#xy/C#>>', ['A#4', 'B#xy', 'C#']],
    ['any white space after', '<</A\0/B\f/C\r/D>>', ['A', 'B', 'C', 'D']],
    ['names behind the end of a dictionary', '<<>> /A', ['A']],
    ['a dictionary behind an open text', '(never closed << /A >>', ['A']],
    ['a dictionary behind an open text that ends in an escape', '<<(b \\<< /A >>', ['A']],
    ['a dictionary in a comment', '% << /A >>', ['A']],
    ['names in a comment', '<</A % /B\r/C>>', ['A', 'B', 'C']],
    ['names behind a comment that a text makes up', '<</A (<< % ) /B>>', ['A', 'B']],
    ['names behind a comment', '<</A % (\n/B>>', ['A', 'B']],
    ['names behind a text with parentheses', '<</A (b (/C) \\) /D) /E>>', ['A', 'E']],
    ['names behind too many parentheses', '<</A ) /B>>', ['A', 'B']],
  ])('are %s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    ['before any dictionary', '/A 1 0 obj /B'],
    ['in a text', '<<(https://example.com/JavaScript) (Node /JS) >>'],
    ['in metadata', '<x:xmpmeta>https://example.com/JavaScript</x:xmpmeta>'],
  ])('are not what stands %s', (_, text) => {
    expect(words(text)).toEqual([]);
  });

  it('tell their place, and whether letters of them are hidden', () => {
    expect(namesIn('<</A/#4AS/A#20B>>')).toEqual([
      { name: 'A', offset: 2, isHidden: false },
      { name: 'JS', offset: 4, isHidden: true },
      { name: 'A B', offset: 9, isHidden: false },
    ]);
  });

  it('are looked for in the stretch only', () => {
    const text = '<</A>><</B/C/D>>';
    expect(namesIn(text, { from: 6, to: 12 }).map(({ name }) => name)).toEqual(['B', 'C']);
    expect(namesIn(text, { from: 6, to: 9 }).map(({ name }) => name)).toEqual(['']);
  });

  it('are read up to their limit, and no further', () => {
    const longest = 'a'.repeat(PDF_NAME_OCTETS_MAX);
    expect(words(`<</${longest}>>`)).toEqual([longest]);
    expect(words(`<</${longest}b/C>>`)).toEqual([longest, 'C']);
  });
});
