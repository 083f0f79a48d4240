import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attributeValue,
  MARKUP_DIALECTS,
  markupTokens,
  type MarkupDialect,
  type MarkupToken,
} from '../../src/inspection/xml-tokens.ts';

/** A token in one line: its kind, its name or text, its attributes. */
function line(token: MarkupToken): string {
  switch (token.kind) {
    case 'start':
    case 'instruction': {
      const attributes = token.attributes.map(({ name, value }) => ` ${name}=${value}`).join('');
      return `${token.kind} ${token.name}${attributes}${token.isEmpty && token.kind === 'start' ? ' /' : ''}`;
    }
    case 'end':
      return `/${token.name}`;
    case 'text':
    case 'comment':
    case 'cdata':
    case 'doctype':
      return `${token.kind} ${token.text}`;
  }
}

const lines = (text: string, dialect: MarkupDialect): string[] => [...markupTokens(text, dialect)].map(line);

describe('markup in both dialects', () => {
  it.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['a text', 'hello', ['text hello']],
    ['an element', '<a>b</a>', ['start a', 'text b', '/a']],
    ['an empty element', '<a/><b />', ['start a /', 'start b /']],
    ['names in capitals and with prefixes', '<SVG:Rect X:Y="1">', ['start rect x:y=1']],
    ['every quoting', `<a b="1" c='2' d=3 e f = 4>`, ['start a b=1 c=2 d=3 e= f=4']],
    ['a bare value up to the bracket', '<a b=x/y>', ['start a b=x/y']],
    ['slashes between attributes', '<a/b=1/c="2"/d>', ['start a b=1/c="2"/d']],
    ['a slash in place of a space', '<a/b="1"/c>', ['start a b=1 c=']],
    ['brackets in a value', '<a b="<c>">', ['start a b=<c>']],
    ['one name twice', '<a b=1 b=2>', ['start a b=1 b=2']],
    ['line ends for spaces', '<a\r\nb\t=\f"1"\n>', ['start a b=1']],
    ['attributes at an end tag', '</a b=">">c', ['/a', 'text c']],
    ['a lone bracket', 'a < b <3 <', ['text a < b <3 <']],
    ['a comment', '<!-- <a> -->b', ['comment  <a> ', 'text b']],
    ['a tag without end', '<a b="1', ['start a b=1']],
    ['a value without end', `<a b='1>2<c>`, ['start a b=1>2<c>']],
    ['a comment without end', '<!-- <a>', ['comment  <a>']],
    ['a non-breaking space is part of a name', '<a\u00A0b=1>', ['start a\u00A0b=1']],
  ])('reads %s', (_, text, expected) => {
    for (const dialect of MARKUP_DIALECTS) expect(lines(text, dialect)).toEqual(expected);
  });

  it.each([
    ['named', '&amp;&lt;&gt;&quot;&apos;', `&<>"'`],
    ['decimal and hexadecimal', '&#106;&#x6A;&#X6a;', 'jjj'],
    ['padded with zeros', '&#00000000000000000000106;', 'j'],
    ['without a semicolon', '&#106avascript', 'javascript'],
    ['those that hide a scheme', 'java&Tab;script&NewLine;&colon;&sol;&lpar;&rpar;', 'java\tscript\n:/()'],
    ['unknown', '&eacute; &x; & &; &#; &#x;', '&eacute; &x; & &; &#; &#x;'],
    ['no character', '&#x110000;&#99999999999999999999;', '\uFFFD\uFFFD'],
    ['once only', '&amp;lt;', '&lt;'],
  ])('decodes entities: %s', (_, source, expected) => {
    const [start, text] = [...markupTokens(`<a b="${source.replaceAll('"', '')}">${source}`, 'xml')];
    expect(start).toMatchObject({ attributes: [{ value: expected }] });
    expect(text).toMatchObject({ kind: 'text', text: expected });
  });

  it('tells where each token starts', () => {
    const tokens = [...markupTokens('<?xml?>\n<a>b<!--c--></a>', 'xml')];
    expect(tokens.map(({ offset }) => offset)).toEqual([0, 7, 8, 11, 12, 20]);
  });
});

