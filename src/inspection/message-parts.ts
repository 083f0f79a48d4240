/** Takes a decoded PDU apart into what a handset opens, each with its transfer encoding undone. */
import { CHARSETS } from '../codec/charsets.ts';
import { charsetOf, isMultipart, textParameter, type ContentType } from '../codec/content-type.ts';
import { DecodeError } from '../codec/decode-error.ts';
import { parameterOf } from '../codec/parameters.ts';
import type { Multipart, Part } from '../codec/multipart.ts';
import { decodePdu } from '../codec/pdu.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { decodeBody } from '../codec/transfer-encoding.ts';
import type { FindingTable } from './finding.ts';
import type { FindingCollector } from './finding-collector.ts';
import { ANOMALY_FINDINGS } from './anomaly-findings.ts';
import { isTextual } from './media-families.ts';
import { Octets } from './octets.ts';
import { readingsOf } from './part-readings.ts';
import type { PartView } from './part-view.ts';
import { sniffMedia } from './sniff-media.ts';

/** Findings about how a message is put together. */
export const PART_FINDINGS = {
  'part-encoding-unknown': {
    severity: 'medium',
    description: 'A part has a Content-Transfer-Encoding that we do not know, so its content was not read',
    gap: 'undecodable',
  },
  'part-encoding-inexact': {
    severity: 'medium',
    description: 'A part breaks its Content-Transfer-Encoding: handsets differ in the octets that they read',
    gap: 'undecodable',
  },
  'content-behind-parts': {
    severity: 'medium',
    description:
      'Octets stand behind the parts that are counted: handsets that do not count read parts there',
    gap: 'undecodable',
  },
  'text-charset-unknown': {
    severity: 'medium',
    description: 'A text is in a charset that we do not know, so that the handset may read another text',
    gap: 'undecodable',
  },
  'multipart-not-read': {
    severity: 'medium',
    description: 'A part is labelled multipart and could not be read as one, so what it holds is not known',
    gap: 'undecodable',
  },
  'message-in-message-broken': {
    severity: 'medium',
    description: 'A message inside a mailbox listing cannot be decoded, or is a listing itself',
    gap: 'undecodable',
  },
  'text-cut': {
    severity: 'low',
    description: 'A text is longer than what is read as text; the rest was searched as octets only',
    gap: 'over-limit',
  },
} as const satisfies FindingTable;

type DecodeOptions = NonNullable<Parameters<typeof decodePdu>[1]>;

/** Messages inside a message are only in mailbox listings, and those hold none themselves. */
const MESSAGE_TYPE = 'application/vnd.wap.mms-message';

/** The parts of a PDU in reading order, nested multiparts and listed messages opened. What cannot be opened is reported. */
export function partsOf(pdu: MmsPdu, collector: FindingCollector, decode: DecodeOptions): PartView[] {
  return partsFrom(0, { pdu, collector, decode });
}

/** The parts of one message, numbered on from `first`. A part may be seen in two ways, and still is one. */
function partsFrom(first: number, opening: Opening): PartView[] {
  const views: PartView[] = [];
  for (const leaf of leavesOf(opening.pdu)) {
    const index = (views.at(-1)?.index ?? first - 1) + 1;
    if (leaf.isBehind === true) opening.collector.add(PART_FINDINGS, 'content-behind-parts', index);
    views.push(...opened(leaf, index, opening));
  }
  return views;
}

/** A part as it stands in its multipart, or what stands for one. */
export interface Leaf extends Pick<Part, 'contentType' | 'bytes' | 'headers'> {
  /** True for octets behind the last part. */
  readonly isBehind?: true;
}

const UNTYPED: ContentType = { mediaType: '', parameters: [] };

function leavesOf({ headers, body }: MmsPdu): Leaf[] {
  if (body === undefined) return [];
  if (body.kind === 'multipart') return leavesOfMultipart(body);
  const contentType = headers.contentType ?? UNTYPED;
  return [{ contentType, bytes: body.bytes, headers: { others: [] } }];
}

/**
 * The parts that hold none, in the order in which they are numbered. Nesting is bounded by the decoder. Octets behind
 * the last part are one more: some handset may read them.
 */
export function leavesOfMultipart({ parts, trailing }: Multipart): Leaf[] {
  const leaves = parts.flatMap((part) => (part.nested ? leavesOfMultipart(part.nested) : [part]));
  const isPadding = trailing === undefined || trailing.every((octet) => octet === 0);
  if (isPadding) return leaves;
  return [...leaves, { contentType: UNTYPED, bytes: trailing, headers: { others: [] }, isBehind: true }];
}

