import { addressKey } from './text-pattern.ts';

/** Addresses, and beginnings of addresses, made ready to be looked up in: lists may be long, and recipients many. */
export class AddressList {
  readonly #whole: ReadonlySet<string>;
  /** Beginnings by their length: an address has one of each, so that the list may be as long as it likes. */
  readonly #beginnings: ReadonlyMap<number, ReadonlySet<string>>;

  constructor(patterns: readonly string[]) {
    const keys = patterns.map(addressKey);
    this.#whole = new Set(keys.filter((key) => !key.endsWith('*')));
    const beginnings = keys.filter((key) => key.endsWith('*')).map((key) => key.slice(0, -1));
    const byLength = Map.groupBy(beginnings, ({ length }) => length);
    this.#beginnings = new Map([...byLength].map(([length, some]) => [length, new Set(some)]));
  }

  /** True when the address fits one of the list. */
  fits(address: string): boolean {
    return this.fitsKey(addressKey(address));
  }

  /** The same for an address that is already in the form in which they are compared, see `addressKey`. */
  fitsKey(key: string): boolean {
    if (this.#whole.has(key)) return true;
    return [...this.#beginnings].some(([length, some]) => some.has(key.slice(0, length)));
  }
}

/** Lists of policies live as long as their policy, and are asked for every message. */
const MADE = new WeakMap<readonly string[], AddressList>();

/** The addresses of a list that never changes. */
export function addressList(patterns: readonly string[]): AddressList {
  const made = MADE.get(patterns) ?? new AddressList(patterns);
  MADE.set(patterns, made);
  return made;
}
