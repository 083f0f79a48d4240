/** The gzip (RFC 1952) around a compressed SVG. */
import type { Octets } from './octets.ts';
import type { InflateRaw } from './part-view.ts';

/** Octets that a compressed drawing may come to; more than a reading holds is of no use here. */
export const SVG_INFLATED_OCTETS_MAX = 1024 * 1024;

const MAGIC = '\x1F\x8B\x08';
const HEADER_LENGTH = 10;
const FLAGS_OFFSET = 3;

/** Optional fields of the header, in the order in which they stand (RFC 1952, 2.3.1). */
const FIELDS: readonly (readonly [flag: number, end: (octets: Octets, at: number) => number | undefined])[] =
  [
    [0x04, (octets, at) => add(octets.view(at, 2)?.getUint16(0, true), at + 2)],
    [0x08, endOfText],
    [0x10, endOfText],
    [0x02, (_, at) => at + 2],
  ];

function endOfText(octets: Octets, at: number): number | undefined {
  const nul = octets.indexOf('\0', at);
  return nul < 0 ? undefined : nul + 1;
}

function add(value: number | undefined, addend: number): number | undefined {
  return value === undefined ? undefined : value + addend;
}

/** True when a gzip member starts the part. */
export function isGzip(octets: Octets): boolean {
  return octets.startsWith(MAGIC);
}

/** The first member, decompressed. Never throws. */
export function gunzip(octets: Octets, inflateRaw: InflateRaw): ReturnType<InflateRaw> {
  const start = endOfHeader(octets);
  const deflated = start === undefined ? undefined : octets.slice(start, octets.length - start);
  return deflated === undefined ? { kind: 'broken' } : inflateRaw(deflated, SVG_INFLATED_OCTETS_MAX);
}

function endOfHeader(octets: Octets): number | undefined {
  const flags = octets.octet(FLAGS_OFFSET) ?? 0;
  let at: number | undefined = HEADER_LENGTH;
  for (const [flag, end] of FIELDS) {
    if ((flags & flag) !== 0) at = end(octets, at);
    if (at === undefined) return undefined;
  }
  return at;
}
