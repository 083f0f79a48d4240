/**
 * A ZIP archive as its readers see it: members by the central directory, checked against the local headers, since some
 * readers go by the one and some by the other.
 */
import { Octets } from './octets.ts';
import type { InflateRaw } from './part-view.ts';
import { END_SIGNATURE, findEnds, type ZipEnd } from './zip-end.ts';
import {
  headersDisagree,
  isEncrypted,
  LOCAL_SIGNATURE,
  readDirectoryHeader,
  readLocalHeader,
  type ZipDirectoryHeader,
  type ZipHeader,
} from './zip-header.ts';

/** Members that are listed at most: what fits a message has tens of them. */
export const ZIP_ENTRIES_MAX = 1_000;

/** Octets that come out of all members of a part together, of archives inside too. A message is of one or a few megabytes. */
export const ZIP_TOTAL_BYTES_MAX = 50_000_000;

/** Octets out of a member for each octet in. Text and bitmaps that people send stay below. */
export const ZIP_RATIO_MAX = 100;

/** A member no larger than this may have any ratio: tables of zeros in documents do, and it harms nobody. */
export const ZIP_RATIO_FREE_BYTES = 4_194_304;

/** Archives inside one another, the outermost counted. */
export const ZIP_DEPTH_MAX = 3;

/** A file in an archive. */
export interface ZipMember {
  /** Number in the archive's list, from 0. */
  readonly index: number;
  /** The name's octets as Latin-1, cut at 1,024: for its extension and its path, not for showing. */
  readonly name: string;
  /** Compression method (APPNOTE 4.4.5): 0 stored, 8 deflated. */
  readonly method: number;
  /** As declared; the data may be cut off earlier. */
  readonly compressedSize: number;
  readonly size: number;
  readonly dataOffset: number;
  readonly isEncrypted: boolean;
  /** False for a member that only a local header tells of. */
  readonly isListed: boolean;
}

/** What can be wrong with an archive's lists, whatever its members hold. */
export type ZipProblemKind =
  /** No end record leads to a directory: it is cut off, or made for readers that go by local headers. */
  | 'end-missing'
  /** More than one end record leads to a directory, or one leads to two. */
  | 'ends-several'
  /** The directory holds something else than headers, or is cut. */
  | 'directory-broken'
  /** The number of members declared is not the number listed. */
  | 'count-mismatch'
  /** There are more than `ZIP_ENTRIES_MAX` members. */
  | 'entries-over-limit'
  /** There is no local header where the directory says. */
  | 'local-missing'
  /** The local header tells another name, method, encryption, checksum or size than the directory. */
  | 'local-differs'
  /** Members share octets with one another or with the directory (CVE-2019-13232). */
  | 'overlap'
  /** A local header that the directory does not list. */
  | 'unlisted-member'
  /** Octets before the first local header. */
  | 'prefix'
  /** Octets after the end record and its comment. */
  | 'trailing'
  /** Numbers of 64 bits, which nothing that fits a message needs. */
  | 'zip64';

/** One problem, with the place where it shows. */
export interface ZipProblem {
  readonly kind: ZipProblemKind;
  readonly offset: number;
}

/** The members and problems of an archive. */
export interface ZipArchive {
  readonly octets: Octets;
  readonly members: readonly ZipMember[];
  readonly problems: readonly ZipProblem[];
}

/** A run of octets that belongs to one thing. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * Lists the members of an archive, those that only local headers tell of last; undefined for what is no archive: it
 * neither starts as one nor ends with an end record that leads to a directory. (Documents hold whole archives in their
 * middle.) It takes time linear in the octets and opens nothing.
 */
export function readZip(octets: Octets): ZipArchive | undefined {
  const ends = findEnds(octets);
  const [last] = ends;
  const isZip = startsAsZip(octets) || last?.end === octets.length;
  if (!isZip) return undefined;
  const lister = new ZipLister(octets);
  if (last) {
    lister.readDirectory(last);
    lister.checkOtherEnds(ends);
  } else {
    lister.problem('end-missing', octets.length);
  }
  lister.findUnlisted(last !== undefined);
  return lister;
}

/** A local header, the marker of an archive that was once split (8.5.3), or the end record of one without members. */
function startsAsZip(octets: Octets): boolean {
  return [LOCAL_SIGNATURE, 'PK\x07\x08', END_SIGNATURE].some((signature) => octets.startsWith(signature));
}

class ZipLister implements ZipArchive {
  readonly octets: Octets;
  readonly members: ZipMember[] = [];
  readonly problems: ZipProblem[] = [];
  /** What the directory accounts for. */
  readonly #extents: Extent[] = [];

  constructor(octets: Octets) {
    this.octets = octets;
  }

  problem(kind: ZipProblemKind, offset: number): void {
    this.problems.push({ kind, offset });
  }