interface Opening {
  readonly pdu: MmsPdu;
  readonly collector: FindingCollector;
  readonly decode: DecodeOptions;
}

function opened(leaf: Leaf, index: number, opening: Opening): PartView[] {
  const { pdu, collector } = opening;
  const { bytes, encoding, exact } = decodeBody(leaf);
  if (encoding === 'unknown') collector.add(PART_FINDINGS, 'part-encoding-unknown', index);
  else if (!exact) collector.add(PART_FINDINGS, 'part-encoding-inexact', index);
  const { mediaType } = leaf.contentType;
  if (pdu.type === 'm-mbox-view-conf' && mediaType.toLowerCase() === MESSAGE_TYPE) {
    return partsOfListed(bytes, index, opening);
  }
  if (isMultipart(leaf.contentType)) collector.add(PART_FINDINGS, 'multipart-not-read', index);
  const decoded = viewOf(leaf, bytes, index, collector);
  return [decoded, ...rawReading(leaf, decoded)];
}

/**
 * Some handsets do not undo transfer encodings (mmsd), or not under every spelling (Android). What they would open is
 * looked at as well, under the number of its part, unless it is no more than text.
 */
function rawReading({ bytes, contentType }: Leaf, decoded: PartView): PartView[] {
  if (decoded.octets.bytes === bytes) return [];
  const { index, fileName } = decoded;
  const raw = partView(bytes, { index, declaredType: contentType.mediaType, charset: undefined, fileName });
  return raw.family === undefined || raw.family === 'text' ? [] : [raw];
}

/** The parts of a message in a mailbox listing, numbered on from `index` (OMA-TS-MMS_ENC 6.8.2). */
function partsOfListed(bytes: Uint8Array, index: number, { collector, decode }: Opening): PartView[] {
  try {
    const { pdu, anomalies } = decodePdu(bytes, decode);
    for (const { code } of anomalies) collector.add(ANOMALY_FINDINGS, `codec-${code}`, index);
    if (pdu.type === 'm-mbox-view-conf') {
      collector.add(PART_FINDINGS, 'message-in-message-broken', index);
      return [];
    }
    return partsFrom(index, { pdu, collector, decode });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    collector.add(PART_FINDINGS, 'message-in-message-broken', index, { evidence: { code: error.code } });
    return [];
  }
}

function viewOf(leaf: Leaf, bytes: Uint8Array, index: number, collector: FindingCollector): PartView {
  const charset = charsetOf(leaf.contentType);
  const declaredType = leaf.contentType.mediaType;
  const view = partView(bytes, { index, declaredType, charset, fileName: fileNameOf(leaf) });
  if (view.texts.length > 0 && charset !== undefined && !CHARSETS.has(charset)) {
    collector.add(PART_FINDINGS, 'text-charset-unknown', index);
  }
  if (!view.isTextComplete) collector.add(PART_FINDINGS, 'text-cut', index);
  return view;
}

/** What is said of a part by what carries it. */
export interface PartLabel {
  readonly index: number;
  readonly declaredType: string;
  /** MIBenum. */
  readonly charset: number | undefined;
  readonly fileName: string;
}

/** Looks at the octets of a part for what they are, and reads them where they are or claim to be text. */
export function partView(
  bytes: Uint8Array,
  label: PartLabel,
): PartView & { readonly isTextComplete: boolean } {
  const octets = new Octets(bytes);
  const { mediaType: sniffedType, family } = sniffMedia(octets);
  const declaredType = label.declaredType.toLowerCase();
  const readings = isTextual(declaredType, family)
    ? readingsOf(bytes, label.charset)
    : { texts: [], isComplete: true };
  const { index, fileName } = label;
  const { texts, isComplete: isTextComplete } = readings;
  return { index, octets, declaredType, fileName, sniffedType, family, texts, isTextComplete };
}

/** Name before Filename before Content-Location: the order in which Android looks for it. */
function fileNameOf({ contentType, headers }: Leaf): string {
  const inDisposition = parameterOf(headers.contentDisposition?.parameters ?? [], 'filename');
  const names = [
    textParameter(contentType, 'name'),
    textParameter(contentType, 'filename'),
    typeof inDisposition === 'string' ? inDisposition : undefined,
    headers.contentLocation,
  ];
  return names.find((name) => name !== undefined && name !== '') ?? '';
}
