/**
 * The cheap way for YARA-X to run conditions. It compiles the conditions of a rule set to a program of their own, the
 * guest. At every scan it has JavaScript wrap each of its 204 host functions, translate the guest and instantiate it in
 * a new memory; and it never gives the instance back, which ends the engine after some 13,000 scans. Here functions
 * stand in the place of those of the package that it asks for these things, and give what was given before: one
 * instance, memory and set of wrappers for each rule set, all the time.
 *
 * Why that is sound: a guest keeps its whole state in the memory and globals that it imports, and the engine overwrites
 * both before it calls the guest. A wrapper is bound to one scan only by the address of the scan's state, its store; the
 * present address is written into the wrappers that are kept. Where in a wrapper it stands, and where the engine's list
 * of host functions is, is learned from one scan made the long way. When that gives no clear answer, everything is left
 * to the package.
 */
import type { EngineExports } from './engine-abi.ts';
import { findNodeList, type NodeList } from './host-function-list.ts';
import type { ImportSwitch, Replacements } from './import-switch.ts';
import { NumberReader } from './number-reader.ts';

/** What one rule set's guest runs in; filled by its first scan. */
export interface Guest {
  program?: WebAssembly.Module;
  memory?: WebAssembly.Memory;
  instance?: WebAssembly.Instance;
  readonly globals: WebAssembly.Global[];
}

/** A host function as a guest calls it: the address of what the engine's closure captured, and of its code. */
interface Wrapper {
  readonly environment: number;
  readonly shim: number;
}

/** Words of an environment that are looked at for the store's address. */
const ENVIRONMENT_WORDS = 10;

const NO_BYTES = new Uint8Array();

/** Stands between one engine and its guests. */
export class GuestLink {
  readonly #exports: EngineExports;
  readonly #imports: ImportSwitch;
  readonly #invoke: Invoke;
  /** Numbers of what is scanned, for guests. */
  readonly numbers: NumberReader;
  /** The engine's memory before its constructors ran, in words. */
  readonly #fresh: Uint32Array;
  #list: NodeList | undefined;
  #kept: readonly Wrapper[] = [];
  #hosts = new Map<string, Record<string, unknown>>();
  /** Which word of an environment holds the store's address, and the address that the kept wrappers have. */
  #storeWord = 0;
  #store = 0;
  /** Wrappers made by the call that is being made. */
  #wrappers: Wrapper[] = [];
  #isKeeping = false;
  /** Where the engine has put the instance among the values that it holds. */
  #slot = 0;

  /** `fresh` is a copy of the engine's memory from before the first call into it. */
  constructor(exports: EngineExports, imports: ImportSwitch, fresh: ArrayBuffer) {
    this.#exports = exports;
    this.#imports = imports;
    this.#fresh = new Uint32Array(fresh);
    this.#invoke = invokeOf(exports);
    this.numbers = new NumberReader(exports);
  }

