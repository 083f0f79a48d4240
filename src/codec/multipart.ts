/** The multipart of the wireless encoding (WAP-230-WSP 8.5): a count of parts, each with two lengths before it. */
import { contentTypeValue, isMultipart, type ContentType } from './content-type.ts';
import { DecodeError, isFinal } from './decode-error.ts';
import { readPartHeaders, writePartHeaders, type PartHeaders } from './part-headers.ts';
import type { Reader } from './reader.ts';
import { uintvar } from './wsp-values.ts';
import { Writer } from './writer.ts';

/** One part. `bytes` is a view of the input, in its transfer encoding. */
export interface Part {
  readonly contentType: ContentType;
  readonly headers: PartHeaders;
  readonly bytes: Uint8Array;
  /** The parts inside, where this part is itself a multipart that could be read as one. */
  readonly nested?: Multipart;
}

/** The parts of a multipart, and what stands after the last of them. */
export interface Multipart {
  readonly kind: 'multipart';
  readonly parts: readonly Part[];
  /** Octets after the last part; a deviation, kept so that they can be inspected. */
  readonly trailing?: Uint8Array;
}

/** Counts what is bounded over a whole PDU while multiparts nest. */
interface Budget {
  partsLeft: number;
}

/** Reads a multipart that fills the reader. Throws `DecodeError`. */
export function readMultipart(reader: Reader): Multipart {
  return readLevel(reader, 1, { partsLeft: reader.context.limits.partsMax });
}

function readLevel(reader: Reader, level: number, budget: Budget): Multipart {
  const { nestingMax, partsMax } = reader.context.limits;
  if (level > nestingMax)
    throw reader.error('limit-nesting', `over ${nestingMax} multiparts inside one another`);
  const start = reader.offset;
  const declared = uintvar.read(reader);
  const parts: Part[] = [];
  while (parts.length < declared && reader.remaining > 0) {
    budget.partsLeft -= 1;
    if (budget.partsLeft < 0) throw reader.error('limit-parts', `over ${partsMax} parts`);
    parts.push(readPart(reader, level, budget));
  }
  if (parts.length < declared) {
    if (declared > partsMax) throw reader.error('limit-parts', `${declared} parts are declared`);
    reader.deviation(
      'part-count-mismatch',
      start,
      `${declared} parts are declared, ${parts.length} are there`,
    );
  }
  if (reader.remaining === 0) return { kind: 'multipart', parts };
  reader.deviation('trailing-bytes', reader.offset, `${reader.remaining} octets after the last part`);
  return { kind: 'multipart', parts, trailing: reader.view(reader.remaining) };
}

function readPart(reader: Reader, level: number, budget: Budget): Part {
  const headersLength = uintvar.read(reader);
  const dataLength = uintvar.read(reader);
  const head = reader.child(headersLength);
  const contentType = contentTypeValue.read(head);
  const headers = readPartHeaders(head);
  const dataStart = reader.offset;
  const length = clip(reader, dataLength);
  const bytes = reader.view(length);
  if (!isMultipart(contentType)) return { contentType, headers, bytes };
  const nested = readNested(reader, { start: dataStart, level: level + 1 }, budget);
  return nested === undefined ? { contentType, headers, bytes } : { contentType, headers, bytes, nested };
}

/**
 * The declared length, or what is left where it is more: then the part is cut, and reported. No transfer was cut that
 * far that the whole would have been over the limit.
 */
function clip(reader: Reader, declared: number): number {
  if (declared <= reader.remaining) return declared;
  const { pduBytesMax } = reader.context.limits;
  if (declared > pduBytesMax)
    throw reader.error('limit-pdu-bytes', `a part of ${declared} octets is declared`);
  reader.deviation(
    'part-truncated',
    reader.offset,
    `${declared} octets are declared, ${reader.remaining} are left`,
  );
  return reader.remaining;
}

/**
 * A part that is labelled multipart and cannot be read as one stays a plain part, reported. Limits are not such a
 * failure: they end the decode.
 */
function readNested(
  outer: Reader,
  place: { readonly start: number; readonly level: number },
  budget: Budget,
): Multipart | undefined {
  const reader = outer.between(place.start, outer.offset);
  try {
    return readLevel(reader, place.level, budget);
  } catch (error) {
    if (!(error instanceof DecodeError) || isFinal(error)) throw error;
    outer.deviation('multipart-malformed', place.start, error.message);
    return undefined;
  }
}

/** Writes a multipart canonically: no trailing octets, nested multiparts from their parts. */
export function writeMultipart({ parts }: Pick<Multipart, 'parts'>, out: Writer): void {
  uintvar.write(parts.length, out);
  for (const part of parts) {
    const head = Writer.collect((inner) => {
      contentTypeValue.write(part.contentType, inner);
      writePartHeaders(part.headers, inner);
    });
    const { nested } = part;
    const data =
      nested === undefined
        ? part.bytes
        : Writer.collect((inner) => {
            writeMultipart(nested, inner);
          });
    uintvar.write(head.length, out);
    uintvar.write(data.length, out);
    out.bytes(head);
    out.bytes(data);
  }
}
