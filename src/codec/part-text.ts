/** The text of a text part, in its charset. */
import { charsetOf } from './content-type.ts';
import { MIBENUM } from './charsets.ts';
import type { Part } from './multipart.ts';
import { decodeCharset, type DecodedText } from './text.ts';
import { decodeBody } from './transfer-encoding.ts';

/** Text of a part, and whether all of it was read. */
export interface PartText extends DecodedText {
  /** False when the part is longer than the limit: the rest was not read. */
  readonly complete: boolean;
}

/**
 * Decodes at most `octetsMax` octets of a part as text, after its transfer encoding. Without a charset it is UTF-8, of
 * which US-ASCII is a part. Never throws.
 */
export function textOfPart(part: Part, octetsMax: number): PartText {
  const { bytes } = decodeBody(part);
  const octets = bytes.subarray(0, octetsMax);
  const charset = charsetOf(part.contentType) ?? MIBENUM.utf8;
  const { text, exact } = decodeCharset(octets, charset);
  return { text, exact, complete: octets.length === bytes.length };
}
