import { textParameter } from '../codec/content-type.ts';
import type { Part } from '../codec/multipart.ts';
import { parameterOf } from '../codec/parameters.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { decodeBody } from '../codec/transfer-encoding.ts';
import { contentTypeText } from './header-text.ts';

/** One part. Its path is `1`, `2`, and `2.1` for the first part inside the second. A single body has the path `body`. */
export interface PartReport {
  readonly path: string;
  /** Where its octets begin, from the start of the file. */
  readonly offset: number;
  readonly octets: number;
  readonly contentType: string;
  readonly name?: string;
  readonly contentId?: string;
  readonly contentLocation?: string;
  readonly disposition?: string;
  readonly transferEncoding?: string;
  /** Octets with the transfer encoding undone, where there is one. */
  readonly decodedOctets?: number;
}

/** The parts of a PDU that is a view of `file`, each followed by the parts inside it. */
export function partReports({ body, headers }: MmsPdu, file: Uint8Array): readonly PartReport[] {
  if (body === undefined) return [];
  if (body.kind === 'multipart') return multipartReports(body.parts, file, '');
  const contentType = headers.contentType ?? { mediaType: '*/*', parameters: [] };
  return [partReport({ contentType, headers: { others: [] }, bytes: body.bytes }, file, 'body')];
}

function multipartReports(parts: readonly Part[], file: Uint8Array, prefix: string): readonly PartReport[] {
  return parts.flatMap((part, index) => {
    const path = `${prefix}${index + 1}`;
    const inside = part.nested === undefined ? [] : multipartReports(part.nested.parts, file, `${path}.`);
    return [partReport(part, file, path), ...inside];
  });
}

function partReport(part: Part, file: Uint8Array, path: string): PartReport {
  const { contentType, headers, bytes } = part;
  const { contentId, contentLocation, contentDisposition, contentTransferEncoding } = headers;
  const name = textParameter(contentType, 'name') ?? fileName(part);
  const decoded = decodeBody(part);
  return {
    path,
    offset: bytes.byteOffset - file.byteOffset,
    octets: bytes.length,
    contentType: contentTypeText(contentType),
    ...(name !== undefined && { name }),
    ...(contentId !== undefined && { contentId }),
    ...(contentLocation !== undefined && { contentLocation }),
    ...(contentDisposition !== undefined && { disposition: contentDisposition.disposition }),
    ...(contentTransferEncoding !== undefined && { transferEncoding: contentTransferEncoding }),
    ...(decoded.encoding !== 'none' && { decodedOctets: decoded.bytes.length }),
  };
}

function fileName({ headers }: Part): string | undefined {
  const value = parameterOf(headers.contentDisposition?.parameters ?? [], 'filename');
  return typeof value === 'string' ? value : undefined;
}
