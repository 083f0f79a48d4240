/**
 * Finds in a text what a handset makes a link of. One pass over the text with expressions that never look back, so that
 * a flood of half addresses costs no more than a letter.
 */
import { isTopLevel } from './url-top-level.ts';
import { FORMAT_CHARACTERS } from './text-characters.ts';

/** Characters of the host with what stands before it, and again of what follows. Browsers show no more. */
export const URL_LENGTH_MAX = 2048;

/** An address as it stands in a text. */
export interface FoundUrl {
  /** Lower case; `none` for a bare name. */
  readonly scheme: Scheme | 'none';
  /** All of it, as it stands in the text. */
  readonly spelling: string;
  /** What stands behind the scheme and its punctuation. */
  readonly body: string;
  /** True when `body` begins with a host; else the scheme has a grammar of its own. */
  readonly hasHost: boolean;
  /**
   * False for a bare name under a top-level domain that few handsets know: it may as well be two sentences without a
   * space between them.
   */
  readonly isLink: boolean;
}

const SCHEMES = [
  'http',
  'https',
  'ftp',
  'rtsp',
  'javascript',
  'vbscript',
  'data',
  'intent',
  'itms-services',
  'tel',
] as const;

/** The schemes that are looked for. */
export type Scheme = (typeof SCHEMES)[number];

const OPENING =
  /(?<hierarchical>https?|ftp|rtsp):[/\\]{2,}|(?<![A-Za-z0-9])(?<opaque>javascript|vbscript|data|intent|itms-services|tel):/gi;

/** Every address in the text, in order. It takes time linear in the text, and one address at a time. */
export function* urlsOf(text: string): Generator<FoundUrl> {
  const openings = new RegExp(OPENING);
  for (let from = 0; ;) {
    openings.lastIndex = from;
    const opening = openings.exec(text);
    yield* bareNames(text.slice(from, opening?.index));
    if (opening === null) return;
    const bodyAt = openings.lastIndex;
    const hasHost = opening.groups?.['hierarchical'] !== undefined;
    from = hasHost ? authorityEnd(text, bodyAt) : bodyAt + trimmed(runAt(text, bodyAt)).length;
    const body = text.slice(bodyAt, from);
    const scheme = schemeOf(opening[0]);
    if (body !== '') yield { scheme, spelling: text.slice(opening.index, from), body, hasHost, isLink: true };
  }
}

function schemeOf(opening: string): Scheme | 'none' {
  const lower = opening.slice(0, opening.indexOf(':')).toLowerCase();
  return SCHEMES.find((scheme) => scheme === lower) ?? 'none';
}

/** Spaces and controls, and the quotes, brackets and full stops of any script that surround an address. */
const AROUND = String.raw`\p{Z}\p{Cc}<>"` + '`“”„«»‘’…、。，！？；：（）「」『』【】《》';

const RUN = new RegExp(`[^${AROUND}]{0,${URL_LENGTH_MAX}}`, 'uy');

function runAt(text: string, at: number): string {
  RUN.lastIndex = at;
  return RUN.exec(text)?.[0] ?? '';
}

