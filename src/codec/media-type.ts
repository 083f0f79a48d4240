/** Media types by code or spelled out (WAP-230-WSP 8.4.2.7 and table 40). */
import type { Reader } from './reader.ts';
import type { ValueCodec } from './value-codec.ts';
import { MEDIA_TYPES, MEDIA_TYPE_CODES } from './wsp-numbers.ts';
import { shortInteger, textString } from './wsp-values.ts';

const SHORT_CODE_MAX = 0x7f;

/**
 * Constrained-encoding (8.4.2.1): a media type by its code as Short-integer, or its text. A type of the table is
 * spelled as the table has it, however the wire spelled it; any other as it came.
 */
export const constrainedMedia: ValueCodec<string> = {
  read(reader) {
    const start = reader.offset;
    if (reader.peek() >= 0x80) return mediaTypeOfCode(reader, shortInteger.read(reader), start);
    return mediaTypeOfText(reader, textString.read(reader), { start, codeMax: SHORT_CODE_MAX });
  },
  write(value, out) {
    const code = codeOfMediaType(value);
    if (code !== undefined && code <= SHORT_CODE_MAX) shortInteger.write(code, out);
    else textString.write(value, out);
  },
};

/** The media type of a code. A code without a name is `token-unassigned`, and is called by its number. */
export function mediaTypeOfCode(reader: Reader, code: number, start: number): string {
  const name = MEDIA_TYPES.get(code);
  if (name !== undefined) return name;
  reader.deviation('token-unassigned', start, `media type ${code}`);
  return unassignedMediaType(code);
}

/** A spelled media type. One that has a code up to `codeMax` is `token-as-text`. */
export function mediaTypeOfText(
  reader: Reader,
  text: string,
  { start, codeMax }: { readonly start: number; readonly codeMax: number },
): string {
  const code = codeOfMediaType(text);
  if (code !== undefined && code <= codeMax) reader.deviation('token-as-text', start, text);
  return canonicalMediaType(text);
}

/** The table's spelling of a media type that it has in any case; any other text as it is. */
export function canonicalMediaType(text: string): string {
  return MEDIA_TYPES.get(MEDIA_TYPE_CODES.get(text.toLowerCase()) ?? -1) ?? text;
}

/** The code of a media type of the table, in any case, or of one that `mediaTypeOfCode` called by its number. */
export function codeOfMediaType(mediaType: string): number | undefined {
  return MEDIA_TYPE_CODES.get(mediaType.toLowerCase()) ?? codeOfUnassigned(mediaType);
}

/** The name that stands for a media type code without one. */
function unassignedMediaType(code: number): string {
  return `application/x-wsp-0x${code.toString(16)}`;
}

function codeOfUnassigned(mediaType: string): number | undefined {
  const digits = /^application\/x-wsp-0x([0-9a-f]{1,14})$/.exec(mediaType)?.[1];
  if (digits === undefined) return undefined;
  const code = Number.parseInt(digits, 16);
  const isOurs = Number.isSafeInteger(code) && unassignedMediaType(code) === mediaType;
  return isOurs && !MEDIA_TYPES.has(code) ? code : undefined;
}
