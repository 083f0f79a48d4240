/** What a declaration of the document type asks of a parser. No DTD is read here. */

/** From harmless to worst. */
export type DoctypeKind =
  /** It names a format, and where its DTD is: nowhere, at a standards body, or at no address. */
  | 'plain'
  /** Its internal subset has short names for namespaces and styles, as drawing programs write it, and nothing else. */
  | 'abbreviations'
  /** Its DTD would be fetched from the address of somebody else. */
  | 'external'
  /** It declares something: entities that hide text or expand without end, attributes that nobody wrote. */
  | 'declarations';

const HEAD = /^(?:[^"'[]+|"[^"]*"?|'[^']*'?)*/;
const QUOTED = /"[^"]*"?|'[^']*'?/g;
const SUBSET_END = /\][^\]]*$/;

/** Bodies that publish DTDs. */
const STANDARDS_DTD = /^https?:\/\/(?:www\.)?(?:w3|wapforum|openmobilealliance|3gpp)\.org\//i;
const ADDRESS = /^\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i;
const LEGACY_HTML = 'about:legacy-compat';

const ADDRESS_TEXT = String.raw`(?:"https?://[^"'<>&%]*"|'https?://[^"'<>&%]*')`;
const STYLE_TEXT = String.raw`"(?:(?:adobe|clip|color|display|enable|fill|filter|font|mask|opacity|stop|stroke|text)[a-z-]*:[^"<>&%:;]*;)+"`;

/** An entity for an address or a style, without markup or other entities in it; a namespace for an element. */
const ABBREVIATION = new RegExp(
  String.raw`<!ENTITY\s+[\w.-]+\s+(?:${ADDRESS_TEXT}|${STYLE_TEXT})\s*>` +
    String.raw`|<!ATTLIST\s+[\w.:-]+\s+xmlns(?::[\w.-]+)?\s+CDATA\s+(?:#FIXED\s+)?${ADDRESS_TEXT}\s*>`,
  'g',
);

/** Judges the text of a `doctype` token (xml-tokens.ts). Linear. */
export function doctypeKind(text: string): DoctypeKind {
  const head = HEAD.exec(text)?.[0] ?? '';
  const subset = text.slice(head.length + 1).replace(SUBSET_END, '');
  if (subset.replace(ABBREVIATION, '').trim() !== '') return 'declarations';
  const ids = head.match(QUOTED) ?? [];
  if (ids.some((id) => isForeignAddress(id.slice(1).replace(/["']$/, '')))) return 'external';
  return text.length > head.length ? 'abbreviations' : 'plain';
}

function isForeignAddress(id: string): boolean {
  return ADDRESS.test(id) && !STANDARDS_DTD.test(id) && id !== LEGACY_HTML;
}
