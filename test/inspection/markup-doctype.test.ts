import { describe, expect, it } from 'vitest';
import { doctypeKind, type DoctypeKind } from '../../src/inspection/markup-doctype.ts';

const SVG = 'svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"';

describe('a document type', () => {
  it.each<[DoctypeKind, string, string]>([
    ['plain', 'the name of HTML', ' html'],
    ['plain', 'the one for old tools', ' html SYSTEM "about:legacy-compat"'],
    ['plain', 'a public identifier alone', ` smil PUBLIC '-//W3C//DTD SMIL 2.0//EN'`],
    ['plain', 'a DTD of a standards body', ` ${SVG}`],
    ['plain', 'a DTD beside the document', ' smil SYSTEM "SMIL20.dtd"'],
    [
      'plain',
      'a DTD of WAP',
      ' si PUBLIC "-//WAPFORUM//DTD SI 1.0//EN" "http://www.wapforum.org/DTD/si.dtd"',
    ],
    ['external', 'a DTD of somebody', ' svg SYSTEM "http://example.com/a.dtd"'],
    [
      'external',
      'a DTD of a host that looks like a standards body',
      ' svg SYSTEM "http://www.w3.org.example.com/"',
    ],
    ['external', 'a DTD of a host without scheme', ' svg SYSTEM "//example.com/a"'],
    ['external', 'a DTD from the device', ' svg SYSTEM "file:///etc/hosts"'],
    ['external', 'a DTD of somebody, cut off', ` svg PUBLIC "-" 'http://example.com/`],
    ['external', 'a DTD of somebody beside abbreviations', ' svg SYSTEM "ftp://a" [<!ENTITY a "http://b/">]'],
    ['abbreviations', 'an empty subset', ` ${SVG} [ \n ]`],
    ['abbreviations', 'namespaces', ` ${SVG} [\n <!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]`],
    ['abbreviations', 'several', ` ${SVG} [<!ENTITY a "http://a/">\n<!ENTITY b 'https://b/'>]`],
    ['abbreviations', 'styles', ` ${SVG} [<!ENTITY st0 "fill:url(#X_1_);stroke:none;">]`],
    [
      'abbreviations',
      'a namespace of an element',
      ' svg [<!ATTLIST svg xmlns:xlink CDATA #FIXED "http://w/">]',
    ],
    ['declarations', 'an entity with text', ' svg [<!ENTITY a "b">]'],
    ['declarations', 'an entity with markup', ' svg [<!ENTITY a "http://b/<script>">]'],
    ['declarations', 'an entity with entities', ' svg [<!ENTITY a "http://&b;&b;">]'],
    ['declarations', 'an entity that runs script', ' svg [<!ENTITY a "javascript:alert(1);">]'],
    ['declarations', 'an entity that hides script in a style', ' svg [<!ENTITY a "fill:x;javascript:y;">]'],
    ['declarations', 'an external entity', ' svg [<!ENTITY a SYSTEM "http://b/">]'],
    ['declarations', 'a parameter entity', ' svg [<!ENTITY % a "http://b/">]'],
    ['declarations', 'an attribute with a default', ' svg [<!ATTLIST svg onload CDATA "alert(1)">]'],
    ['declarations', 'one declaration behind abbreviations', ' svg [<!ENTITY a "http://b/"><!ENTITY c "d">]'],
    ['declarations', 'a reference to a parameter entity', ' svg [%a;]'],
    ['declarations', 'a subset that is cut off', ' svg [<!ENTITY a "'],
  ])('is %s: %s', (kind, _, text) => {
    expect(doctypeKind(text)).toBe(kind);
  });

  it.each([
    '<!ENTITY ',
    '<!ENTITY a "fill:',
    '<!ENTITY a "fill:a;',
    '<!ATTLIST a xmlns ',
    '"',
    "'",
    '[',
    ' ',
  ])(
    'of a million characters of %s is judged in linear time',
    (unit) => {
      const text = unit.repeat(1_000_000 / unit.length);
      for (const prefix of [' a ', ' a [']) expect(doctypeKind(prefix + text)).toBeTypeOf('string');
    },
    20_000,
  );
});
