/** Text, and the formats that are written as text. */
import { latin1 } from '../codec/text.ts';
import type { Octets } from './octets.ts';
import type { Sniffed } from './sniff-format.ts';
import { PROFILE_KEYS } from './sniff-programs.ts';

/** Octets that are read to tell whether a part is text: all that a text part may have. */
export const TEXT_SNIFF_OCTETS_MAX = 64 * 1024;

/** Characters in which a format shows itself. */
export const TEXT_HEAD_LENGTH = 4096;

const text = (format: string, mediaType = 'text/plain'): Sniffed => ({ mediaType, family: 'text', format });
const program = (format: string, mediaType: string): Sniffed => ({ mediaType, family: 'program', format });

const SMIL: Sniffed = { mediaType: 'application/smil', family: 'smil', format: 'smil' };
const SVG: Sniffed = { mediaType: 'image/svg+xml', family: 'svg', format: 'svg' };
const HTML: Sniffed = { mediaType: 'text/html', family: 'html', format: 'html' };
const RIGHTS: Sniffed = { mediaType: 'application/vnd.oma.drm.rights+xml', family: 'drm', format: 'rights' };
const DRM_MESSAGE: Sniffed = { mediaType: 'application/vnd.oma.drm.message', family: 'drm', format: 'dm' };
const PROVISIONING: Sniffed = {
  mediaType: 'text/vnd.wap.connectivity-xml',
  family: 'provisioning',
  format: 'provisioning-xml',
};
const PEM: Sniffed = { mediaType: 'application/x-pem-file', family: 'certificate', format: 'pem' };
const PROFILE = program('mobileconfig', 'application/x-apple-aspen-config');

/** Formats by the start of the text, marks and white space before it left out. */
const BY_START: readonly (readonly [RegExp, Sniffed])[] = [
  [/^begin:vcard/i, { mediaType: 'text/vcard', family: 'vcard', format: 'vcard' }],
  [/^begin:vcalendar/i, { mediaType: 'text/calendar', family: 'vcal', format: 'vcalendar' }],
  [/^begin:imelody/i, { mediaType: 'audio/imelody', family: 'imelody', format: 'imelody' }],
  [/^--[^\r\n]{1,70}\r?\ncontent-type:/i, DRM_MESSAGE],
  [/^-----BEGIN (?:[A-Z0-9]+ )*(?:CERTIFICATE|PKCS7|CMS|PRIVATE KEY)/, PEM],
];

/** Roots of HTML, and what pages begin with that leave out the root. */
const HTML_ROOTS = [
  ...['html', 'head', 'body', 'title', 'meta', 'link', 'base', 'style', 'script'],
  ...['iframe', 'object', 'embed', 'form', 'table', 'div'],
];

/** Markup by its root element, in lower case and without its prefix. */
const BY_ROOT: ReadonlyMap<string, Sniffed> = new Map([
  ['smil', SMIL],
  ['svg', SVG],
  ['rights', RIGHTS],
  ['wap-provisioningdoc', PROVISIONING],
  ['syncml', PROVISIONING],
  ['jnlp', program('jnlp', 'application/x-java-jnlp-file')],
  ...HTML_ROOTS.map((name): [string, Sniffed] => [name, HTML]),
]);

/** Text and the formats that are text; undefined for what does not read as text. */
export function sniffText(octets: Octets): Sniffed | undefined {
  const reading = readText(octets);
  if (reading === undefined) return undefined;
  const head = reading.text.slice(0, TEXT_HEAD_LENGTH).trimStart();
  const byStart = BY_START.find(([pattern]) => pattern.test(head))?.[1];
  return byStart ?? sniffMarkup(head, reading.text) ?? sniffDescriptor(head) ?? text(reading.encoding);
}

interface TextReading {
  readonly text: string;
  readonly encoding: string;
}

/** C0 controls but TAB, LF, FF, CR and ESC, which shifts between the alphabets of ISO-2022; and no character at all. */
const NOT_TEXT = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]/;

/** The scripts in use: octets that are no text make rare characters when they are taken in pairs. */
const SCRIPTS_IN_USE = /^[\t-\u10ff\u1e00-\u27bf\u3000-\u30ff\u4e00-\u9fff\uac00-\udfff\ufb00-\uffef]*$/;

/** Letters in pairs make Chinese characters. Of UTF-16, no more than some half of the octets are letters of ASCII. */
const ASCII_SHARE_MAX = 0.75;

