/** Loads rules again while the proxy runs: beside the set in use, which stays until the new one has proved itself. */
import type { RuleProblem, RuleSet } from '../scanning/rule-set.ts';
import type { RuleLoading } from './rule-loading.ts';

/** What set a reload off. */
export type ReloadTrigger = 'signal' | 'file' | 'admin';

/** How a reload ended. In every case but `loaded` the set before stays in use. */
export type ReloadResult =
  | { readonly kind: 'loaded'; readonly ruleSet: RuleSet }
  /** The files hold what is in use. */
  | { readonly kind: 'unchanged'; readonly ruleSet: RuleSet }
  | { readonly kind: 'refused'; readonly problems: readonly RuleProblem[] };

/** What a reloader works with. */
export interface ReloaderParts {
  readonly load: () => Promise<RuleLoading>;
  /** Gives a set to every scan thread; false when none could open it. */
  readonly use: (ruleSet: RuleSet) => Promise<boolean>;
  /** Is told of every result. It must not throw. */
  readonly onResult: (result: ReloadResult, trigger: ReloadTrigger) => void;
}

/** One reload at a time; who asks while one runs gets the one after it, together with all who ask meanwhile. */
export class RuleReloader {
  readonly #parts: ReloaderParts;
  #ruleSet: RuleSet;
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<ReloadResult> | undefined;

  /** `ruleSet` is the set in use. */
  constructor(ruleSet: RuleSet, parts: ReloaderParts) {
    this.#ruleSet = ruleSet;
    this.#parts = parts;
  }

  /** The set in use. */
  get ruleSet(): RuleSet {
    return this.#ruleSet;
  }

  /** Reads the files as they are after this call, and uses them if they are good. Rejects only for bugs. */
  reload(trigger: ReloadTrigger): Promise<ReloadResult> {
    if (this.#next !== undefined) return this.#next;
    const next = this.#running.then(() => {
      this.#next = undefined;
      return this.#reloadNow(trigger);
    });
    this.#next = next;
    this.#running = next.catch(() => undefined);
    return next;
  }

  /** Resolves when no reload runs any more. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #reloadNow(trigger: ReloadTrigger): Promise<ReloadResult> {
    const result = await this.#try();
    if (result.kind === 'loaded') this.#ruleSet = result.ruleSet;
    this.#parts.onResult(result, trigger);
    return result;
  }

  async #try(): Promise<ReloadResult> {
    const loading = await this.#parts.load();
    if (!loading.ok) return { kind: 'refused', problems: loading.problems };
    const { ruleSet } = loading;
    if (ruleSet.digest === this.#ruleSet.digest) return { kind: 'unchanged', ruleSet: this.#ruleSet };
    if (await this.#parts.use(ruleSet)) return { kind: 'loaded', ruleSet };
    return { kind: 'refused', problems: [NO_THREAD] };
  }
}

const NO_THREAD: RuleProblem = {
  file: '',
  line: undefined,
  column: undefined,
  code: 'thread-failed',
  message: 'no scan thread could open the compiled rules; the log says why',
};
