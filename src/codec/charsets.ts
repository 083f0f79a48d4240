/**
 * IANA MIBenum numbers and what decodes them. `label` is a WHATWG encoding label; `latin1` and `ascii` are decoded
 * here, because WHATWG reads both as windows-1252, which is not what the handset does.
 */
export type CharsetDecoder = { readonly kind: 'ascii' | 'latin1' | 'utf8' | 'ucs2' } | LabelledDecoder;

/** A charset that the platform's TextDecoder knows. */
export interface LabelledDecoder {
  readonly kind: 'label';
  readonly label: string;
}

/** One charset of the registry. */
export interface Charset {
  readonly name: string;
  readonly decoder: CharsetDecoder;
}

const labelled = (name: string, label = name): Charset => ({ name, decoder: { kind: 'label', label } });

/** Charsets by MIBenum (IANA character-sets registry). ISO-8859-9 and -11 share their letters with the Windows pages. */
export const CHARSETS: ReadonlyMap<number, Charset> = new Map([
  [0, { name: '*', decoder: { kind: 'utf8' } }],
  [3, { name: 'us-ascii', decoder: { kind: 'ascii' } }],
  [4, { name: 'iso-8859-1', decoder: { kind: 'latin1' } }],
  [5, labelled('iso-8859-2')],
  [6, labelled('iso-8859-3')],
  [7, labelled('iso-8859-4')],
  [8, labelled('iso-8859-5')],
  [9, labelled('iso-8859-6')],
  [10, labelled('iso-8859-7')],
  [11, labelled('iso-8859-8')],
  [12, labelled('iso-8859-9', 'windows-1254')],
  [13, labelled('iso-8859-10')],
  [17, labelled('shift_jis')],
  [18, labelled('euc-jp')],
  [38, labelled('euc-kr')],
  [39, labelled('iso-2022-jp')],
  [106, { name: 'utf-8', decoder: { kind: 'utf8' } }],
  [109, labelled('iso-8859-13')],
  [110, labelled('iso-8859-14')],
  [111, labelled('iso-8859-15')],
  [112, labelled('iso-8859-16')],
  [113, labelled('gbk')],
  [114, labelled('gb18030')],
  [1000, { name: 'iso-10646-ucs-2', decoder: { kind: 'ucs2' } }],
  [1013, labelled('utf-16be')],
  [1014, labelled('utf-16le')],
  [1015, { name: 'utf-16', decoder: { kind: 'ucs2' } }],
  [2025, labelled('gb2312', 'gbk')],
  [2026, labelled('big5')],
  [2084, labelled('koi8-r')],
  [2088, labelled('koi8-u')],
  [2109, labelled('windows-874')],
  [2250, labelled('windows-1250')],
  [2251, labelled('windows-1251')],
  [2252, labelled('windows-1252')],
  [2253, labelled('windows-1253')],
  [2254, labelled('windows-1254')],
  [2255, labelled('windows-1255')],
  [2256, labelled('windows-1256')],
  [2257, labelled('windows-1257')],
  [2258, labelled('windows-1258')],
]);

/** The MIBenum numbers that the code names. `any` is what WSP calls any charset; like text without one, it is read as UTF-8. */
export const MIBENUM = { any: 0, usAscii: 3, utf8: 106, utf16: 1015, ucs2: 1000 } as const;

/** The MIBenum of a charset name (as in the text form of a charset parameter), or undefined. Case does not matter. */
export function mibenumOf(name: string): number | undefined {
  return MIBENUM_BY_NAME.get(name.trim().toLowerCase());
}

const MIBENUM_BY_NAME = new Map<string, number>([
  ...[...CHARSETS].map(([mibenum, { name }]): [string, number] => [name, mibenum]),
  ['utf8', 106],
  ['ascii', 3],
  ['latin1', 4],
  ['ucs-2', 1000],
]);
