/** PDF documents, written object by object. */
import { deflateSync } from 'node:zlib';
import { joined, type Piece } from './sample-octets.ts';

/** An object: its dictionary, and the data of its stream where it has one. */
export interface PdfSampleObject {
  readonly dictionary: string;
  readonly data?: Piece;
}

const HEADER = '%PDF-1.7\n%\xE2\xE3\xCF\xD3\n';

/** A document of one empty page, and more objects behind it. No cross references: our reader does without. */
export function pdfOf(
  objects: readonly (string | PdfSampleObject)[] = [],
  trailer = '/Size 4 /Root 1 0 R',
): Uint8Array {
  const page = [
    '/Type /Catalog /Pages 2 0 R',
    '/Type /Pages /Kids [3 0 R] /Count 1',
    '/Type /Page /Parent 2 0 R',
  ];
  const pieces = [...page, ...objects].map((object, index) => objectOf(object, index + 1));
  return joined(HEADER, ...pieces, `trailer\n<< ${trailer} >>\nstartxref\n0\n%%EOF\n`);
}

function objectOf(object: string | PdfSampleObject, number: number): Uint8Array {
  const { dictionary, data } = typeof object === 'string' ? { dictionary: object, data: undefined } : object;
  const stream = data === undefined ? '' : joined('stream\r\n', data, '\nendstream\n');
  return joined(`${number} 0 obj\n<< ${dictionary} >>\n`, stream, 'endobj\n');
}

/** A stream that holds objects, deflated. What is not given is as writers have it. */
export function objectStream(objects: string, changes: Partial<PdfSampleObject> = {}): PdfSampleObject {
  const data = deflateSync(joined(`10 0 ${objects}`));
  const dictionary = `/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length ${data.length}`;
  return { dictionary, data, ...changes };
}
