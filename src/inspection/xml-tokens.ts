/**
 * Markup as a parser on a handset sees it: tags with their attributes, texts, comments. There is no DTD here, and no
 * entity is expanded but the five of XML, the numeric ones, and the few of HTML that can hide the scheme of a link.
 */

/**
 * Whose rules end a comment, a raw text or a declaration. The two differ, and what one reads as a tag is an attribute or
 * a comment to the other; where it is not known which of them will read a document, inspect it in both.
 */
export type MarkupDialect = 'xml' | 'html';

/** Both dialects. */
export const MARKUP_DIALECTS: readonly MarkupDialect[] = ['xml', 'html'];

/** One attribute of a tag. One name may come more than once: parsers differ in which they take. */
export interface MarkupAttribute {
  /** Lower case, with its namespace prefix. */
  readonly name: string;
  /** `name` without its prefix. */
  readonly localName: string;
  /** Entities decoded; '' when there is none. */
  readonly value: string;
}

/** One piece of a document, and the place of its first character. Unless said otherwise texts are as they stand. */
export type MarkupToken =
  | {
      readonly kind: 'start' | 'instruction';
      readonly offset: number;
      /** Local name in lower case: a prefix can be bound to any namespace. */
      readonly name: string;
      readonly attributes: readonly MarkupAttribute[];
      /** True for a tag that ends in a slash. */
      readonly isEmpty: boolean;
    }
  | { readonly kind: 'end'; readonly offset: number; readonly name: string }
  /** `text` has its entities decoded, but for the raw text of HTML elements such as script. */
  | { readonly kind: 'text'; readonly offset: number; readonly text: string }
  /** What stands between the delimiters. In HTML every declaration is a comment. */
  | { readonly kind: 'comment' | 'cdata' | 'doctype'; readonly offset: number; readonly text: string };

/**
 * The tokens of a document, in order. They cover all of it, whatever it is: what is cut off or malformed is read as
 * lenient parsers read it. Takes time linear in the text, never throws.
 */
export function* markupTokens(
  text: string,
  dialect: MarkupDialect,
): Generator<MarkupToken, undefined, undefined> {
  for (let at = 0; at < text.length;) {
    const { token, end } = readToken(text, at, dialect);
    yield token;
    at = end;
    if (dialect === 'xml' || token.kind !== 'start') continue;
    const rawEnd = endOfRawText(text, at, token.name);
    if (rawEnd > at) yield { kind: 'text', offset: at, text: text.slice(at, rawEnd) };
    at = rawEnd;
  }
  return undefined;
}

/** A token, and the place behind it: always behind the place where it was read. */
interface Reading {
  readonly token: MarkupToken;
  readonly end: number;
}

type ReadConstruct = (text: string, at: number, opener: string) => Reading;

/** What may stand at a `<`; of two that fit the first is it. What is none of these is text. */
const CONSTRUCTS: Readonly<
  Record<MarkupDialect, readonly (readonly [opener: RegExp, read: ReadConstruct])[]>
> = {
  xml: [
    [/<(?=[A-Za-z_:\u0080-\uffff])/y, readStartTag],
    [/<\/(?=[A-Za-z_:\u0080-\uffff])/y, readEndTag],
    [/<!--/y, until('comment', '-->')],
    [/<!\[CDATA\[/y, until('cdata', ']]>')],
    [/<!DOCTYPE/iy, readDoctype],
    [/<!/y, until('comment', '>')],
    [/<\?/y, readInstruction],
  ],
  html: [
    [/<(?=[A-Za-z])/y, readStartTag],
    [/<\/(?=[A-Za-z])/y, readEndTag],
    [/<!--/y, readHtmlComment],
    [/<[!?/]/y, until('comment', '>')],
  ],
};

/** Where anything but text may begin; a text of nothing but `<` is one token. */
const CONSTRUCT_START = /<(?=[A-Za-z_:/!?\u0080-\uffff])/g;

function readToken(text: string, at: number, dialect: MarkupDialect): Reading {
  for (const [opener, read] of CONSTRUCTS[dialect]) {
    const match = matchAt(opener, text, at);
    if (match !== undefined) return read(text, at, match[0]);
  }
  CONSTRUCT_START.lastIndex = at + 1;
  const end = CONSTRUCT_START.exec(text)?.index ?? text.length;
  return { token: { kind: 'text', offset: at, text: decodeEntities(text.slice(at, end)) }, end };
}

/** A match of a sticky expression at a place. */
function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text) ?? undefined;
}

/** Reads what ends at a delimiter, or else with the document. */
function until(kind: 'comment' | 'cdata', closer: string): ReadConstruct {
  return (text, offset, opener) => {
    const { content, end } = delimited(text, offset + opener.length, closer);
    return { token: { kind, offset, text: content }, end };
  };
}

function delimited(
  text: string,
  from: number,
  closer: string,
): { readonly content: string; readonly end: number } {
  const at = text.indexOf(closer, from);
  return at < 0
    ? { content: text.slice(from), end: text.length }
    : { content: text.slice(from, at), end: at + closer.length };
}

/** A comment of HTML ends early at `<!-->` and `<!--->`, and at `--!>` as well (HTML, 13.2.5.43 to 13.2.5.51). */
const HTML_COMMENT_ABRUPT_END = /-?>/y;
const HTML_COMMENT_END = /--!?>/g;