function isMostlyAscii(bytes: Uint8Array): boolean {
  const count = bytes.reduce((sum, octet) => sum + (octet >= 0x20 && octet < 0x7f ? 1 : 0), 0);
  return count > bytes.length * ASCII_SHARE_MAX;
}

/** Some handsets end a text with NUL, as it is in their memory. */
const TRAILING_NULS = /\0{1,2}$/;

/**
 * Reads the start of a part as text: strictly as UTF-8, or as UTF-16 with or without its mark; as any charset of eight
 * bits when it has no controls. Undefined for what no charset makes text of.
 */
function readText(octets: Octets): TextReading | undefined {
  const bytes = octets.bytes.subarray(0, TEXT_SNIFF_OCTETS_MAX);
  for (const { encoding, isGuess } of encodingsFor(octets)) {
    const decoded = decodeStrictly(bytes, encoding)?.replace(TRAILING_NULS, '');
    if (decoded === undefined || decoded === '' || NOT_TEXT.test(decoded)) continue;
    if (isGuess && (isMostlyAscii(bytes) || !SCRIPTS_IN_USE.test(decoded))) continue;
    return { text: decoded, encoding };
  }
  return undefined;
}

interface Encoding {
  readonly encoding: string;
  /** Nothing but the text itself speaks for it. */
  readonly isGuess: boolean;
}

const UNMARKED: readonly Encoding[] = [
  { encoding: 'utf-8', isGuess: false },
  { encoding: '8-bit', isGuess: false },
  { encoding: 'utf-16be', isGuess: true },
  { encoding: 'utf-16le', isGuess: true },
];

function encodingsFor(octets: Octets): readonly Encoding[] {
  if (octets.startsWith('\xff\xfe')) return [{ encoding: 'utf-16le', isGuess: false }];
  if (octets.startsWith('\xfe\xff')) return [{ encoding: 'utf-16be', isGuess: false }];
  return UNMARKED;
}

/** The last character may be cut in two, by us or by the sender. */
function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  if (encoding === '8-bit') return latin1(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** What may stand before the root of an XML document; the name of its type is captured. */
const PROLOG = /\s*(?:<\?[^>]*>|<!--.*?-->|<!doctype\s+([\w:.-]+)[^>[]*(?:\[.*?\]\s*)?>)/isy;
const ROOT = /\s*<(?:[\w.-]+:)?([a-z][\w.-]*)(?=[\s/>])/iy;
const PUSH = /-\/\/WAPFORUM\/\/DTD (?:PROV|SI|SL|CO)\b|^<si>\s*<indication\b/i;

function sniffMarkup(head: string, whole: string): Sniffed | undefined {
  if (!head.startsWith('<')) return undefined;
  if (PUSH.test(head)) return PROVISIONING;
  const { documentType, root } = rootOf(head);
  const isProfile = root === 'plist' && PROFILE_KEYS.every((key) => whole.includes(key));
  if (root === 'plist') return isProfile ? PROFILE : text('plist', 'text/xml');
  const sniffed = BY_ROOT.get(root) ?? BY_ROOT.get(documentType);
  return sniffed ?? (/^<\?xml\b/i.test(head) ? text('xml', 'application/xml') : undefined);
}

function rootOf(head: string): { readonly documentType: string; readonly root: string } {
  let at = 0;
  let documentType = '';
  for (let match = matchAt(PROLOG, head, at); match !== null; match = matchAt(PROLOG, head, at)) {
    documentType = match[1]?.toLowerCase() ?? documentType;
    at += match[0].length;
  }
  return { documentType, root: matchAt(ROOT, head, at)?.[1]?.toLowerCase() ?? '' };
}

function matchAt(pattern: RegExp, head: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(head);
}

const DESCRIPTOR = program('jad', 'text/vnd.sun.j2me.app-descriptor');

/** A Java application descriptor: where its JAR is, and two more of its attributes (JSR 118, MIDlet Suite Packaging). */
function sniffDescriptor(head: string): Sniffed | undefined {
  const attributes = head.match(/^MIDlet-[\w-]+:/gim) ?? [];
  const hasJar = attributes.some((attribute) => attribute.toLowerCase() === 'midlet-jar-url:');
  return hasJar && attributes.length >= 3 ? DESCRIPTOR : undefined;
}
