/** Opcode lists of DNG files (DNG 1.7 chapter 7): corrections that a decoder carries out on the raw picture. */
import type { Octets } from './octets.ts';

/** Operations that one list may declare. Phones write up to ten (CVE-2025-21043). */
export const DNG_OPCODES_MAX = 1_000_000;

/** An opcode list, and the picture that it is for. */
export interface OpcodeList {
  readonly offset: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
  /** Planes that there are for an operation to work on. */
  readonly planes: number;
}

/** What can be wrong with a list. */
export type OpcodeFaultKind =
  /** More than `DNG_OPCODES_MAX` operations are declared. */
  | 'count'
  /** The operations do not end where the list does. */
  | 'chain'
  /** An operation works on planes that the picture does not have. */
  | 'plane'
  /** An operation works on pixels that the picture does not have. */
  | 'area';

/** A fault, where it is in the file, and the numbers that are at fault. */
export interface OpcodeFault {
  readonly kind: OpcodeFaultKind;
  readonly offset: number;
  readonly evidence: Readonly<Record<string, number>>;
}

const COUNT_BYTES = 4;
/** Identifier, version, flags, and the length of the parameters. */
const HEADER_BYTES = 16;
/** Top, left, bottom, right. */
const RECTANGLE_BYTES = 16;
/** A rectangle, plane, planes, and the pitch of rows and columns. */
const AREA_BYTES = 32;

/** Octets of the rectangle or area that the parameters start with, by operation. */
const RANGE_BYTES: Readonly<Partial<Record<number, number>>> = {
  /** TrimBounds. */
  6: RECTANGLE_BYTES,
  /** MapTable, MapPolynomial, GainMap; DeltaPerRow, DeltaPerColumn, ScalePerRow, ScalePerColumn. */
  ...{ 7: AREA_BYTES, 8: AREA_BYTES, 9: AREA_BYTES },
  ...{ 10: AREA_BYTES, 11: AREA_BYTES, 12: AREA_BYTES, 13: AREA_BYTES },
};

/**
 * The faults of a list. Its numbers are big-endian whatever the file's are. Of a list that is cut off only the count is
 * looked at: it ends where the file does, for whatever reason.
 */
export function* opcodeFaults(octets: Octets, list: OpcodeList): Generator<OpcodeFault, undefined> {
  const { offset, length } = list;
  const count = octets.view(offset, COUNT_BYTES)?.getUint32(0) ?? 0;
  if (count > DNG_OPCODES_MAX) {
    yield { kind: 'count', offset, evidence: { count } };
    return;
  }
  const end = offset + length;
  if (end > octets.length) return;
  let at = offset + COUNT_BYTES;
  let left = count;
  while (left > 0 && at < end) {
    const opcode = readOpcode(octets, at);
    if (!opcode) break;
    const fault = rangeFault(octets, opcode, list);
    if (fault) yield fault;
    at = opcode.end;
    left -= 1;
  }
  if (left > 0 || at !== end) yield { kind: 'chain', offset, evidence: { count, length } };
}

/** One operation: where its header stands, and what follows it. */
interface Opcode {
  readonly id: number;
  readonly at: number;
  readonly end: number;
}

function readOpcode(octets: Octets, at: number): Opcode | undefined {
  const header = octets.view(at, HEADER_BYTES);
  return header && { id: header.getUint32(0), at, end: at + HEADER_BYTES + header.getUint32(12) };
}

function rangeFault(octets: Octets, opcode: Opcode, list: OpcodeList): OpcodeFault | undefined {
  const { id, at, end } = opcode;
  const rangeBytes = RANGE_BYTES[id];
  const start = at + HEADER_BYTES;
  if (rangeBytes === undefined || start + rangeBytes > end) return undefined;
  const numberAt = (field: number): number => octets.view(start + field, 4)?.getUint32(0) ?? 0;
  const [top, left, bottom, right] = [numberAt(0), numberAt(4), numberAt(8), numberAt(12)];
  if (rangeBytes === AREA_BYTES) {
    const [plane, planes] = [numberAt(16), numberAt(20)];
    if (plane + planes > list.planes)
      return { kind: 'plane', offset: at, evidence: { opcode: id, plane, planes } };
  }
  const isInside = top <= bottom && left <= right && bottom <= list.height && right <= list.width;
  return isInside
    ? undefined
    : { kind: 'area', offset: at, evidence: { opcode: id, top, left, bottom, right } };
}
