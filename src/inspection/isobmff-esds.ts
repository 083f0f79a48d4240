/** The descriptors in an `esds` box (ISO/IEC 14496-1, 7.2.6), where lengths that lie read past the end (CVE-2015-1539). */
import type { Octets } from './octets.ts';

/** A run of octets. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A descriptor's tag, and its content. */
interface Descriptor extends Span {
  readonly tag: number;
}

const ES_TAG = 0x03;
const DECODER_CONFIG_TAG = 0x04;

/** Fixed fields before the descriptors inside a `DecoderConfigDescriptor`. */
const DECODER_CONFIG_FIELDS = 13;

/** Flags of an `ES_Descriptor`: which fields follow. */
const DEPENDS_FLAG = 0x80;
const URL_FLAG = 0x40;
const CLOCK_FLAG = 0x20;

/**
 * Whether every length in the descriptors is within what is left of the one around it. `start` is after the box's version
 * and flags. Where the file is cut off, what is there is judged.
 */
export function esdsFits(octets: Octets, { start, end }: Span): boolean {
  const stream = readDescriptor(octets, { start, end });
  if (stream === undefined || stream.tag !== ES_TAG) return true;
  if (stream.end > end) return false;
  const inner = streamFieldsEnd(octets, stream);
  if (inner > stream.end) return false;
  const config = readDescriptor(octets, { start: inner, end: stream.end });
  if (config === undefined) return true;
  if (config.end > stream.end) return false;
  return config.tag !== DECODER_CONFIG_TAG || decoderConfigFits(octets, config);
}

/** Where the fields of an `ES_Descriptor` end, by its flags. */
function streamFieldsEnd(octets: Octets, { start }: Descriptor): number {
  const flags = octets.octet(start + 2) ?? 0;
  let at = start + 3;
  if (flags & DEPENDS_FLAG) at += 2;
  if (flags & URL_FLAG) at += 1 + (octets.octet(at) ?? 0);
  if (flags & CLOCK_FLAG) at += 2;
  return at;
}

function decoderConfigFits(octets: Octets, config: Descriptor): boolean {
  const start = config.start + DECODER_CONFIG_FIELDS;
  if (start > config.end) return false;
  const specific = readDescriptor(octets, { start, end: config.end });
  return specific === undefined || specific.end <= config.end;
}

/** A descriptor: a tag, and a length of up to four octets with seven bits each. Undefined where none starts. */
function readDescriptor(octets: Octets, { start, end }: Span): Descriptor | undefined {
  const tag = octets.octet(start);
  if (tag === undefined || start >= end) return undefined;
  let length = 0;
  for (let at = start + 1; at <= start + 4; at += 1) {
    const octet = octets.octet(at);
    if (octet === undefined) return undefined;
    length = length * 128 + (octet & 0x7f);
    if (octet < 0x80) return { tag, start: at + 1, end: at + 1 + length };
  }
  return { tag, start: start + 5, end: start + 5 + length };
}