  /**
   * Learns from one scan made the long way, and proves itself with one made the short way. The guest must be new, and
   * those that ran before must not run again. When it gives false, use this object no more: the package then does
   * everything.
   */
  learn(guest: Guest, scan: () => void): boolean {
    this.restore();
    this.#isKeeping = true;
    this.call(guest, scan);
    this.#isKeeping = false;
    this.#kept = this.#wrappers;
    const memory = this.#memory();
    const storeWord = commonWord(memory, this.#kept);
    this.#list ??= findNodeList(this.#fresh, memory, this.#kept.length);
    if (storeWord === undefined || this.#list === undefined) return false;
    this.#storeWord = storeWord;
    this.#store = 0;
    memory[this.#list.head / 4] = this.#list.last;
    this.call(guest, scan);
    const isProven = this.#wrappers.length === 1 && !this.#isHeld(guest.instance);
    if (!isProven) this.restore();
    return isProven;
  }

  /** Gives the engine its whole list of host functions again: it needs it to compile. */
  restore(): void {
    if (this.#list !== undefined) this.#memory()[this.#list.head / 4] = this.#list.first;
  }

  /** Makes a call that runs, or prepares to run, the conditions of one rule set. */
  call<T>(guest: Guest, run: () => T): T {
    this.#wrappers = [];
    this.#imports.replacements = this.#replacements(guest);
    try {
      return run();
    } finally {
      this.#imports.replacements = undefined;
      this.#release(guest);
    }
  }

  #replacements(guest: Guest): Replacements {
    let globals = 0;
    return {
      wrapHostFunction: (environment: number, shim: number) => this.#wrap({ environment, shim }),
      copyBytes: (address: number, length: number) =>
        guest.program === undefined ? new Uint8Array(this.#exports.memory.buffer, address, length) : NO_BYTES,
      translate: (bytes: Uint8Array) => (guest.program ??= new WebAssembly.Module(bytes)),
      createMemory: (descriptor: WebAssembly.MemoryDescriptor) =>
        (guest.memory ??= new WebAssembly.Memory(descriptor)),
      createGlobal: (descriptor: WebAssembly.GlobalDescriptor, value: unknown) => {
        const global = (guest.globals[globals] ??= new WebAssembly.Global(descriptor, value));
        if (descriptor.mutable === true) global.value = value;
        globals += 1;
        return global;
      },
      instantiate: (program: WebAssembly.Module, imports: WebAssembly.Imports) => {
        if (this.#isKeeping) this.#keepHosts(imports);
        else this.#followStore();
        this.#slot = this.#nextSlot();
        return (guest.instance ??= new WebAssembly.Instance(program, this.#complete(imports)));
      },
    };
  }

  /** Takes the wrappers of all host functions out of what a guest is given; what reads numbers we do better. */
  #keepHosts(imports: WebAssembly.Imports): void {
    this.#hosts = new Map();
    for (const [name, space] of Object.entries(imports)) {
      const wrappers = Object.entries(space).filter(([, value]) => typeof value === 'function');
      this.#hosts.set(
        name,
        Object.fromEntries(
          wrappers.map(([each, wrapper]) => [each, this.numbers.functionFor(each) ?? wrapper]),
        ),
      );
    }
  }

  /** What a guest is given, with the kept wrappers. */
  #complete(imports: WebAssembly.Imports): WebAssembly.Imports {
    const names = [...this.#hosts.keys(), ...Object.keys(imports)];
    return Object.fromEntries(names.map((name) => [name, { ...imports[name], ...this.#hosts.get(name) }]));
  }

  #wrap(wrapper: Wrapper): unknown {
    const { environment, shim } = wrapper;
    const invoke = this.#invoke;
    const isKept = this.#isKeeping;
    const call = (a: unknown, b: unknown, c: unknown, d: unknown): unknown =>
      invoke(environment, shim, plain(a), plain(b), plain(c), plain(d));
    const release = (): void => {
      if (!isKept) this.#exports.__wbindgen_destroy_closure_command_export(environment, shim);
    };
    this.#wrappers.push(wrapper);
    return Object.assign(call, { _wbg_cb_unref: release });
  }

  /** Binds the kept wrappers to the scan whose only wrapper was just made. */
  #followStore(): void {
    const memory = this.#memory();
    const [made] = this.#wrappers;
    const store = made === undefined ? 0 : (memory[made.environment / 4 + this.#storeWord] ?? 0);
    if (store === this.#store) return;
    this.#store = store;
    for (const { environment } of this.#kept) memory[environment / 4 + this.#storeWord] = store;
  }

  /** The place where the engine will put the next value that it is given: the one that was last free. */
  #nextSlot(): number {
    const slot = this.#exports.__externref_table_alloc_command_export();
    this.#exports.__externref_table_dealloc_command_export(slot);
    return slot;
  }

  /** Takes the instance out of the values that the engine holds: it forgets to do so. */
  #release({ instance }: Guest): void {
    const { __wbindgen_externrefs: held } = this.#exports;
    if (instance === undefined || held.get(this.#slot) !== instance) return;
    this.#exports.__externref_table_dealloc_command_export(this.#slot);
  }

  #isHeld(instance: WebAssembly.Instance | undefined): boolean {
    const { __wbindgen_externrefs: held } = this.#exports;
    return Array.from({ length: held.length }, (_, slot) => held.get(slot)).includes(instance ?? held);
  }

  #memory(): Uint32Array {
    return new Uint32Array(this.#exports.memory.buffer);
  }
}

type Invoke = (environment: number, shim: number, ...values: unknown[]) => unknown;

/** The one export that calls closures; its name is long and changes. */
function invokeOf(exports: EngineExports): Invoke {
  const found = Object.entries(exports).find(([name]) => name.includes('invoke'));
  return found?.[1] as Invoke;
}

/** The engine reads numbers as they are, but BigInts by way of their decimal digits. */
function plain(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The one word that all environments have in common. */
function commonWord(memory: Uint32Array, wrappers: readonly Wrapper[]): number | undefined {
  const [first] = wrappers;
  if (first === undefined) return undefined;
  const wordOf = ({ environment }: Wrapper, word: number): number | undefined =>
    memory[environment / 4 + word];
  const words = Array.from({ length: ENVIRONMENT_WORDS }, (_, word) => word);
  const common = words.filter((word) => wrappers.every((each) => wordOf(each, word) === wordOf(first, word)));
  return common.length === 1 ? common[0] : undefined;
}
