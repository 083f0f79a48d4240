import { addressKey } from './text-pattern.ts';

/** Addresses, and beginnings of addresses, made ready to be looked up in: lists may be long, and recipients many. */
export class AddressList {
  readonly #whole: ReadonlySet<string>;
  readonly #beginnings: readonly string[];

  constructor(patterns: readonly string[]) {
    const keys = patterns.map(addressKey);
    this.#whole = new Set(keys.filter((key) => !key.endsWith('*')));
    this.#beginnings = keys.filter((key) => key.endsWith('*')).map((key) => key.slice(0, -1));
  }

  /** True when the address fits one of the list. */
  fits(address: string): boolean {
    const key = addressKey(address);
    return this.#whole.has(key) || this.#beginnings.some((beginning) => key.startsWith(beginning));
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