  readDirectory(end: ZipEnd): void {
    if (end.isZip64) this.problem('zip64', end.offset);
    if (end.isAmbiguous) this.problem('ends-several', end.offset);
    if (end.end < this.octets.length) this.problem('trailing', end.end);
    const listed = this.#readEntries(end);
    if (listed !== end.entries) this.problem('count-mismatch', end.offset);
    this.#extents.push(
      { start: end.directoryOffset, end: end.directoryEnd },
      { start: end.offset, end: end.offset + 22 },
    );
    this.#checkExtents();
  }

  /** Gives the number of headers in the directory, as far as they were read. */
  #readEntries(end: ZipEnd): number {
    let at = end.directoryOffset;
    let listed = 0;
    for (; at < end.directoryEnd && !this.octets.startsWith(SIGNATURE_RECORD, at); listed += 1) {
      const header = readDirectoryHeader(this.octets, at);
      if (!header || header.end > end.directoryEnd) {
        this.problem('directory-broken', at);
        break;
      }
      if (listed === ZIP_ENTRIES_MAX) {
        this.problem('entries-over-limit', at);
        return end.entries;
      }
      this.#addListed(header, at, end.base);
      at = header.end;
    }
    return listed;
  }

  #addListed(header: ZipDirectoryHeader, at: number, base: number): void {
    const localOffset = header.localOffset + base;
    const local = readLocalHeader(this.octets, localOffset);
    if (!local) {
      this.problem('local-missing', at);
      return;
    }
    if (headersDisagree(header, local)) this.problem('local-differs', localOffset);
    if (header.isZip64) this.problem('zip64', at);
    const dataEnd = Math.min(local.end + header.compressedSize, this.octets.length);
    this.#extents.push({ start: localOffset, end: dataEnd });
    this.#addMember(header, local.end, true);
  }

  #addMember(header: ZipHeader, dataOffset: number, isListed: boolean): void {
    const { method, compressedSize, size } = header;
    const name = new Octets(header.name).latin1(0, header.name.length) ?? '';
    const index = this.members.length;
    const secret = isEncrypted(header);
    this.members.push({
      index,
      name,
      method,
      compressedSize,
      size,
      dataOffset,
      isEncrypted: secret,
      isListed,
    });
  }

  #checkExtents(): void {
    this.#extents.sort((one, other) => one.start - other.start || one.end - other.end);
    const first = this.#extents[0]?.start ?? 0;
    if (first > 0 && !startsAsZip(this.octets)) this.problem('prefix', 0);
    let reached = 0;
    for (const { start, end } of this.#extents) {
      if (start < reached) this.problem('overlap', start);
      reached = Math.max(reached, end);
    }
  }

  /** An end record inside a member's data is the end of an archive inside, and none of this one's. */
  checkOtherEnds(ends: readonly ZipEnd[]): void {
    const isInside = ({ offset }: ZipEnd): boolean =>
      this.#extents.some(({ start, end }) => start <= offset && offset < end);
    const other = ends.slice(1).find((end) => !isInside(end));
    if (other) this.problem('ends-several', other.offset);
  }

  /** Looks for local headers where the directory accounts for nothing: everywhere, when there is no directory. */
  findUnlisted(hasDirectory: boolean): void {
    let reached = 0;
    const { length } = this.octets;
    for (const { start, end } of [...this.#extents, { start: length, end: length }]) {
      if (start > reached) this.#findUnlistedIn({ start: reached, end: start }, hasDirectory);
      reached = Math.max(reached, end);
    }
  }

  #findUnlistedIn(gap: Extent, hasDirectory: boolean): void {
    const nextHeader = (from: number): number => this.octets.indexOf(LOCAL_SIGNATURE, from, gap.end);
    for (let at = nextHeader(gap.start); at >= 0;) {
      const header = readLocalHeader(this.octets, at);
      if (!header || isPadding(header)) {
        at = nextHeader(at + 1);
        continue;
      }
      if (this.members.length === ZIP_ENTRIES_MAX) {
        this.problem('entries-over-limit', at);
        return;
      }
      if (hasDirectory) this.problem('unlisted-member', at);
      const declaredEnd = header.end + header.compressedSize;
      const isPlausible = header.compressedSize > 0 && declaredEnd <= gap.end;
      at = nextHeader(isPlausible ? declaredEnd : header.end);
      // A size that a data descriptor gives later, or that lies, is not known here: such data end at the next header.
      const dataEnd = isPlausible ? declaredEnd : at < 0 ? gap.end : at;
      this.#addMember({ ...header, compressedSize: dataEnd - header.end }, header.end, false);
    }
  }
}

/** Android's build tools fill gaps with headers of members that have no name and no data. */
function isPadding({ name, compressedSize, size, flags }: ZipHeader): boolean {
  return name.length === 0 && compressedSize === 0 && size === 0 && flags === 0;
}

/** The directory's digital signature (4.3.13), which may end it. */
const SIGNATURE_RECORD = 'PK\x05\x05';

/** What opening a member gives. */
export type OpenedMember =
  | {
      readonly kind: 'opened';
      readonly bytes: Uint8Array;
      /** Octets of the member's data that it took. */ readonly consumed: number;
    }
  | { readonly kind: 'encrypted' }
  /** More than `bytesMax` come out of it. */
  | { readonly kind: 'over-limit' }
  /** The data are cut off or are no deflate stream. */
  | { readonly kind: 'broken' }
  /** Compressed otherwise than handsets can undo: neither stored nor deflated. */
  | { readonly kind: 'unsupported-method' };

/**
 * Opens one member of an archive that `readZip` gave, to at most `bytesMax` octets. It never throws. Stored bytes are
 * not copied.
 */
export function openMember(
  { octets }: ZipArchive,
  member: ZipMember,
  inflateRaw: InflateRaw,
  bytesMax: number,
): OpenedMember {
  const { method, compressedSize, dataOffset } = member;
  if (member.isEncrypted) return { kind: 'encrypted' };
  if (method !== 0 && method !== 8) return { kind: 'unsupported-method' };
  const data = octets.slice(dataOffset, compressedSize);
  if (!data) return { kind: 'broken' };
  if (method === 0) {
    return compressedSize > bytesMax
      ? { kind: 'over-limit' }
      : { kind: 'opened', bytes: data, consumed: compressedSize };
  }
  if (bytesMax < 1) return { kind: 'over-limit' };
  const inflated = inflateRaw(data, bytesMax);
  return inflated.kind === 'inflated' ? { ...inflated, kind: 'opened' } : { kind: inflated.kind };
}
