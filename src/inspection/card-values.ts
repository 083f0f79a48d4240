/** What a value of a card is, beyond its text: a file in base64, or an address. */
import type { CardLine } from './card-lines.ts';

/** A file that a value holds, as far as its beginning tells. */
export interface EmbeddedFile {
  readonly kind: 'program' | 'archive';
  readonly format: string;
}

/** Beginnings of files in base64 (threats, 6.4). `MZ` is followed by any octet. */
const EMBEDDED_FILES: readonly (readonly [RegExp, EmbeddedFile])[] = [
  [/^TV[opqr]/, { kind: 'program', format: 'exe' }],
  [/^f0VMR/, { kind: 'program', format: 'elf' }],
  [/^ZGV4Cj/, { kind: 'program', format: 'dex' }],
  [/^yv66v/, { kind: 'program', format: 'class' }],
  [/^UEsDB/, { kind: 'archive', format: 'zip' }],
];

/** Properties whose value may be a picture, a sound, a key or a file. */
const BINARY_PROPERTIES = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY', 'ATTACH', 'IMAGE']);

/** Characters before the data of a `data:` address: a media type and its parameters. */
const DATA_URL = /^data:[^,]{0,255};base64,/i;

/** True for a property that may be long: its value is data, not text. */
export function isBinary({ name, parameters, value }: CardLine): boolean {
  return BINARY_PROPERTIES.has(name) || isBase64(parameters) || DATA_URL.test(value);
}

/** `ENCODING=BASE64`, `ENCODING=B`, or either without its name, as in vCard 2.1. */
function isBase64(parameters: string): boolean {
  return /;(?:ENCODING=)?(?:BASE64|B)(?:;|$)/.test(parameters);
}

/** Characters of base64 that tell what it holds, with white space between them. */
const BASE64_HEAD = 64;

/** The file that the value holds, if it is one that no card should hold. */
export function embeddedFileOf(line: CardLine): EmbeddedFile | undefined {
  if (!isBinary(line)) return undefined;
  const data = line.value.replace(DATA_URL, '').slice(0, BASE64_HEAD).replaceAll(/\s/g, '');
  return EMBEDDED_FILES.find(([beginning]) => beginning.test(data))?.[1];
}

/** Properties whose value is an address, or may be one. Extensions (`X-…`) are, too. */
const ADDRESS_PROPERTIES = new Set([
  ...BINARY_PROPERTIES,
  ...['URL', 'SOURCE', 'IMPP', 'MEMBER', 'RELATED', 'UID', 'TEL', 'FBURL', 'CALURI', 'CALADRURI'],
  ...['CONFERENCE', 'TZURL', 'LOCATION', 'ATTENDEE', 'ORGANIZER', 'DALARM', 'AALARM', 'PALARM', 'MALARM'],
]);

/** Addresses that run something, or read the handset's own files. */
const DANGEROUS_ADDRESS =
  /^(?:(javascript|vbscript|file|content|intent):|(data):(?:text\/html|application\/xhtml))/i;

/** The scheme of an address that no card should hold, in lower case. */
export function dangerousSchemeOf({ name, value }: CardLine): string | undefined {
  if (!ADDRESS_PROPERTIES.has(name) && !name.startsWith('X-')) return undefined;
  const [, scheme, dataScheme] = DANGEROUS_ADDRESS.exec(value) ?? [];
  return (scheme ?? dataScheme)?.toLowerCase();
}

/** True for a picture or a file that is not in the card but on a server, which learns when the card is looked at. */
export function isRemote({ name, value }: CardLine): boolean {
  return BINARY_PROPERTIES.has(name) && /^(?:https?|ftp):/i.test(value);
}
