/** Rules that an engine has compiled, ready to run. */
import type { EngineAbi } from './engine-abi.ts';
import type { Engine } from './engine-instance.ts';
import { ExternalSlots } from './external-slots.ts';
import type { ExternalName, ExternalValue } from './externals.ts';
import type { Guest, GuestLink } from './guest-link.ts';

/**
 * Matches of one pattern that the engine counts. A cap below what a rule counts up to would blind it, and a message
 * could fill a low one with decoys; without one, a flood takes seconds to count.
 */
export const MATCHES_PER_PATTERN_MAX = 250_000;

/** A rule that matched, as the engine gives it. */
export interface EngineMatch {
  readonly identifier: string;
  readonly namespace: string;
  readonly isPrivate: boolean;
  readonly tags: readonly string[];
  readonly metadata: readonly {
    readonly identifier: string;
    /** Text that is not UTF-8 comes as a list of octets. */
    readonly value: string | number | boolean | readonly number[];
  }[];
  readonly patterns: readonly {
    readonly identifier: string;
    readonly isPrivate: boolean;
    readonly matches: readonly { readonly offset: number; readonly length: number }[];
  }[];
}

interface EngineResult {
  readonly errors: readonly string[];
  readonly matches: readonly EngineMatch[];
}

/** One set of rules in one engine. */
export class CompiledRules {
  readonly #abi: EngineAbi;
  readonly #scanner: number;
  readonly #guest: Guest = { globals: [] };
  readonly #externals: ExternalSlots;
  #link: GuestLink | undefined;

  /** `rules` is their address. */
  constructor({ abi }: Engine, rules: number) {
    this.#abi = abi;
    this.#scanner = abi.exports.rules_scanner(rules);
    abi.exports.scanner_setMaxMatchesPerPattern(this.#scanner, MATCHES_PER_PATTERN_MAX);
    this.#externals = new ExternalSlots(abi.exports, this.#scanner, (name, value) => {
      this.#call(() => {
        const [error, failed] = abi.exports.scanner_setGlobal(this.#scanner, ...abi.passText(name), value);
        abi.check(error, failed);
      });
    });
  }

  /** Lets the link learn from these rules; false when it cannot. */
  teach(link: GuestLink): boolean {
    return link.learn(this.#guest, () => this.#scan(new Uint8Array()));
  }

  /** From now on guests are run the cheap way. The link must have learned. */
  use(link: GuestLink): void {
    this.#link = link;
  }

  /** Finds the places of the variables that the rules use; false when they are set the slow way. */
  findExternals(examples: readonly (readonly [ExternalName, ExternalValue])[]): boolean {
    return this.#externals.find(examples);
  }

  /** Sets a variable that the rules use. */
  setExternal(name: ExternalName, value: ExternalValue): void {
    this.#externals.set(name, value);
  }

  /** The rules that match, private ones too. It throws when the engine fails. */
  scan(bytes: Uint8Array): readonly EngineMatch[] {
    return this.#call(() => this.#scan(bytes));
  }

  #scan(bytes: Uint8Array): readonly EngineMatch[] {
    const [address, length] = this.#abi.passBytes(bytes);
    this.#link?.numbers.begin(address, length);
    const [result, error, failed] = this.#abi.exports.scanner_scan(this.#scanner, address, length);
    this.#abi.check(error, failed);
    const { errors, matches } = this.#abi.take(result) as EngineResult;
    if (errors.length > 0) throw new Error(`YARA: ${errors.join('; ')}`);
    return matches;
  }

  #call<T>(run: () => T): T {
    return this.#link === undefined ? run() : this.#link.call(this.#guest, run);
  }
}
