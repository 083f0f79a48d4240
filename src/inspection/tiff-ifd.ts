/** The image file directories (IFDs) of TIFF files and Exif blocks: one walk, which follows every pointer once. */
import type { IfdEntry, TiffFile } from './tiff-file.ts';

/** Octets that the values of an entry may take. 32-bit readers multiply past this and allocate the rest (CVE-2016-3862). */
export const VALUE_BYTES_MAX = 2 ** 31;

/** One directory. Offsets count from the start of the TIFF header. */
export interface Ifd {
  readonly at: number;
  /** Past its pointer to the next. */
  readonly end: number;
  readonly role: IfdRole;
  readonly entries: readonly IfdEntry[];
}

/**
 * What a directory describes: a picture; Exif or GPS data; or interoperability, which nobody searches for further
 * directories.
 */
export type IfdRole = 'picture' | 'metadata' | 'leaf';

/** What can be wrong with a directory or an entry. */
export type IfdFault =
  /** A directory leads back to itself. */
  | 'cycle'
  /** Two pointers lead to one directory, without a cycle. */
  | 'shared'
  /** More pointers to directories, or more entries in all of them, than the limits. */
  | 'ifds-over-limit'
  | 'entries-over-limit'
  /** The values would take more than `VALUE_BYTES_MAX`. */
  | 'count-wraps'
  | 'type-unknown'
  /** A tag is there twice in one directory: readers would take different ones. */
  | 'tag-repeated'
  /** A directory, or values, are said to be outside the octets. */
  | 'ifd-outside'
  | 'value-outside'
  /** The octets end inside a directory. */
  | 'ifd-truncated';

/** Told of each fault: where the directory or entry stands, and the numbers that are at fault. */
export type OnIfdFault = (fault: IfdFault, at: number, evidence: Readonly<Record<string, number>>) => void;

/** How much a walk reads. */
export interface IfdLimits {
  /** Pointers to directories: the one in the header, entries (also those that are 0), and from one to the next. */
  readonly ifdsMax: number;
  /** Entries of all directories together. */
  readonly entriesMax: number;
}

/**
 * Every directory that can be reached, each once, within the limits. Faults are told and gone over: what is readable
 * behind them is read.
 */
export function walkIfds(file: TiffFile, limits: IfdLimits, onFault: OnIfdFault): readonly Ifd[] {
  return new IfdWalk(file, limits, onFault).run();
}

/**
 * Entries that point to further directories: SubIFDs; the Exif and GPS directories; and interoperability, which Kodak's
 * Pro Back points at the first directory.
 */
const POINTER_ROLES: ReadonlyMap<number, IfdRole> = new Map([
  [0x014a, 'picture'],
  [0x8769, 'metadata'],
  [0x8825, 'metadata'],
  [0xa005, 'leaf'],
]);

/** A pointer to a directory, and the pointers that led to it. */
interface IfdPointer {
  readonly target: number;
  readonly role: IfdRole;
  readonly from: IfdPointer | undefined;
}

class IfdWalk {
  readonly #file: TiffFile;
  readonly #limits: IfdLimits;
  readonly #onFault: OnIfdFault;
  readonly #pending: IfdPointer[] = [];
  readonly #seen = new Set<number>();
  #pointersLeft: number;
  #entriesLeft: number;

  constructor(file: TiffFile, limits: IfdLimits, onFault: OnIfdFault) {
    this.#file = file;
    this.#limits = limits;
    this.#onFault = onFault;
    this.#pointersLeft = limits.ifdsMax;
    this.#entriesLeft = limits.entriesMax;
  }

  run(): readonly Ifd[] {
    const { firstIfdAt, pointer: width } = this.#file.layout;
    const first = this.#file.unsigned(firstIfdAt, width) ?? 0;
    const ifds: Ifd[] = [];
    this.#follow({ target: first, role: 'picture', from: undefined });
    for (const pointer of this.#pending) {
      const ifd = this.#read(pointer);
      if (!ifd) continue;
      ifds.push(ifd);
      for (const next of this.#pointersOf(ifd, pointer)) {
        if (!this.#follow(next)) break;
      }
    }
    return ifds;
  }

  /** Notes a directory to be read. Every pointer counts, wherever it leads; false when there are too many. */
  #follow(pointer: IfdPointer): boolean {
    const { target, role } = pointer;
    if (this.#pointersLeft === 0) {
      this.#onFault('ifds-over-limit', target, { max: this.#limits.ifdsMax });
      return false;
    }
    this.#pointersLeft -= 1;
    if (target === 0) return true;
    if (this.#seen.has(target)) {
      this.#onFault(role !== 'leaf' && isAncestor(pointer) ? 'cycle' : 'shared', target, {});
    } else {
      this.#seen.add(target);
      this.#pending.push(pointer);
    }
    return true;
  }

  *#pointersOf(ifd: Ifd, from: IfdPointer): Generator<IfdPointer, undefined> {
    const { ifdsMax } = this.#limits;
    if (ifd.role === 'leaf') return;
    for (const entry of ifd.entries) {
      const role = POINTER_ROLES.get(entry.tag);
      if (!role) continue;
      // One more than the limit is enough to exceed it.
      for (const target of this.#file.values(entry, ifdsMax + 1)) yield { target, role, from };
    }
    // Nothing follows an Exif directory, and cameras leave there whatever is in memory.
    if (ifd.role !== 'picture') return;
    const { pointer: width } = this.#file.layout;
    const next = this.#file.unsigned(ifd.end - width, width) ?? 0;
    if (next !== 0) yield { target: next, role: 'picture', from };
  }

  #read({ target, role }: IfdPointer): Ifd | undefined {
    const { layout, octets } = this.#file;
    const declared = this.#file.unsigned(target, layout.entryCount);
    if (declared === undefined) {
      this.#onFault('ifd-outside', target, {});
      return undefined;
    }
    const start = target + layout.entryCount;
    const room = Math.floor((octets.length - start) / layout.entry);
    if (declared > room) this.#onFault('ifd-truncated', target, { entries: declared });
    const count = Math.min(declared, room);
    if (count > this.#entriesLeft) this.#onFault('entries-over-limit', target, { entries: declared });
    const entries = this.#readEntries(start, Math.min(count, this.#entriesLeft));
    this.#entriesLeft -= entries.length;
    return { at: target, end: start + declared * layout.entry + layout.pointer, role, entries };
  }

  #readEntries(start: number, count: number): readonly IfdEntry[] {
    const entries: IfdEntry[] = [];
    const tags = new Set<number>();
    for (let index = 0; index < count; index += 1) {
      const entry = this.#file.entry(start + index * this.#file.layout.entry);
      if (!entry) break;
      this.#check(entry);
      if (tags.has(entry.tag)) this.#onFault('tag-repeated', entry.at, { tag: entry.tag });
      tags.add(entry.tag);
      entries.push(entry);
    }
    return entries;
  }

  #check({ at, tag, type, count, byteLength, valueAt }: IfdEntry): void {
    const evidence = { tag, type, count };
    if (byteLength === undefined) this.#onFault('type-unknown', at, evidence);
    else if (byteLength > VALUE_BYTES_MAX) this.#onFault('count-wraps', at, evidence);
    else if (valueAt + byteLength > this.#file.octets.length) this.#onFault('value-outside', at, evidence);
  }
}

/** Whether a pointer leads back to a directory that it comes from. */
function isAncestor({ target, from }: IfdPointer): boolean {
  for (let pointer = from; pointer; pointer = pointer.from) {
    if (pointer.target === target) return true;
  }
  return false;
}
