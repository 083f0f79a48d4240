/** One running engine, how it is started, and how its memory is carried from one to another. */
import { EngineAbi, type EngineExports } from './engine-abi.ts';
import { GuestLink } from './guest-link.ts';
import { ImportSwitch } from './import-switch.ts';

/** An engine that runs in this thread. */
export interface Engine {
  readonly abi: EngineAbi;
  /** Undefined when the package is not as we know it: every scan then goes the long way. */
  readonly link: GuestLink | undefined;
}

/** What an engine's memory held. Threads share it. */
export interface EngineImage {
  readonly memory: SharedArrayBuffer;
  /** How many places for JavaScript values there were. */
  readonly externrefs: number;
  /** The texts among those values: from its first scan on, an engine keeps the names of what it gives back. */
  readonly texts: readonly (readonly [place: number, text: string])[];
}

const PAGE_BYTES = 65_536;

/**
 * Places for JavaScript values that every image has at least. The engine keeps account of its places in its memory, so
 * an image fits no engine that has more. A scan needs about 1,300: with these, none ever asks for more.
 */
const EXTERNREFS_MIN = 16_384;

/**
 * Starts an engine. `start` is the package's, and instantiates the program at once. While it does, and no longer,
 * `WebAssembly.Instance` is ours: the package shows the functions that it gives to the engine nowhere else.
 */
export function startEngine(start: () => EngineExports): Engine {
  const { Instance } = WebAssembly;
  const imports = new ImportSwitch();
  Reflect.set(WebAssembly, 'Instance', function (module: WebAssembly.Module, given: WebAssembly.Imports) {
    for (const space of Object.values(given)) imports.installIn(space);
    return new Instance(module, given);
  });
  try {
    const abi = new EngineAbi(start());
    const fresh = abi.exports.memory.buffer.slice(0);
    runConstructors(abi.exports);
    return { abi, link: imports.isInstalled ? new GuestLink(abi.exports, imports, fresh) : undefined };
  } finally {
    Reflect.set(WebAssembly, 'Instance', Instance);
  }
}

/** The first call into the engine runs them. Whatever is restored afterwards then stays as it was. */
function runConstructors(exports: EngineExports): void {
  const address = exports.__wbindgen_malloc_command_export(1, 1);
  exports.__wbindgen_free_command_export(address, 1, 1);
}

/** Copies what an engine holds. No call may be under way. */
export function takeImage({ abi: { exports } }: Engine): EngineImage {
  const { __wbindgen_externrefs: table } = exports;
  const spare: number[] = [];
  while (table.length < EXTERNREFS_MIN) spare.push(exports.__externref_table_alloc_command_export());
  for (const place of spare) exports.__externref_table_dealloc_command_export(place);
  const { buffer } = exports.memory;
  const memory = new SharedArrayBuffer(buffer.byteLength);
  new Uint8Array(memory).set(new Uint8Array(buffer));
  const values = Array.from({ length: table.length }, (_, place) => [place, table.get(place)] as const);
  const texts = values.filter((entry): entry is [number, string] => typeof entry[1] === 'string');
  return { memory, externrefs: table.length, texts };
}

/**
 * Puts an engine into the state of an image; what it held before is gone. Throws when the engine has grown too much for
 * it: then use a fresh thread.
 */
export function restoreImage({ abi: { exports } }: Engine, image: EngineImage): void {
  const { memory, __wbindgen_externrefs: table } = exports;
  const places = image.externrefs - table.length;
  if (places < 0) throw new Error('the engine of this thread has more values than the image');
  const pages = (image.memory.byteLength - memory.buffer.byteLength) / PAGE_BYTES;
  if (pages > 0) memory.grow(pages);
  new Uint8Array(memory.buffer).set(new Uint8Array(image.memory));
  table.grow(places);
  for (const [place, text] of image.texts) table.set(place, text);
}
