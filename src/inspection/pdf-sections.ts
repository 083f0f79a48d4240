/** Where the objects of a PDF are, and where the data of its streams (ISO 32000-1, 7.3.8). */
import { Octets } from './octets.ts';
import type { PdfStretch } from './pdf-names.ts';

/** A stretch of objects, and the data of the stream that ends it. Offsets are octets of the file. */
export interface PdfSection extends PdfStretch {
  /** Where the last `obj` of the stretch stands: it begins the object that has the stream. */
  readonly objectFrom: number;
  /** Undefined for the stretch behind the last stream. */
  readonly data: PdfData | undefined;
}

/** The data of a stream. */
export interface PdfData extends PdfStretch {
  /** True when an `obj` stands in it: what looks like data may be objects to a reader. */
  readonly hasObjects: boolean;
}

const STREAM = 'stream';
const STREAM_END = 'endstream';
const OBJECT = 'obj';

/**
 * A file from its start to its end, as a reader does who has lost the cross references: data ends at the next
 * `endstream`, whatever its declared length is. Linear.
 */
export function* pdfSections(octets: Octets): Generator<PdfSection, undefined, undefined> {
  let from = 0;
  for (let dataFrom = startOfData(octets, 0); dataFrom >= 0; dataFrom = startOfData(octets, from)) {
    const end = octets.indexOf(STREAM_END, dataFrom);
    const to = end < 0 ? octets.length : end;
    const data = { from: dataFrom, to, hasObjects: lastObject(octets, dataFrom, to) !== undefined };
    yield { from, to: dataFrom, objectFrom: lastObject(octets, from, dataFrom) ?? from, data };
    from = end < 0 ? octets.length : end + STREAM_END.length;
  }
  yield { from, to: octets.length, objectFrom: from, data: undefined };
  return undefined;
}

/** Behind the keyword and its line end; a CR alone is wrong, and taken by readers. -1 for none. */
function startOfData(octets: Octets, from: number): number {
  for (let at = octets.indexOf(STREAM, from); at >= 0; at = octets.indexOf(STREAM, at + STREAM.length)) {
    const end = at + STREAM.length;
    const lineEnd = LINE_ENDS.find((characters) => octets.startsWith(characters, end));
    const isStart = !octets.startsWith(STREAM_END, at - (STREAM_END.length - STREAM.length));
    if (isStart && lineEnd !== undefined) return end + lineEnd.length;
  }
  return -1;
}

const LINE_ENDS = ['\r\n', '\n', '\r'];

/** Where the last `obj` of a stretch stands. Its octets are cut out: no search must run on to the end of the file. */
function lastObject(octets: Octets, from: number, to: number): number | undefined {
  const stretch = new Octets(octets.bytes.subarray(from, to));
  let last: number | undefined;
  for (let at = stretch.indexOf(OBJECT); at >= 0; at = stretch.indexOf(OBJECT, at + OBJECT.length)) {
    last = from + at;
  }
  return last;
}
