/** By which names the parts of a message are found, as presentations and start parameters use them. */
import { textParameter } from '../codec/content-type.ts';
import { parameterOf } from '../codec/parameters.ts';
import type { Leaf } from './message-parts.ts';

/** The parts that answer to a name, by their number in reading order. */
export type PartNames = ReadonlyMap<string, ReadonlySet<number>>;

/**
 * Handsets look a part up by Content-ID, Content-Location, Name and Filename, in different orders, and some of them
 * whatever the case and the brackets. A part answers to all of them here. Pure.
 */
export function partNames(leaves: readonly Leaf[]): PartNames {
  const numbers = new Map<string, Set<number>>();
  for (const [number, leaf] of leaves.entries()) {
    for (const name of namesOf(leaf)) {
      const key = keyOf(name);
      if (key === '') continue;
      const named = numbers.get(key) ?? new Set();
      numbers.set(key, named.add(number));
    }
  }
  return numbers;
}

function namesOf({ contentType, headers }: Leaf): readonly string[] {
  const names = [
    headers.contentId,
    headers.contentLocation,
    textParameter(contentType, 'name'),
    textParameter(contentType, 'filename'),
    parameterOf(headers.contentDisposition?.parameters ?? [], 'filename'),
  ];
  return names.filter((name) => typeof name === 'string');
}

function keyOf(name: string): string {
  return name.trim().replace(/^cid:/i, '').replace(/^<|>$/g, '').replace(/^\.\//, '').toLowerCase();
}

/** The parts that a reference may mean; a cid is escaped (RFC 2392), and a name may or may not be. */
export function partsNamed(reference: string, names: PartNames): ReadonlySet<number> {
  return names.get(keyOf(reference)) ?? names.get(keyOf(unescaped(reference))) ?? new Set();
}

function unescaped(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}
