/** Lets functions of the engine's package be replaced while a call is made. */

/** A function of the package that the engine calls. */
export type ImportFunction = (...values: never[]) => unknown;

/**
 * What those functions do that can be replaced. Their names change with every version, so each is found by a piece of
 * its code.
 */
const PLACES = {
  wrapHostFunction: 'makeMutClosure(',
  copyBytes: 'new Uint8Array(getArrayU8FromWasm0(',
  translate: 'new WebAssembly.Module(',
  createMemory: 'new WebAssembly.Memory(',
  createGlobal: 'new WebAssembly.Global(',
  instantiate: 'new WebAssembly.Instance(',
} as const;

type Place = keyof typeof PLACES;

/** Functions for the places. */
export type Replacements = Readonly<Record<Place, ImportFunction>>;

/** In the package's hands as long as `replacements` is undefined. */
export class ImportSwitch {
  replacements: Replacements | undefined;
  #isInstalled = false;

  /** False when some place was not found: then nothing is switched. */
  get isInstalled(): boolean {
    return this.#isInstalled;
  }

  /** Makes the places switchable among the functions that an engine is about to be given. */
  installIn(imports: Record<string, unknown>): void {
    const found = Object.entries(PLACES).map(([place, code]) => {
      const names = Object.keys(imports).filter((name) => String(imports[name]).includes(code));
      return { place: place as Place, names };
    });
    if (found.some(({ names }) => names.length !== 1)) return;
    this.#isInstalled = true;
    for (const { place, names } of found) for (const name of names) this.#install(imports, name, place);
  }

  #install(imports: Record<string, unknown>, name: string, place: Place): void {
    const original = imports[name] as ImportFunction;
    imports[name] = (...values: never[]) => (this.replacements?.[place] ?? original)(...values);
  }
}
