/** Compiles rule sources with an engine. */
import type { EngineAbi } from './engine-abi.ts';
import type { Engine } from './engine-instance.ts';
import { EXTERNAL_VALUES, NO_EXTERNALS } from './externals.ts';

/** Collects sources and makes rules of them. It holds memory of the engine: `build` or `discard` it. */
export class RuleCompiler {
  readonly #abi: EngineAbi;
  readonly #compiler: number;
  #namespace: string | undefined;
  #errorCount = 0;

  constructor({ abi, link }: Engine) {
    link?.restore();
    this.#abi = abi;
    this.#compiler = abi.exports.compiler_new();
    for (const [name, value] of Object.entries(EXTERNAL_VALUES)) {
      const [error, failed] = abi.exports.compiler_defineGlobal(
        this.#compiler,
        ...abi.passText(name),
        value(NO_EXTERNALS),
      );
      abi.check(error, failed);
    }
  }

  /**
   * Adds a source, and gives what is wrong with it as the engine words it. Sources of one namespace must come one
   * after the other: the engine forgets a namespace when another begins.
   */
  add(namespace: string, text: string): readonly string[] {
    const { exports } = this.#abi;
    if (namespace !== this.#namespace)
      exports.compiler_newNamespace(this.#compiler, ...this.#abi.passText(namespace));
    this.#namespace = namespace;
    const [error, failed] = exports.compiler_addSource(this.#compiler, ...this.#abi.passText(text));
    if (failed === 0) return [];
    this.#abi.take(error);
    const errors = this.#abi.takeTexts(exports.compiler_errors(this.#compiler));
    const added = errors.slice(this.#errorCount);
    this.#errorCount = errors.length;
    return added;
  }

  /** What is doubtful in the sources so far, as the engine words it. */
  warnings(): readonly string[] {
    return this.#abi.takeTexts(this.#abi.exports.compiler_warnings(this.#compiler));
  }

  /** The address of the rules. Only for sources without errors. */
  build(): number {
    const [rules = 0, error, failed] = this.#abi.exports.compiler_build(this.#compiler);
    this.discard();
    this.#abi.check(error, failed);
    return rules;
  }

  /** Gives the memory back. */
  discard(): void {
    this.#abi.exports.__wbg_compiler_free(this.#compiler, 0);
  }
}
