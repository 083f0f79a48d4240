/** Texts that every database takes and gives back as they were. */

/** UTF-16 units of a text that is indexed: PostgreSQL refuses what is longer than 2704 octets in an index. */
export const INDEXED_TEXT_MAX = 512;

/**
 * A text without what PostgreSQL cannot store (NUL) and what has no UTF-8 (lone surrogates): U+FFFD stands for them. What
 * is longer than `unitsMax` UTF-16 units is cut.
 */
export function storableText(text: string, unitsMax: number = INDEXED_TEXT_MAX): string {
  return text.slice(0, unitsMax).replaceAll('\0', '\uFFFD').toWellFormed();
}