function readHtmlComment(text: string, offset: number, opener: string): Reading {
  const from = offset + opener.length;
  HTML_COMMENT_END.lastIndex = from;
  const close = matchAt(HTML_COMMENT_ABRUPT_END, text, from) ?? HTML_COMMENT_END.exec(text) ?? undefined;
  const to = close?.index ?? text.length;
  return {
    token: { kind: 'comment', offset, text: text.slice(from, to) },
    end: to + (close?.[0].length ?? 0),
  };
}

/** A document type ends at a `>` that stands in no quotes and not in its internal subset, which has comments. */
const DOCTYPE_REST =
  /(?:[^"'[>]+|"[^"]*"?|'[^']*'?)*(?:\[(?:<!--[^]*?(?:-->|$)|<\?[^]*?(?:\?>|$)|[^"'\]<]+|<|"[^"]*"?|'[^']*'?)*\]?[^>]*)?/y;

function readDoctype(text: string, offset: number, opener: string): Reading {
  const from = offset + opener.length;
  const rest = matchAt(DOCTYPE_REST, text, from)?.[0] ?? '';
  return { token: { kind: 'doctype', offset, text: rest }, end: from + rest.length + 1 };
}

function readInstruction(text: string, offset: number, opener: string): Reading {
  const { content, end } = delimited(text, offset + opener.length, '?>');
  const { name, attributes } = readTag(content, 0);
  return { token: { kind: 'instruction', offset, name, attributes, isEmpty: true }, end };
}

function readStartTag(text: string, offset: number, opener: string): Reading {
  const { name, attributes, end, isEmpty } = readTag(text, offset + opener.length);
  return { token: { kind: 'start', offset, name, attributes, isEmpty }, end };
}

function readEndTag(text: string, offset: number, opener: string): Reading {
  const { name, end } = readTag(text, offset + opener.length);
  return { token: { kind: 'end', offset, name }, end };
}

interface Tag {
  readonly name: string;
  readonly attributes: readonly MarkupAttribute[];
  readonly isEmpty: boolean;
  readonly end: number;
}

const TAG_NAME = /[^ \t\n\f\r/>]*/y;
const BETWEEN_ATTRIBUTES = /[ \t\n\f\r/]*/y;
const ATTRIBUTE =
  /([^ \t\n\f\r/>][^ \t\n\f\r/>=]*)(?:[ \t\n\f\r]*=[ \t\n\f\r]*(?:"([^"]*)"?|'([^']*)'?|([^ \t\n\f\r>"'][^ \t\n\f\r>]*)?))?/y;

/** Reads a name, attributes and the `>`, each of which may be missing at the end of the text. */
function readTag(text: string, from: number): Tag {
  const name = matchAt(TAG_NAME, text, from)?.[0] ?? '';
  const attributes: MarkupAttribute[] = [];
  for (let at = from + name.length; ;) {
    const between = matchAt(BETWEEN_ATTRIBUTES, text, at)?.[0] ?? '';
    at += between.length;
    const match = matchAt(ATTRIBUTE, text, at);
    if (match === undefined) {
      return {
        name: withoutPrefix(name.toLowerCase()),
        attributes,
        isEmpty: between.endsWith('/'),
        end: at + 1,
      };
    }
    attributes.push(attributeOf(match));
    at += match[0].length;
  }
}

function attributeOf([, rawName = '', double, single, bare]: RegExpExecArray): MarkupAttribute {
  const name = rawName.toLowerCase();
  const value = decodeEntities(double ?? single ?? bare ?? '');
  return { name, localName: withoutPrefix(name), value };
}

/** The value of the attribute of a local name: the first of several, which is the one that HTML takes. */
export function attributeValue(
  attributes: readonly MarkupAttribute[],
  localName: string,
): string | undefined {
  return attributes.find((attribute) => attribute.localName === localName)?.value;
}

function withoutPrefix(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** Elements of HTML whose content is no markup, each with what ends it; the last has no end (HTML, 13.2.6.4). */
const RAW_TEXT_ENDS: ReadonlyMap<string, RegExp> = new Map(
  ['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext'].map(
    (name) => [name, name === 'plaintext' ? /(?!)/g : new RegExp(`</${name}(?=[ \\t\\n\\f\\r/>])`, 'gi')],
  ),
);

/** Where the raw text that starts here ends: here, when the element has none. */
function endOfRawText(text: string, at: number, element: string): number {
  const ending = RAW_TEXT_ENDS.get(element);
  if (ending === undefined) return at;
  ending.lastIndex = at;
  return ending.exec(text)?.index ?? text.length;
}

/** Entities by name: those of XML, and those of HTML that hide a scheme or a path from who looks for one. */
const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['Tab', '\t'],
  ['NewLine', '\n'],
  ['colon', ':'],
  ['sol', '/'],
  ['lpar', '('],
  ['rpar', ')'],
]);

/** The semicolon is not needed: HTML does without it. */
const ENTITY = /&(?:#[xX]([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?/g;

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (entity, hexadecimal?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED_ENTITIES.get(name) ?? entity;
    return characterOf(hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16));
  });
}

const CODE_POINT_MAX = 0x10ffff;

function characterOf(codePoint: number): string {
  return codePoint > CODE_POINT_MAX ? '\uFFFD' : String.fromCodePoint(codePoint);
}
