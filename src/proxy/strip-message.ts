/** Takes parts out of a message and puts a notice in their place. */
import { charsetOf, textParameter, type ContentType } from '../codec/content-type.ts';
import { MIBENUM } from '../codec/charsets.ts';
import { DecodeError } from '../codec/decode-error.ts';
import type { Multipart, Part } from '../codec/multipart.ts';
import { decodePdu, encodePdu, type DecodeOptions } from '../codec/pdu.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { decodeCharset, decodeUtf8, encodeCharset, encodeUtf8 } from '../codec/text.ts';
import { decodeBody } from '../codec/transfer-encoding.ts';
import { familyOfType } from '../inspection/media-families.ts';
import { leavesOfMultipart, type Leaf } from '../inspection/message-parts.ts';
import { Octets } from '../inspection/octets.ts';
import { partNames, partsNamed, type PartNames } from '../inspection/part-names.ts';
import { isRelated } from '../inspection/smil-references.ts';
import { sniffMedia } from '../inspection/sniff-media.ts';
import { sizedToLength, type EncodeWithNotice } from './notice-length.ts';
import { showNotice } from './smil-stripping.ts';

/** How to strip. */
export interface StripOptions {
  /** As for the scan that numbered the parts. */
  readonly decode: DecodeOptions;
  /** True when the stripped message has exactly the octets of the whole one: it may be billed by size. */
  readonly keepLength: boolean;
}

/** Why a message cannot be stripped. */
export type StripFailure =
  /** It cannot be decoded. */
  | 'undecodable'
  /** It has no multipart that parts could be taken out of. */
  | 'not-multipart'
  /** It is a mailbox listing: its parts are messages. */
  | 'listing'
  /** No part is named, or one that is not there. */
  | 'part-missing'
  /** Not even a notice without text fits into what is taken out, or the very length cannot be met. */
  | 'length-unreachable'
  /** It holds what we read and cannot write. */
  | 'not-encodable';

/** A message without some of its parts, or why there is none. */
export type StripResult =
  | { readonly kind: 'stripped'; readonly body: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: StripFailure };

/**
 * Takes parts, by their number in reading order (see `partsOf`), out of a message. The first becomes a text/plain part
 * with the notice in UTF-8, the others are left out with what holds nothing else, and presentations show the notice
 * where they showed one of them. A multipart whose presentation is taken out becomes a mixed one. All other parts keep
 * their octets, and the headers of the PDU their values; the whole is encoded anew, canonically. With `keepLength` the
 * notice is followed by spaces, or cut. Takes time linear in the message. Pure, never throws.
 */
export function stripMessage(
  body: Uint8Array,
  parts: readonly number[],
  notice: string,
  { decode, keepLength }: StripOptions,
): StripResult {
  const pdu = decoded(body, decode);
  if (pdu === undefined) return failed('undecodable');
  if (pdu.body?.kind !== 'multipart') return failed('not-multipart');
  if (pdu.type === 'm-mbox-view-conf') return failed('listing');
  const surgery = surgeryOf(pdu, pdu.body, parts);
  if (surgery === undefined) return failed('part-missing');
  try {
    const stripped = keepLength
      ? sizedToLength(notice, body.length, (variant) => encoderOf(surgery, variant))
      : encoderOf(surgery, 0)(encodeUtf8(notice));
    if (stripped === undefined) return failed('length-unreachable');
    return decoded(stripped, decode) === undefined
      ? failed('not-encodable')
      : { kind: 'stripped', body: stripped };
  } catch (error) {
    if (error instanceof RangeError) return failed('not-encodable');
    throw error;
  }
}

function failed(reason: StripFailure): StripResult {
  return { kind: 'failed', reason };
}

