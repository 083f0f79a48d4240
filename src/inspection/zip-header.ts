/** The two headers that a ZIP archive has for each member (APPNOTE 6.3.10 sections 4.3.7 and 4.3.12). */
import type { Octets } from './octets.ts';

/** What a header says of its member. The header in the directory and the one before the data should agree in all. */
export interface ZipHeader {
  /** The octets of the name, as they stand. */
  readonly name: Uint8Array;
  /** General purpose bits (4.4.4). */
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Whether a ZIP64 field gave one of the numbers. */
  readonly isZip64: boolean;
  /** Where the header ends: for a local header, where the data start. */
  readonly end: number;
}

/** A header of the central directory. */
export interface ZipDirectoryHeader extends ZipHeader {
  /** Where the local header is said to be. */
  readonly localOffset: number;
}

/** First octets of a local header. */
export const LOCAL_SIGNATURE = 'PK\x03\x04';
/** First octets of a header in the central directory. */
export const DIRECTORY_SIGNATURE = 'PK\x01\x02';

/** Bits 0 and 13: the member, or the directory itself, is encrypted. */
const ENCRYPTION_FLAGS = 0x2001;
/** Bit 3: the local header may leave checksum and sizes zero, and a data descriptor after the data gives them. */
const DESCRIPTOR_FLAG = 0x0008;
/** The method that stands for AES encryption, with the real method in an extra field. */
const AES_METHOD = 99;

const LOCAL_LENGTH = 30;
const DIRECTORY_LENGTH = 46;
const ZIP64_FIELD = 0x0001;
/** Extra fields looked at: archivers write up to five, and a thousand members may share one header full of them. */
export const EXTRA_FIELDS_MAX = 32;
const SATURATED = 0xffffffff;

/** The local header at `at`, or undefined when there is none, or not all of it. */
export function readLocalHeader(octets: Octets, at: number): ZipHeader | undefined {
  const fixed = octets.view(at, LOCAL_LENGTH);
  if (!fixed || !octets.startsWith(LOCAL_SIGNATURE, at)) return undefined;
  const nameOffset = at + LOCAL_LENGTH;
  return readShared(octets, new DataView(fixed.buffer, fixed.byteOffset + 6), nameOffset)?.header;
}

/** The directory's header at `at`, or undefined when there is none, or not all of it. */
export function readDirectoryHeader(octets: Octets, at: number): ZipDirectoryHeader | undefined {
  const fixed = octets.view(at, DIRECTORY_LENGTH);
  if (!fixed || !octets.startsWith(DIRECTORY_SIGNATURE, at)) return undefined;
  const nameOffset = at + DIRECTORY_LENGTH;
  const shared = readShared(octets, new DataView(fixed.buffer, fixed.byteOffset + 8), nameOffset);
  if (!shared) return undefined;
  const { header, zip64 } = shared;
  const end = header.end + fixed.getUint16(32, true);
  return { ...header, end, localOffset: zip64.take(fixed.getUint32(42, true)) };
}

/** The fields that both headers have in one order: `fields` starts at the flags. */
function readShared(
  octets: Octets,
  fields: DataView,
  nameOffset: number,
): { readonly header: ZipHeader; readonly zip64: Zip64Field } | undefined {
  const nameLength = fields.getUint16(20, true);
  const name = octets.slice(nameOffset, nameLength);
  if (!name) return undefined;
  const extraOffset = nameOffset + nameLength;
  const end = extraOffset + fields.getUint16(22, true);
  const zip64 = new Zip64Field(octets, extraOffset, end);
  const size = zip64.take(fields.getUint32(16, true));
  const compressedSize = zip64.take(fields.getUint32(12, true));
  const header = {
    name,
    flags: fields.getUint16(0, true),
    method: fields.getUint16(2, true),
    crc: fields.getUint32(8, true),
    compressedSize,
    size,
    isZip64: zip64.isThere,
    end,
  };
  return { header, zip64 };
}

/** The ZIP64 extra field (4.5.3): 64-bit numbers, one for each saturated 32-bit field, in a fixed order. */
class Zip64Field {
  readonly isThere: boolean;
  readonly #octets: Octets;
  #next = 0;
  #end = 0;

  constructor(octets: Octets, start: number, end: number) {
    this.#octets = octets;
    let at = start;
    for (let seen = 0; seen < EXTRA_FIELDS_MAX && at + 4 <= end; seen += 1) {
      const head = octets.view(at, 4);
      if (!head) break;
      const next = at + 4 + head.getUint16(2, true);
      if (head.getUint16(0, true) === ZIP64_FIELD && next <= end) {
        this.#next = at + 4;
        this.#end = next;
        break;
      }
      at = next;
    }
    this.isThere = this.#end > 0;
  }

  /** The number that a 32-bit field stands for: itself, unless it is saturated and there is a longer one. */
  take(narrow: number): number {
    if (narrow !== SATURATED || this.#next + 8 > this.#end) return narrow;
    const wide = this.#octets.view(this.#next, 8);
    this.#next += 8;
    return wide ? Number(wide.getBigUint64(0, true)) : narrow;
  }
}

/** Whether the member's data cannot be read without a key. */
export function isEncrypted({ flags, method }: ZipHeader): boolean {
  return (flags & ENCRYPTION_FLAGS) !== 0 || method === AES_METHOD;
}

/**
 * Whether two readers, one that goes by the directory and one that goes by local headers, would see different members.
 * What a data descriptor gives may be zero in the local header.
 */
export function headersDisagree(directory: ZipHeader, local: ZipHeader): boolean {
  if (directory.method !== local.method || isEncrypted(directory) !== isEncrypted(local)) return true;
  if (!sameOctets(directory.name, local.name)) return true;
  const numbers = ['crc', 'compressedSize', 'size'] as const;
  const isLater = (local.flags & DESCRIPTOR_FLAG) !== 0;
  return numbers.some((key) => local[key] !== directory[key] && !(isLater && local[key] === 0));
}

function sameOctets(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((octet, index) => octet === other[index]);
}
