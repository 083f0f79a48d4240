/** Makes a presentation show a notice where it showed parts that are taken out. */
import { MEDIA_ELEMENTS } from '../inspection/smil-references.ts';
import {
  attributeValue,
  markupTokens,
  type MarkupAttribute,
  type MarkupToken,
} from '../inspection/xml-tokens.ts';

type StartTag = Extract<MarkupToken, { readonly kind: 'start' | 'instruction' }>;

/** What of a media element is true of the text that takes its place; the rest may hold text of the sender's. */
const KEPT_ATTRIBUTES = ['id', 'begin', 'end', 'dur'];

/**
 * A presentation in which each media element that shows a stripped part is a `<text>` that shows `notice`: in its own
 * region if that is one for texts, else in another that is, and in its own where there is none. Everything else stays as
 * it stands, to the character. Takes time linear in the text, whatever it holds. Pure.
 */
export function showNotice(smil: string, isStripped: (source: string) => boolean, notice: string): string {
  const tokens = [...markupTokens(smil, 'xml')];
  const regions = textRegions(tokens);
  const open = new OpenElements();
  const pieces = tokens.map((token, at) => {
    const piece = smil.slice(token.offset, tokens[at + 1]?.offset);
    if (token.kind === 'end') return open.close(token.name) ? '</text>' : piece;
    if (token.kind !== 'start') return piece;
    const isChanged = showsStripped(token, isStripped);
    if (!token.isEmpty) open.open(token.name, isChanged);
    return isChanged ? textTag(token, regions, notice) : piece;
  });
  return pieces.join('');
}

function showsStripped({ name, attributes }: StartTag, isStripped: (source: string) => boolean): boolean {
  if (!MEDIA_ELEMENTS.has(name)) return false;
  return attributes.some(({ localName, value }) => localName === 'src' && isStripped(value));
}

/** Regions in which texts are shown, or that are called so, the first first. */
function textRegions(tokens: readonly MarkupToken[]): ReadonlySet<string> {
  const regions = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'start') continue;
    const region = attributeValue(token.attributes, token.name === 'region' ? 'id' : 'region') ?? '';
    const isForText = token.name === 'region' ? region.toLowerCase() === 'text' : token.name === 'text';
    if (isForText && isPlain(region)) regions.add(region);
  }
  return regions;
}

/** Elements that have a start and not yet an end, by name; true for those that are texts now. */
class OpenElements {
  readonly #open = new Map<string, boolean[]>();

  open(name: string, isChanged: boolean): void {
    const opened = this.#open.get(name) ?? [];
    opened.push(isChanged);
    this.#open.set(name, opened);
  }

  /** Whether the element that ends has become a text. */
  close(name: string): boolean {
    return this.#open.get(name)?.pop() ?? false;
  }
}

function textTag({ attributes, isEmpty }: StartTag, regions: ReadonlySet<string>, notice: string): string {
  const own = attributeValue(attributes, 'region') ?? '';
  const [firstRegion = own] = regions;
  const kept = KEPT_ATTRIBUTES.map((name) => [name, attributeOf(attributes, name)] as const);
  const written = [['src', notice], ['region', regions.has(own) ? own : firstRegion], ...kept] as const;
  const words = written.filter(([, value]) => isPlain(value));
  return `<text${words.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')}${isEmpty ? '/' : ''}>`;
}

/** By its whole name: one with a prefix means something else. */
function attributeOf(attributes: readonly MarkupAttribute[], name: string): string {
  return attributes.find((attribute) => attribute.name === name)?.value ?? '';
}

/** A value that every parser reads as the same. */
function isPlain(value: string): boolean {
  return /^\P{Cc}+$/u.test(value);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(value: string): string {
  return value.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
