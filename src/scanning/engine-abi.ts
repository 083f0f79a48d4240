/** Calls into the engine as its package makes them (wasm-bindgen), without the package's objects and their finalizers. */
import { encodeUtf8 } from '../codec/text.ts';

/** What we use of what the engine exports. */
export interface EngineExports {
  readonly memory: WebAssembly.Memory;
  readonly __wbindgen_externrefs: WebAssembly.Table;
  __wbindgen_malloc_command_export(size: number, alignment: number): number;
  __wbindgen_free_command_export(address: number, size: number, alignment: number): void;
  __wbindgen_destroy_closure_command_export(environment: number, shim: number): void;
  __externref_table_alloc_command_export(): number;
  __externref_table_dealloc_command_export(index: number): void;
  __externref_drop_slice_command_export(address: number, length: number): void;
  __wbg_compiler_free(compiler: number, isShared: number): void;
  compiler_new(): number;
  compiler_newNamespace(compiler: number, text: number, length: number): number[];
  compiler_addSource(compiler: number, text: number, length: number): number[];
  compiler_defineGlobal(compiler: number, name: number, length: number, value: unknown): number[];
  compiler_errors(compiler: number): number[];
  compiler_warnings(compiler: number): number[];
  compiler_build(compiler: number): number[];
  rules_scanner(rules: number): number;
  rules_warnings(rules: number): number[];
  scanner_setGlobal(scanner: number, name: number, length: number, value: unknown): number[];
  scanner_setMaxMatchesPerPattern(scanner: number, count: number): void;
  scanner_scan(scanner: number, bytes: number, length: number): number[];
}

/** Moves values over the border of one engine. */
export class EngineAbi {
  readonly exports: EngineExports;

  constructor(exports: EngineExports) {
    this.exports = exports;
  }

  /** Copies octets in, for one call: the engine frees them. Gives address and length. */
  passBytes(bytes: Uint8Array): [number, number] {
    const address = this.exports.__wbindgen_malloc_command_export(bytes.length, 1) >>> 0;
    new Uint8Array(this.exports.memory.buffer, address, bytes.length).set(bytes);
    return [address, bytes.length];
  }

  /** Copies a text in, for one call. */
  passText(text: string): [number, number] {
    return this.passBytes(encodeUtf8(text));
  }

  /** Takes a JavaScript value that the engine made. */
  take(index = 0): unknown {
    const value = this.exports.__wbindgen_externrefs.get(index);
    this.exports.__externref_table_dealloc_command_export(index);
    return value;
  }

  /** Throws the error that the engine made, if `failed` says that it made one. */
  check(error: number | undefined, failed: number | undefined): void {
    if (failed === 0) return;
    const thrown = this.take(error);
    throw thrown instanceof Error ? thrown : new Error(String(thrown));
  }

  /** Takes a list of texts: its address and length. */
  takeTexts([address = 0, length = 0]: readonly number[]): string[] {
    const { exports } = this;
    const indexes = new Uint32Array(exports.memory.buffer, address, length);
    const texts = Array.from(indexes, (index) => String(exports.__wbindgen_externrefs.get(index)));
    exports.__externref_drop_slice_command_export(address, length);
    exports.__wbindgen_free_command_export(address, length * 4, 4);
    return texts;
  }
}