function decoded(bytes: Uint8Array, decode: DecodeOptions): MmsPdu | undefined {
  try {
    return decodePdu(bytes, decode).pdu;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** What is to be done to a message. */
interface Surgery {
  readonly pdu: MmsPdu;
  readonly body: Multipart;
  readonly leaves: readonly Leaf[];
  readonly names: PartNames;
  readonly removed: ReadonlySet<number>;
  readonly removedLeaves: ReadonlySet<Leaf>;
  /** What becomes the notice; undefined when only octets behind the parts are taken out. */
  readonly carrier: Leaf | undefined;
}

function surgeryOf(pdu: MmsPdu, body: Multipart, parts: readonly number[]): Surgery | undefined {
  const leaves = leavesOfMultipart(body);
  const removed = new Set(parts);
  const removedLeaves = new Set(leaves.filter((_, number) => removed.has(number)));
  if (removed.size === 0 || removedLeaves.size < removed.size) return undefined;
  const carrier = [...removedLeaves].find(({ isBehind }) => isBehind !== true);
  return { pdu, body, leaves, names: partNames(leaves), removed, removedLeaves, carrier };
}

/** Encodes the message with a notice whose name is the longer, the higher the variant is. */
function encoderOf(surgery: Surgery, variant: number): EncodeWithNotice {
  const { pdu, body, carrier } = surgery;
  const name = freeName(surgery, variant);
  const presentations = rewrittenPresentations(surgery, name);
  const contentType = typeOf(pdu.headers.contentType ?? MIXED, body, surgery);
  return (octets) => {
    const replaced = new Map(presentations);
    if (carrier !== undefined) replaced.set(carrier, noticePart(carrier, name, octets));
    return encodePdu({
      ...pdu,
      headers: { ...pdu.headers, contentType },
      body: { kind: 'multipart', parts: partsLeft(body, surgery, replaced) },
    });
  };
}

type Replaced = ReadonlyMap<Leaf, Part>;

function partsLeft({ parts }: Multipart, surgery: Surgery, replaced: Replaced): Part[] {
  return parts.flatMap((part) => {
    if (part.nested !== undefined) return nestedLeft(part, part.nested, surgery, replaced);
    const isRemoved = surgery.removedLeaves.has(part);
    return replaced.get(part) ?? (isRemoved ? [] : [part]);
  });
}

/** Android opens the first part of an inner multipart without looking whether there is one. */
function nestedLeft(part: Part, nested: Multipart, surgery: Surgery, replaced: Replaced): Part[] {
  const parts = partsLeft(nested, surgery, replaced);
  if (parts.length === 0 && nested.parts.length > 0) return [];
  const contentType = typeOf(part.contentType, nested, surgery);
  return [{ ...part, contentType, nested: { kind: 'multipart', parts } }];
}

/**
 * Octets of a presentation that is changed; a hundred slides have some 30 KB. One that is larger goes on showing what is
 * not there any more: it is no handset's, and this runs where other messages wait.
 */
export const PRESENTATION_OCTETS_MAX = 128 * 1024;

const MIXED: ContentType = { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] };

/** A multipart that has lost what it starts with is a mixed one. */
function typeOf(
  contentType: ContentType,
  multipart: Multipart,
  { names, removed, removedLeaves }: Surgery,
): ContentType {
  const start = partsNamed(textParameter(contentType, 'start') ?? '', names);
  const isStartGone = [...start].some((number) => removed.has(number));
  const within = leavesOfMultipart(multipart).filter((leaf) => removedLeaves.has(leaf));
  return isRelated(contentType) && (isStartGone || within.some(isPresentation)) ? MIXED : contentType;
}

function isPresentation(leaf: Leaf): boolean {
  if (familyOfType(leaf.contentType.mediaType) === 'smil') return true;
  return leaf.bytes.length <= PRESENTATION_OCTETS_MAX && isSmil(leaf);
}

function isSmil(leaf: Leaf): boolean {
  return sniffMedia(new Octets(decodeBody(leaf).bytes)).family === 'smil';
}

/** A name that no part of the message answers to. */
function freeName({ names }: Surgery, variant: number): string {
  let name = '';
  for (let dashes = variant; name === '' || partsNamed(name, names).size > 0; dashes += 1) {
    name = `notice${'-'.repeat(dashes)}.txt`;
  }
  return name;
}

/** Content-IDs that say nothing: a sender's own words, or a path, do not survive in one. */
const PLAIN_CONTENT_ID = /^<?[\w@-][\w.@-]{0,63}>?$/;

/** The notice, found by the Content-ID of what it stands for. */
function noticePart({ headers: { contentId = '' } }: Leaf, name: string, bytes: Uint8Array): Part {
  const parameters = [
    { name: 'charset', value: MIBENUM.utf8 },
    { name: 'name', value: name },
  ];
  return {
    contentType: { mediaType: 'text/plain', parameters },
    headers: {
      contentId: PLAIN_CONTENT_ID.test(contentId) ? contentId : `<${name}>`,
      contentLocation: name,
      others: [],
    },
    bytes,
  };
}

/** The presentations that show what is taken out, as they are without it. */
function rewrittenPresentations({ leaves, names, removed }: Surgery, name: string): Replaced {
  const isStripped = (source: string): boolean => {
    const named = [...partsNamed(source, names)];
    return named.length > 0 && named.every((number) => removed.has(number));
  };
  const rewritten = new Map<Leaf, Part>();
  for (const [number, leaf] of leaves.entries()) {
    if (removed.has(number) || leaf.bytes.length > PRESENTATION_OCTETS_MAX || !isPresentation(leaf)) continue;
    const part = rewrittenText(leaf, (smil) => showNotice(smil, isStripped, name));
    if (part !== undefined) rewritten.set(leaf, part);
  }
  return rewritten;
}

/**
 * A text part with its text changed, in its charset or else in UTF-8. Undefined when nothing changes in it, and for octets
 * that are no text: whoever shows them does not find what is taken out.
 */
function rewrittenText(leaf: Leaf, rewrite: (text: string) => string): Part | undefined {
  const { bytes } = decodeBody(leaf);
  const declared = charsetOf(leaf.contentType) ?? MIBENUM.utf8;
  const readings = [
    { ...decodeCharset(bytes, declared), charset: declared },
    { ...decodeUtf8(bytes), charset: MIBENUM.utf8 },
  ];
  const reading = readings.find(({ exact }) => exact);
  if (reading === undefined) return undefined;
  const changed = rewrite(reading.text);
  if (changed === reading.text) return undefined;
  const encoded = encodeCharset(changed, reading.charset);
  return encoded === undefined
    ? textPart(leaf, encodeUtf8(changed), MIBENUM.utf8)
    : textPart(leaf, encoded, reading.charset);
}

function textPart({ contentType, headers }: Leaf, bytes: Uint8Array, charset: number): Part {
  const isEncoded = headers.contentTransferEncoding !== undefined;
  const isLabelled = (charsetOf(contentType) ?? MIBENUM.utf8) === charset;
  const others = contentType.parameters.filter(({ name }) => name !== 'charset');
  const parameters = isLabelled ? contentType.parameters : [{ name: 'charset', value: charset }, ...others];
  return {
    contentType: { ...contentType, parameters },
    headers: { ...headers, ...(isEncoded && NOT_ENCODED) },
    bytes,
  };
}

const NOT_ENCODED = { contentTransferEncoding: 'binary' };
