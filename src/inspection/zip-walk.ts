/** Opens the members of an archive, and of the archives in them, within one budget. */
import type { FindingTable } from './finding.ts';
import { Octets } from './octets.ts';
import type { InflateRaw } from './part-view.ts';
import {
  openMember,
  readZip,
  ZIP_DEPTH_MAX,
  ZIP_RATIO_FREE_BYTES,
  ZIP_RATIO_MAX,
  ZIP_TOTAL_BYTES_MAX,
  ZIP_ENTRIES_MAX,
  type OpenedMember,
  type ZipArchive,
  type ZipMember,
} from './zip-archive.ts';

/** Findings about opening archives for the rules. */
export const MEMBER_FINDINGS = {
  'archive-member-unread': {
    severity: 'medium',
    description: 'A member of an archive could not be opened: its method is unknown or its data are broken',
    gap: 'undecodable',
  },
  'archive-member-encrypted': {
    severity: 'medium',
    description: 'A member of an archive is enciphered, so nobody but the recipient knows what it is',
    gap: 'encrypted',
  },
  'archive-not-opened': {
    severity: 'medium',
    description: 'A part is an archive of a kind that we do not open, or compressed',
    gap: 'undecodable',
  },
  'archive-not-exhausted': {
    severity: 'medium',
    description: 'An archive unfolds to more, or nests deeper, than we open',
    gap: 'over-limit',
  },
} as const satisfies FindingTable;

/** One step of the walk. Offsets of a nested archive count from its own start. */
export type ZipStep =
  /** An archive that is about to be opened; the outermost has depth 1. */
  | { readonly kind: 'archive'; readonly archive: ZipArchive; readonly depth: number }
  /** A member, opened or not. `number` counts the members of the whole walk from 0. */
  | {
      readonly kind: 'member';
      readonly member: ZipMember;
      readonly number: number;
      readonly depth: number;
      readonly opened: OpenedMember;
    }
  /** A limit that ends the walk, or for `depth` keeps one nested archive closed. */
  | { readonly kind: 'limit'; readonly limit: ZipLimit; readonly number: number };

/** A limit of an archive as a whole. */
export type ZipLimit = 'depth' | 'total' | 'ratio' | 'entries';

/** Deflate cannot give more octets for one (zlib technical details, "Maximum Compression Factor"). */
const DEFLATE_RATIO_MAX = 1032;

/**
 * Walks an archive depth first, giving each member's octets as it goes, so that one opened chain is held at a time.
 * All the work is within `ZIP_TOTAL_BYTES_MAX` inflated octets, those of broken members counted too. Nothing is given for
 * what is no archive.
 */
export function* walkZip(octets: Octets, inflateRaw: InflateRaw): Generator<ZipStep, void> {
  yield* new ZipWalk(inflateRaw).walk(octets, 1);
}

class ZipWalk {
  readonly #inflateRaw: InflateRaw;
  #bytesLeft = ZIP_TOTAL_BYTES_MAX;
  #count = 0;
  #isOver = false;

  constructor(inflateRaw: InflateRaw) {
    this.#inflateRaw = inflateRaw;
  }

  *walk(octets: Octets, depth: number): Generator<ZipStep, void> {
    const archive = readZip(octets);
    if (!archive) return;
    if (depth > ZIP_DEPTH_MAX) {
      yield { kind: 'limit', limit: 'depth', number: this.#count - 1 };
      return;
    }
    yield { kind: 'archive', archive, depth };
    for (const member of archive.members) {
      if (this.#isOver) return;
      yield* this.#member(archive, member, depth);
    }
  }

  *#member(archive: ZipArchive, member: ZipMember, depth: number): Generator<ZipStep, void> {
    const number = this.#count;
    this.#count += 1;
    if (number === ZIP_ENTRIES_MAX) {
      yield this.#end('entries', number);
      return;
    }
    const bytesMax = Math.min(this.#bytesLeft, mostOf(member));
    const opened = openMember(archive, member, this.#inflateRaw, bytesMax);
    this.#bytesLeft -= costOf(opened, member, bytesMax);
    yield { kind: 'member', member, number, depth, opened };
    if (opened.kind === 'over-limit') {
      yield this.#end(bytesMax < mostOf(member) ? 'total' : 'ratio', number);
    } else if (opened.kind === 'opened') {
      yield* this.walk(new Octets(opened.bytes), depth + 1);
    }
  }

  #end(limit: ZipLimit, number: number): ZipStep {
    this.#isOver = true;
    return { kind: 'limit', limit, number };
  }
}

/** The most that a member may give by its ratio. Stored ones give what they are. */
function mostOf({ method, compressedSize }: ZipMember): number {
  if (method === 0) return Math.max(compressedSize, ZIP_RATIO_FREE_BYTES);
  return Math.max(compressedSize * ZIP_RATIO_MAX, ZIP_RATIO_FREE_BYTES);
}

/** What opening may have taken: for a stream that broke, all that it could have given before. */
function costOf(opened: OpenedMember, { compressedSize }: ZipMember, bytesMax: number): number {
  switch (opened.kind) {
    case 'opened':
      return opened.bytes.length;
    case 'broken':
      return Math.min(bytesMax, compressedSize * DEFLATE_RATIO_MAX);
    case 'over-limit':
      return bytesMax;
    case 'encrypted':
    case 'unsupported-method':
      return 0;
  }
}
