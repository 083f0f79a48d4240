/** Hosts that pass for those of a brand. */
import { skeletonOf } from './confusables.ts';
import { HOSTNAME_LENGTH_MAX, domainListOf, isListed, type DomainList } from './domain-list.ts';

/** A name that deceivers imitate. */
export interface Brand {
  /** One word in lower case, as it stands in host names. */
  readonly word: string;
  /** Where the brand is at home. */
  readonly domains: DomainList;
}

/** Brands by what a host name may have of them, so that many cost little more than one. Plain data. */
export interface BrandIndex {
  readonly brands: readonly Brand[];
  readonly bySkeleton: ReadonlyMap<string, readonly Brand[]>;
  /** By the word, and by the word without each of its letters. */
  readonly byNearWord: ReadonlyMap<string, readonly Brand[]>;
}

/** Brands of an index; each is searched for in every host name, so more are left out. */
export const BRANDS_MAX = 500;

/** A letter more or less makes a short word another honest word (`ups`, `usps`, `cups`). */
export const EDITED_WORD_LENGTH_MIN = 5;

/** A short word is also inside honest words (`apple` in `pineapple`). */
export const INNER_WORD_LENGTH_MIN = 6;

/** Letters of a word; a label has no more. */
const WORD_LENGTH_MAX = 63;

/** An index of brands, given as word → domains. Domains that cannot be read are left out. */
export function brandIndexOf(domainsByWord: Readonly<Record<string, readonly string[]>>): BrandIndex {
  const brands = Object.entries(domainsByWord)
    .slice(0, BRANDS_MAX)
    .map(([word, domains]) => ({ word: word.trim().toLowerCase(), domains: domainListOf(domains) }));
  return {
    brands,
    bySkeleton: Map.groupBy(brands, ({ word }) => skeletonOf(word)),
    byNearWord: groupedByNearWord(brands),
  };
}

function groupedByNearWord(brands: readonly Brand[]): Map<string, Brand[]> {
  const grouped = new Map<string, Brand[]>();
  for (const brand of brands.filter(({ word }) => word.length >= EDITED_WORD_LENGTH_MIN)) {
    for (const near of nearWordsOf(brand.word)) grouped.set(near, [...(grouped.get(near) ?? []), brand]);
  }
  return grouped;
}

/** The word, and the word without each of its letters. Words that are one edit apart have one of them in common. */
function nearWordsOf(word: string): Set<string> {
  if (word.length > WORD_LENGTH_MAX) return new Set();
  return new Set([
    word,
    ...Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1)),
  ]);
}

/** How a host has to do with a brand that is at home elsewhere. */
export type BrandUse =
  /** The word of the brand is in the host name. */
  | 'word'
  /** A piece of it looks like the word, or is one slip of the finger away from it. */
  | 'look-alike';

/** The worst use that a host, given by name and by its labels in Unicode, makes of the brands. */
export function brandUseOf(
  hostname: string,
  labels: readonly string[],
  index: BrandIndex,
): BrandUse | undefined {
  if (index.brands.length === 0 || hostname.length > HOSTNAME_LENGTH_MAX) return undefined;
  const shown = labels.slice(0, -1).join('.');
  const pieces = piecesOf(shown);
  const isForeign = ({ domains }: Brand): boolean => !isListed(domains, hostname);
  if (lookAlikes(shown, pieces, index).some(isForeign)) return 'look-alike';
  const isInside = ({ word }: Brand): boolean =>
    pieces.has(word) || (word.length >= INNER_WORD_LENGTH_MIN && shown.includes(word));
  return index.brands.some((brand) => isInside(brand) && isForeign(brand)) ? 'word' : undefined;
}

function piecesOf(name: string): Set<string> {
  return new Set(name.split(/[.-]/));
}

/** Brands whose word is not among the pieces, but something that passes for it. */
function lookAlikes(
  shown: string,
  pieces: ReadonlySet<string>,
  { bySkeleton, byNearWord }: BrandIndex,
): Brand[] {
  const alike = Array.from(piecesOf(skeletonOf(shown))).flatMap((skeleton) => bySkeleton.get(skeleton) ?? []);
  const near = Array.from(pieces).flatMap((piece) =>
    Array.from(nearWordsOf(piece))
      .flatMap((word) => byNearWord.get(word) ?? [])
      .filter(({ word }) => isOneEditAway(piece, word)),
  );
  return [...alike, ...near].filter(({ word }) => !pieces.has(word));
}

/** True when one letter is added, left out or replaced, or two neighbours have changed places. */
export function isOneEditAway(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let [end, otherEnd] = [one.length, other.length];
  while (end > start && otherEnd > start && one[end - 1] === other[otherEnd - 1]) {
    end -= 1;
    otherEnd -= 1;
  }
  const [rest, otherRest] = [one.slice(start, end), other.slice(start, otherEnd)];
  if (rest.length <= 1 && otherRest.length <= 1) return rest !== otherRest;
  return rest.length === 2 && otherRest.length === 2 && rest[0] === otherRest[1] && rest[1] === otherRest[0];
}
