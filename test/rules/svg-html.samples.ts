import { utf8 } from './bytes.ts';
import type { FamilySamples, Positive, Sample } from './sample.ts';

const svg = (content: string, attributes = ''): string =>
  `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`;
const html = (content: string): string => `<!DOCTYPE html>\n<html><body>${content}</body></html>`;

/** What makes a document active, the same made harmless, and rules that are right to match as well. */
interface Content {
  readonly content: string;
  readonly harmless: string;
  readonly also?: readonly string[];
}

/** A document with the content, the same made harmless, and the content in no document of the kind. */
const active = (
  name: string,
  document: (content: string) => string,
  { content, harmless, also = [] }: Content,
): Positive => ({
  name,
  bytes: utf8(document(content)),
  also,
  flips: [
    { name: 'harmless content', bytes: utf8(document(harmless)) },
    { name: 'no document', bytes: utf8(`<note>${content}</note>`) },
  ],
});

const SCHEME = ['SUSP_MMS_URL_Dangerous_Scheme'];

const STATIC: readonly Sample[] = [
  {
    name: 'a static drawing',
    bytes: utf8(svg('<path d="M0 0h9v9z"/><style>.a{fill:red}</style>', 'width="10" height="10"')),
  },
  {
    name: 'a drawing with a link and a picture inside',
    bytes: utf8(svg('<a href="https://example.com"/><image href="data:image/png;base64,iVBOR"/>')),
  },
  {
    name: 'a drawing about scripts',
    bytes: utf8(svg('<text>the scripture: onload events, javascript</text><title>a script</title>')),
  },
  { name: 'a drawing with a name that ends alike', bytes: utf8(svg('<g data-onclick="1" id="button-on"/>')) },
];

const tel = utf8(html('<a href="tel:+4420123">call</a>'));
const page = html('<script>1</script>');

export const samples: FamilySamples = {
  SUSP_MMS_SVG_Active: {
    positives: [
      active('a script', svg, { content: '<script>1</script>', harmless: '<desc>1</desc>' }),
      active('a script with a prefix', svg, {
        content: '<svg:script href="a.js"/>',
        harmless: '<svg:g href="a.js"/>',
      }),
      active('a handler', svg, { content: '<g onclick = "a()"/>', harmless: '<g onclicked="a()"/>' }),
      active('a handler at load', svg, { content: "<g\nONLOAD='a()'/>", harmless: "<g\nDOWNLOAD='a()'/>" }),
      active('a script link', svg, {
        content: '<a xlink:href=" javascript:1"/>',
        harmless: '<a xlink:href=" javascript.html"/>',
      }),
      active('an animated link', svg, {
        content: '<set attributeName="href" to="javascript:1"/>',
        harmless: '<set attributeName="x" to="10"/>',
      }),
      active('a foreign object', svg, {
        content: '<foreignObject><p/></foreignObject>',
        harmless: '<foreign/>',
      }),
      {
        name: 'an entity',
        bytes: utf8(`<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`),
        flips: [{ name: 'a comment', bytes: utf8(`<!-- ENTITY a "b" -->${svg('a')}`) }],
      },
      {
        name: 'a drawing with a prefix',
        bytes: utf8('<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>1</s:script></s:svg>'),
        flips: [
          { name: 'static', bytes: utf8('<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g>1</s:g></s:svg>') },
        ],
      },
    ],
    lookAlikes: STATIC,
  },
  SUSP_MMS_HTML_Script: {
    positives: [
      active('a script', html, { content: '<script src=a></script>', harmless: '<p>script</p>' }),
      active('a frame', html, { content: '<IFRAME src="a">', harmless: '<p src="a">' }),
      active('an object', html, { content: '<object data="a">', harmless: '<p data="a">' }),
      active('a redirect', html, {
        content: '<meta http-equiv="refresh" content="0;url=a">',
        harmless: '<meta http-equiv="content-type" content="a">',
      }),
      active('a script link', html, {
        content: "<a href='javascript:a()'>",
        harmless: "<a href='javascript.html'>",
        also: SCHEME,
      }),
      active('an application link', html, {
        content: '<a href="intent:a#Intent;end">',
        harmless: '<a href="intent.html">',
        also: SCHEME,
      }),
      active('an inline page', html, {
        content: '<a href="data:text/html,a">',
        harmless: '<a href="data:image/png,a">',
        also: SCHEME,
      }),
      {
        name: 'a fragment that is labelled as HTML',
        bytes: utf8('<p>hi</p><script>1</script>'),
        externals: { declared_type: 'text/html' },
        flips: [
          {
            name: 'labelled as text',
            bytes: utf8('<p>hi</p><script>1</script>'),
            externals: { declared_type: 'text/plain' },
          },
        ],
      },
    ],
    lookAlikes: [
      {
        name: 'a page without anything active',
        bytes: utf8(html('<p>javascript: the <b>script</b> language</p><a href="https://example.com">a</a>')),
      },
      { name: 'a text that quotes a script', bytes: utf8('write <script> to begin a script') },
      { name: 'a page with a picture inside', bytes: utf8(html('<img src="data:image/png;base64,iVBOR">')) },
    ],
  },
  INFO_MMS_HTML_Tel_Link: {
    positives: [
      {
        name: 'a number',
        bytes: tel,
        flips: [
          { name: 'a page address', bytes: utf8(html('<a href="telephone.html">call</a>')) },
          { name: 'no page', bytes: utf8('<a href="tel:+4420123">call</a>') },
        ],
      },
    ],
    lookAlikes: [
      { name: 'a number in words', bytes: utf8(html('<p>tel: +4420123</p>')) },
      { name: 'a page of scripts', bytes: utf8(page), also: ['SUSP_MMS_HTML_Script'] },
    ],
  },
};
