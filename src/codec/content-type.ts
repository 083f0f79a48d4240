/** Content-type-value (WAP-230-WSP 8.4.2.24): a media type and its parameters, in all its wire forms. */
import {
  canonicalMediaType,
  codeOfMediaType,
  constrainedMedia,
  mediaTypeOfCode,
  mediaTypeOfText,
} from './media-type.ts';
import {
  parameterOf,
  parametersOfText,
  readParameters,
  writeParameters,
  type Parameter,
} from './parameters.ts';
import type { Reader } from './reader.ts';
import type { ValueCodec } from './value-codec.ts';
import { integer, readCounted, startsWithLengthOctet, textString, writeCounted } from './wsp-values.ts';

/**
 * A media type without parameters, and the parameters in wire order. A type that WSP numbers is spelled as in its
 * table, any other as it came; one that is empty reads as any type, as in Android.
 */
export interface ContentType {
  readonly mediaType: string;
  readonly parameters: readonly Parameter[];
}

const SHORT_CODE_MAX = 0x7f;

/** The codec of Content-type-value. */
export const contentTypeValue: ValueCodec<ContentType> = {
  read(reader) {
    const start = reader.offset;
    const first = reader.peek();
    if (first >= 0x80) return { mediaType: constrainedMedia.read(reader), parameters: [] };
    if (first < 0x20 || startsWithLengthOctet(reader)) return readCounted(reader, readGeneralForm);
    return spelled(reader, textString.read(reader), { start, codeMax: SHORT_CODE_MAX });
  },
  write(contentType, out) {
    const { mediaType, parameters } = contentType;
    requireMediaType(mediaType);
    if (isConstrained(contentType)) {
      constrainedMedia.write(mediaType, out);
      return;
    }
    const code = codeOfMediaType(mediaType);
    writeCounted(out, (inner) => {
      if (code === undefined) textString.write(mediaType, inner);
      else integer.write(code, inner);
      writeParameters(parameters, inner);
    });
  },
};

/** True when the short form holds it: no parameters, a code of seven bits, or a text that no length is taken for. */
function isConstrained({ mediaType, parameters }: ContentType): boolean {
  const code = codeOfMediaType(mediaType);
  return parameters.length === 0 && (code === undefined ? isAscii(mediaType) : code <= SHORT_CODE_MAX);
}

function isAscii(text: string): boolean {
  return !/\P{ASCII}/u.test(text);
}

function readGeneralForm(reader: Reader): ContentType {
  const start = reader.offset;
  const isText = reader.peek() >= 0x20 && reader.peek() < 0x80;
  const head = isText
    ? spelled(reader, textString.read(reader), { start, codeMax: Number.MAX_SAFE_INTEGER })
    : { mediaType: mediaTypeOfCode(reader, integer.read(reader), start), parameters: [] };
  return { ...head, parameters: readParameters(reader, head.parameters) };
}

const PLAIN_MEDIA_TYPE = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+\/[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Some encoders put `type/subtype; name=value` into the text. The parameters are read out of it, so that inspection
 * sees the charset and name that a lenient handset sees.
 */
function spelled(
  reader: Reader,
  text: string,
  place: { readonly start: number; readonly codeMax: number },
): ContentType {
  if (PLAIN_MEDIA_TYPE.test(text)) return { mediaType: mediaTypeOfText(reader, text, place), parameters: [] };
  reader.deviation('media-type-malformed', place.start, 'no plain type/subtype');
  const [first = '', ...rest] = text.split(';');
  const mediaType = canonicalMediaType(first.trim());
  return { mediaType: mediaType === '' ? '*/*' : mediaType, parameters: parametersOfText(reader, rest) };
}

function requireMediaType(mediaType: string): void {
  if (mediaType === '' || mediaType.includes(';') || mediaType.trim() !== mediaType) {
    throw new RangeError(`${mediaType} is not a media type`);
  }
}

/** The text value of a parameter (`name`, `start`, `type`…), or undefined. */
export function textParameter(contentType: ContentType, name: string): string | undefined {
  const value = parameterOf(contentType.parameters, name);
  return typeof value === 'string' ? value : undefined;
}

/** The MIBenum of the charset parameter, or undefined. */
export function charsetOf(contentType: ContentType): number | undefined {
  const value = parameterOf(contentType.parameters, 'charset');
  return typeof value === 'number' ? value : undefined;
}

const MULTIPART = /^(application\/vnd\.wap\.multipart\.|multipart\/)/i;

/** True for the multiparts that the wireless encoding carries, under their WAP or their plain name. */
export function isMultipart({ mediaType }: ContentType): boolean {
  return MULTIPART.test(mediaType);
}