describe('markup as XML', () => {
  it.each<[string, string, string[]]>([
    ['CDATA', '<a><![CDATA[<b>&amp;]]></a>', ['start a', 'cdata <b>&amp;', '/a']],
    ['CDATA without end', '<![CDATA[<b>', ['cdata <b>']],
    [
      'instructions, with their attributes',
      '<?xml-stylesheet href="a>b"?>',
      ['instruction xml-stylesheet href=a>b'],
    ],
    ['a document type', '<!DOCTYPE a PUBLIC "p>" "s"><a>', ['doctype  a PUBLIC "p>" "s"', 'start a']],
    [
      'an internal subset with quotes, comments and instructions',
      `<!DOCTYPE a [<!ENTITY b "]>"><!-- it's ]> --><?p "]> ?> ] ><a>`,
      [`doctype  a [<!ENTITY b "]>"><!-- it's ]> --><?p "]> ?> ] `, 'start a'],
    ],
    ['a comment in a subset without end', '<!DOCTYPE a [<!-- ]><a>', ['doctype  a [<!-- ]><a>']],
    [
      'an internal subset that ends',
      `<!doctype a [<!ENTITY b "]>">] ><a>`,
      [`doctype  a [<!ENTITY b "]>">] `, 'start a'],
    ],
    ['a document type without end', '<!DOCTYPE a [<!ENTITY', ['doctype  a [<!ENTITY']],
    ['other declarations, as comments', '<!ELEMENT a><b>', ['comment ELEMENT a', 'start b']],
    ['a comment that HTML ends early', '<!--><a>--><b>', ['comment ><a>', 'start b']],
    ['a comment that HTML ends with an exclamation mark', '<!--a--!><b>-->', ['comment a--!><b>']],
    ['markup in script', '<script><b></script>', ['start script', 'start b', '/script']],
    ['names with letters of any alphabet', '<é><_a>', ['start é', 'start _a']],
  ])('reads %s', (_, text, expected) => {
    expect(lines(text, 'xml')).toEqual(expected);
  });
});

describe('markup as HTML', () => {
  it.each<[string, string, string[]]>([
    ['a comment that ends early', '<!--><a>', ['comment ', 'start a']],
    ['a comment that ends early, with a dash', '<!---><a>', ['comment ', 'start a']],
    ['a comment that ends with an exclamation mark', '<!--a--!><b>', ['comment a', 'start b']],
    [
      'declarations and instructions, as comments',
      '<!DOCTYPE "><?b ><c>',
      ['comment DOCTYPE "', 'comment b ', 'start c'],
    ],
    ['CDATA, as a comment', '<![CDATA[<a>', ['comment [CDATA[<a']],
    ['an end tag without a name, as a comment', '</ a><b>', ['comment  a', 'start b']],
    [
      'script, as text that is not decoded',
      '<script>a<b>&lt;</script>',
      ['start script', 'text a<b>&lt;', '/script'],
    ],
    [
      'raw text that ends in capitals',
      '<style></styles></STYLE >',
      ['start style', 'text </styles>', '/style'],
    ],
    ['raw text of nothing', '<title></title>', ['start title', '/title']],
    ['raw text without end', '<textarea><a>', ['start textarea', 'text <a>']],
    ['raw text that never ends', '<plaintext></plaintext>', ['start plaintext', 'text </plaintext>']],
    ['letters of another alphabet, as text', '<é x="><b>', ['text <é x=">', 'start b']],
  ])('reads %s', (_, text, expected) => {
    expect(lines(text, 'html')).toEqual(expected);
  });
});

describe('an attribute', () => {
  it('is found by its local name, the first of several', () => {
    const [token] = [...markupTokens('<a xlink:href="1" href="2">', 'xml')];
    const attributes = token?.kind === 'start' ? token.attributes : [];
    expect(attributeValue(attributes, 'href')).toBe('1');
    expect(attributeValue(attributes, 'src')).toBeUndefined();
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    ...[
      '<',
      '>',
      '</',
      '/>',
      '<a',
      '<script>',
      '<style',
      '</script',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
    ],
    ...['<!DOCTYPE', '[', ']', '"', "'", '=', ' ', '&#x', '&lt;', ';', 'a', ':', '\0', '\uD800', 'é'],
  );
  const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }).map((pieces) => pieces.join(''));

  it('is covered by its tokens, in order', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...MARKUP_DIALECTS), (source, dialect) => {
        const offsets = [...markupTokens(source, dialect)].map(({ offset }) => offset);
        expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
        expect(new Set(offsets).size).toBe(offsets.length);
        if (source !== '') expect(offsets[0]).toBe(0);
      }),
    );
  });

  it('without a bracket is itself', () => {
    fc.assert(
      fc.property(
        fc.string().filter((source) => source !== '' && !/[<&]/.test(source)),
        (source) => {
          expect(lines(source, 'xml')).toEqual([`text ${source}`]);
        },
      ),
    );
  });

  it.each([
    '<',
    '<a ',
    '<a b="',
    '<!--',
    '<!DOCTYPE [',
    '<title>',
    '&#',
    '<a b=\'"',
    '</',
    '<?',
    '<![CDATA[',
  ])(
    'of a million characters of %s is read in a few tokens or many, and in linear time',
    (unit) => {
      const source = unit.repeat(1_000_000 / unit.length);
      for (const dialect of MARKUP_DIALECTS) expect(lines(source, dialect).length).toBeGreaterThan(0);
    },
    20_000,
  );
});
