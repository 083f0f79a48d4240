/** Content-type-value (WAP-230-WSP 8.4.2.24): a media type and its parameters, in all its wire forms. */
import type { Reader } from './reader.ts';
import {
  codeOfUnassigned,
  constrainedMedia,
  parameterOf,
  readParameters,
  unassignedMediaType,
  writeParameters,
  type Parameter,
} from './parameters.ts';
import type { ValueCodec } from './value-codec.ts';
import { integer, readCounted, textString, writeCounted } from './wsp-values.ts';
import { MEDIA_TYPES, MEDIA_TYPE_CODES } from './wsp-numbers.ts';

/** A media type as it was spelled, without parameters, and the parameters in wire order. */
export interface ContentType {
  readonly mediaType: string;
  readonly parameters: readonly Parameter[];
}

/** The codec of Content-type-value. */
export const contentTypeValue: ValueCodec<ContentType> = {
  read(reader) {
    const first = reader.peek();
    const isConstrained = first >= 0x80 || first >= 0x20;
    if (isConstrained && !isOctetLength(reader)) {
      return fromText(constrainedMedia.read(reader));
    }
    return readCounted(reader, readGeneralForm);
  },
  write({ mediaType, parameters }, out) {
    const code = MEDIA_TYPE_CODES.get(mediaType.toLowerCase()) ?? codeOfUnassigned(mediaType);
    const isConstrained = parameters.length === 0 && (code === undefined || code < 0x80);
    if (isConstrained) {
      constrainedMedia.write(mediaType, out);
      return;
    }
    writeCounted(out, (inner) => {
      if (code === undefined) textString.write(mediaType, inner);
      else integer.write(code, inner);
      writeParameters(parameters, inner);
    });
  },
};

/**
 * A length octet of 32 to 127 where a media type may start: told from text by what follows it. A text media type is a
 * token throughout; a general form goes on with a Short-integer, which no token has.
 */
function isOctetLength(reader: Reader): boolean {
  const first = reader.peek();
  if (first < 0x20 || first >= 0x80 || reader.remaining < 2) return false;
  const ahead = reader.fork();
  ahead.octet();
  return ahead.peek() >= 0x80;
}

function readGeneralForm(reader: Reader): ContentType {
  const start = reader.offset;
  const isText = reader.peek() >= 0x20 && reader.peek() < 0x80;
  if (isText) {
    const text = textString.read(reader);
    const spelled = fromText(text);
    if (MEDIA_TYPE_CODES.has(spelled.mediaType.toLowerCase())) reader.deviation('token-as-text', start, text);
    return { ...spelled, parameters: [...spelled.parameters, ...readParameters(reader)] };
  }
  const code = integer.read(reader);
  const mediaType = MEDIA_TYPES.get(code);
  if (mediaType === undefined) reader.deviation('token-unassigned', start, `media type ${code}`);
  return { mediaType: mediaType ?? unassignedMediaType(code), parameters: readParameters(reader) };
}

/**
 * Some encoders put `type/subtype; name=value` into the text form. The parameters are given as text parameters, so
 * that inspection sees the charset and name that a lenient handset sees.
 */
function fromText(text: string): ContentType {
  const [mediaType = '', ...rest] = text.split(';');
  const parameters = rest.map((parameter) => {
    const [name = '', ...value] = parameter.split('=');
    return { name: name.trim().toLowerCase(), value: value.join('=').trim().replace(/^"|"$/g, '') };
  });
  return { mediaType: mediaType.trim(), parameters };
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
