/** Names longer than this are not compared: the distance costs the product of both lengths. */
const NAME_CHARACTERS_MAX = 128;

/**
 * The known name that is likely meant by a mistyped one: at most half of its characters differ, case aside.
 * Undefined when none is that near. Pure.
 */
export function nearest(name: string, knownNames: readonly string[]): string | undefined {
  if (name.length > NAME_CHARACTERS_MAX) return undefined;
  const ranked = knownNames
    .map((known) => ({ known, distance: editDistance(name.toLowerCase(), known.toLowerCase()) }))
    .filter(({ known, distance }) => distance * 2 <= known.length)
    .sort((left, right) => left.distance - right.distance);
  return ranked[0]?.known;
}

/** Levenshtein: how many characters must be put in, taken out or changed. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, character] of Array.from(from).entries()) {
    const current = [row + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const changed = (previous[column] ?? 0) + (character === other ? 0 : 1);
      current.push(Math.min(changed, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