/** Characters that end a sentence or a bracket rather than an address, and those that nobody sees. */
const TRAILING = /[.,;:!?')\]}*\p{Cf}]/u;

function trimmed(run: string): string {
  let end = run.length;
  while (end > 0 && TRAILING.test(run.charAt(end - 1))) end -= 1;
  return run.slice(0, end);
}

/** Begins the path, the query or the fragment. */
const PATH = /[/?#\\]/;

/** Up to the path. It ends at the next scheme, too, so that no part of a text is searched for many authorities. */
const AUTHORITY = new RegExp(String.raw`[^${AROUND}/?#\\]{0,${URL_LENGTH_MAX}}`, 'uy');

/** Where the address ends whose authority, a host and perhaps a user before it, begins at `at`. */
function authorityEnd(text: string, at: number): number {
  AUTHORITY.lastIndex = at;
  const authority = AUTHORITY.exec(text)?.[0] ?? '';
  const hostAt = authority.lastIndexOf('@') + 1;
  return addressEnd(text, at + hostAt, authority.slice(hostAt));
}

/** Where the address ends whose host begins at `at`; `authority` is the text from there, at most to the path. */
function addressEnd(text: string, at: number, authority: string): number {
  const hostEnd = at + hostLength(authority);
  const path = PATH.test(text.charAt(hostEnd)) ? trimmed(runAt(text, hostEnd)) : '';
  return path === '' ? at + trimmed(text.slice(at, hostEnd)).length : hostEnd + path.length;
}

const BRACKETED_HOST = /^\[[^\]]*\](?::\d{0,5})?/;
const NAME = /^[\p{L}\p{N}\p{M}\p{Cf}._%~-]*/u;
const PORT = /^:\d{0,5}/;
const PORT_LENGTH = ':65535'.length;

/** The length of host and port. An emoji ends a host, and so does a foreign letter behind a Latin top-level domain. */
function hostLength(authority: string): number {
  const bracketed = BRACKETED_HOST.exec(authority)?.[0];
  if (bracketed !== undefined) return bracketed.length;
  const run = NAME.exec(authority)?.[0] ?? '';
  const name = withoutAppended(run);
  if (name.length < run.length) return name.length;
  return name.length + (PORT.exec(authority.slice(name.length))?.[0].length ?? 0);
}

const APPENDED = /^[A-Za-z]{2,}(?=[^\p{ASCII}\p{M}\p{Cf}])/u;

/** Scripts that put no space between words run on behind an address: no top-level domain mixes Latin with another. */
function withoutAppended(name: string): string {
  const lastLabelAt = name.lastIndexOf('.') + 1;
  const latin = lastLabelAt === 0 ? undefined : APPENDED.exec(name.slice(lastLabelAt))?.[0];
  return latin === undefined ? name : name.slice(0, lastLabelAt + latin.length);
}

/** A host name, or the `@` of a mail address together with its domain. */
const BARE = /@?[\p{L}\p{N}\p{M}\p{Cf}._%-]+/gu;

/** What does not begin a name: dots and dashes, what nobody sees, and a word of a script that has no spaces. */
const LEADING =
  /^[\p{Cf}._%-]*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+(?=[A-Za-z0-9]))?/u;

function* bareNames(gap: string): Generator<FoundUrl> {
  const names = new RegExp(BARE);
  for (let match = names.exec(gap); match !== null; match = names.exec(gap)) {
    const [run] = match;
    const end = match.index + run.length;
    if (!run.includes('.') || run.startsWith('@') || gap[end] === '@' || run.length > URL_LENGTH_MAX)
      continue;
    const start = match.index + (LEADING.exec(run)?.[0].length ?? 0);
    const next = addressEnd(gap, start, gap.slice(start, end + PORT_LENGTH));
    const spelling = gap.slice(start, next);
    const isLink = linkKind(spelling);
    if (isLink === undefined) continue;
    yield { scheme: 'none', spelling, body: spelling, hasHost: true, isLink: isLink === 'link' };
    names.lastIndex = Math.max(end, next);
  }
}

const HOST_END = /[:/?#\\]/;
const TOP_LEVEL = /^(?:[\p{L}\p{M}]{2,}|xn--[a-z0-9-]+)$/iu;

/** A version has the form of an IP address, but no path that begins with a letter. */
const BARE_IP_ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?\/\p{L}/u;

/** Whether a bare name is a link, may be one, or (undefined) is a number, a version or an abbreviation. */
function linkKind(spelling: string): 'link' | 'maybe' | undefined {
  if (BARE_IP_ADDRESS.test(spelling)) return 'link';
  const [host = ''] = spelling.replaceAll(FORMAT_CHARACTERS, '').split(HOST_END, 1);
  const lastLabelAt = host.lastIndexOf('.') + 1;
  const label = host.slice(lastLabelAt);
  if (lastLabelAt < 2 || !TOP_LEVEL.test(label)) return undefined;
  return isTopLevel(label) ? 'link' : 'maybe';
}
