/** What in a document does something when it is opened or touched. What it means is for the detector of the format. */
import { doctypeKind } from './markup-doctype.ts';
import { linkKind, type LinkKind } from './markup-links.ts';
import { MARKUP_DIALECTS, markupTokens, type MarkupAttribute, type MarkupToken } from './xml-tokens.ts';

/** One thing that a document can do. */
export type ActiveSign =
  | 'script'
  | 'event-handler'
  /** A link that runs script, or opens a document that stands in the link itself. */
  | 'script-link'
  | 'app-link'
  | 'dial-link'
  /** A link that dials a service code, which a network or a telephone carries out: `tel:*…#`. */
  | 'service-code-link'
  | 'device-link'
  /** Another document or a program shown inside. */
  | 'embedded-document'
  | 'form'
  | 'refresh'
  | 'foreign-object'
  /** Something is fetched from a host when the document is shown. */
  | 'remote-content'
  | 'abbreviations'
  | 'external-doctype'
  | 'declarations';

/** Told of a sign, and of the character of the reading where it stands. */
export type ActiveSignVisitor = (sign: ActiveSign, character: number) => void;

/** Visits the signs of a document, read as XML and as HTML: a sign that both see is visited twice. Linear. */
export function visitActiveSigns(text: string, visit: ActiveSignVisitor): void {
  for (const dialect of MARKUP_DIALECTS) {
    for (const token of markupTokens(text, dialect)) {
      for (const sign of signsOf(token)) visit(sign, token.offset);
    }
  }
}

function signsOf(token: MarkupToken): readonly ActiveSign[] {
  switch (token.kind) {
    case 'start':
    case 'instruction':
      return [
        ...(ELEMENT_SIGNS.get(token.name) ?? []),
        ...token.attributes.flatMap((attribute) => signsOfAttribute(token.name, attribute)),
      ];
    case 'doctype':
      return DOCTYPE_SIGNS[doctypeKind(token.text)];
    case 'text':
    case 'cdata':
      return signsOfStyle(token.text);
    case 'end':
    case 'comment':
      return [];
  }
}

const ELEMENT_SIGNS: ReadonlyMap<string, readonly ActiveSign[]> = new Map([
  ['script', ['script']],
  ['handler', ['script']],
  ['iframe', ['embedded-document']],
  ['frame', ['embedded-document']],
  ['object', ['embedded-document']],
  ['embed', ['embedded-document']],
  ['applet', ['embedded-document']],
  ['portal', ['embedded-document']],
  ['form', ['form']],
  ['foreignobject', ['foreign-object']],
]);

const DOCTYPE_SIGNS: Readonly<Record<ReturnType<typeof doctypeKind>, readonly ActiveSign[]>> = {
  plain: [],
  abbreviations: ['abbreviations'],
  external: ['external-doctype'],
  declarations: ['declarations'],
};

/** What a link does. One to a host is judged by whether it is followed without being touched. */
const LINK_SIGNS: Readonly<Record<LinkKind, readonly ActiveSign[]>> = {
  local: [],
  part: [],
  network: [],
  script: ['script-link'],
  'active-data': ['script-link'],
  data: [],
  app: ['app-link'],
  dial: ['dial-link'],
  device: ['device-link'],
  other: [],
};

const EVENT_HANDLER = /^on[a-z]{3,}$/;

/** True for an attribute that is script, run on an event: `onload`, `onclick`… */
export function isEventHandler({ name }: MarkupAttribute): boolean {
  return EVENT_HANDLER.test(name);
}

function signsOfAttribute(element: string, attribute: MarkupAttribute): readonly ActiveSign[] {
  const { localName, value } = attribute;
  if (isEventHandler(attribute)) return ['event-handler'];
  if (localName === 'http-equiv') return value.trim().toLowerCase() === 'refresh' ? ['refresh'] : [];
  if (localName === 'style') return signsOfStyle(value);
  return signsOfLinks(element, attribute);
}

/** Attributes that are links, and whether showing the document follows them. Animations set links from the last four. */
const LINK_ATTRIBUTES: ReadonlyMap<string, 'shown' | 'touched'> = new Map([
  ['src', 'shown'],
  ['srcset', 'shown'],
  ['href', 'shown'],
  ['data', 'shown'],
  ['background', 'shown'],
  ['poster', 'shown'],
  ['base', 'shown'],
  ['codebase', 'shown'],
  ['action', 'touched'],
  ['formaction', 'touched'],
  ['ping', 'touched'],
  ['from', 'touched'],
  ['to', 'touched'],
  ['by', 'touched'],
  ['values', 'touched'],
]);

/** Attributes that hold several links, and what stands between two. */
const LINK_SEPARATORS: ReadonlyMap<string, RegExp> = new Map([
  ['srcset', /,/],
  ['values', /;/],
]);

/** Elements whose link is followed only when it is touched, whatever the attribute. */
const TOUCHED_ELEMENTS: ReadonlySet<string> = new Set(['a', 'area']);

function signsOfLinks(element: string, { localName, value }: MarkupAttribute): readonly ActiveSign[] {
  const following = LINK_ATTRIBUTES.get(localName);
  if (following === undefined) return [];
  const separator = LINK_SEPARATORS.get(localName);
  const links = separator === undefined ? [value] : value.split(separator);
  const isFetched = following === 'shown' && !TOUCHED_ELEMENTS.has(element);
  return links.flatMap((link) => signsOfLink(link, isFetched));
}

const SERVICE_CODE = /^[^:]*:[^?]*(?:[*]|%2a)[^?]*(?:#|%23)/i;

function signsOfLink(link: string, isFetched: boolean): readonly ActiveSign[] {
  const kind = linkKind(link);
  if (kind === 'dial' && SERVICE_CODE.test(link)) return ['service-code-link'];
  if (kind === 'network') return isFetched ? ['remote-content'] : [];
  return LINK_SIGNS[kind];
}

/** Addresses that a style sheet loads. It is not read as CSS: any text is searched for them. */
const STYLE_LINK = /(?:@import\s*(?:url\(\s*)?|url\(\s*)["']?([^"'()\s]+)/gi;

function signsOfStyle(text: string): ActiveSign[] {
  return [...text.matchAll(STYLE_LINK)].flatMap(([, link = '']) => signsOfLink(link, true));
}
