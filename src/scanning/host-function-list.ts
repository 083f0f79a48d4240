/**
 * Finds the list of host functions in the engine's memory. The engine's constructors hang every function that a guest
 * may call into one linked list (Rust's `inventory`), and each scan walks that list to wrap the functions for
 * JavaScript. Whoever knows where the list is can keep the wrappers, and let the engine walk a list of one.
 */

/** A linked list in memory; all are addresses in octets. */
export interface NodeList {
  /** Where the address of the first node stands. */
  readonly head: number;
  readonly first: number;
  readonly last: number;
}

/** A node is a fat pointer to its value and the address of the next node, 0 in the last. */
const NEXT_WORD = 2;

/**
 * The one list of exactly `count` nodes whose head was written between `before` and `after`, two states of the same
 * memory in 32-bit words. Undefined when there is none, or more than one.
 */
export function findNodeList(before: Uint32Array, after: Uint32Array, count: number): NodeList | undefined {
  const found: NodeList[] = [];
  for (let word = 0; word < before.length; word += 1) {
    const first = after[word] ?? 0;
    if (first === before[word]) continue;
    const last = walk(after, first, count);
    if (last !== undefined) found.push({ head: word * 4, first, last });
  }
  const [list, another] = found;
  return another === undefined ? list : undefined;
}

/** The last node, if there are exactly `count` of them from `first` on. */
function walk(memory: Uint32Array, first: number, count: number): number | undefined {
  let last = 0;
  let node = first;
  for (let index = 0; index < count; index += 1) {
    if (node === 0 || node % 4 !== 0) return undefined;
    last = node;
    node = memory[node / 4 + NEXT_WORD] ?? -1;
  }
  return node === 0 ? last : undefined;
}
