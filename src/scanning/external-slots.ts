/**
 * Sets the variables of a scanner by writing to the engine's memory. The engine's own way makes a whole scan and throws
 * it away for each value, which costs more than to scan a picture. A scanner keeps its variables in a list (in Rust, a
 * `Vec<(String, Value)>`). Each is set the engine's way, to a mark, and the mark is looked for in the list; from then
 * on values are written in its place. What is not found there, or does not fit, is set the engine's way.
 */
import { encodeUtf8 } from '../codec/text.ts';
import type { EngineExports } from './engine-abi.ts';
import type { ExternalName, ExternalValue } from './externals.ts';

/** Sets a variable the engine's way. */
export type SetExternal = (name: ExternalName, value: ExternalValue) => void;

/** Octets of a text that have room in its place. */
export const SLOT_BYTES = 1024;

/** Octets of a scanner in which its list is looked for, and at most of one entry of the list. */
const SCANNER_BYTES = 80;
const ENTRY_BYTES_MAX = 128;

/** A list or text is three words: how many entries or octets have room, where they are, and how many there are. */
const ADDRESS = 4;
const LENGTH = 8;

/** Makes the address of a scanner a number that is no address. */
const MARK = 0x10_0001;

/** The variables of one scanner. */
export class ExternalSlots {
  readonly #exports: EngineExports;
  readonly #scanner: number;
  readonly #setSlowly: SetExternal;
  /** Where values stand: the three words of a text, or a number. */
  readonly #slots = new Map<ExternalName, number>();
  readonly #values = new Map<ExternalName, ExternalValue>();

  /** `scanner` is its address. */
  constructor(exports: EngineExports, scanner: number, setSlowly: SetExternal) {
    this.#exports = exports;
    this.#scanner = scanner;
    this.#setSlowly = setSlowly;
  }

  /**
   * Finds where variables are; `examples` has a value for each, of its type. These must be all that are ever set, since
   * the list moves when another one comes, and all must be set before the next scan. When it gives false, values are
   * set the engine's way.
   */
  find(examples: readonly (readonly [ExternalName, ExternalValue])[]): boolean {
    // The list moves while it grows, and leaves its old self behind; so the marks are set when it is whole.
    for (const [name, example] of examples) this.#setSlowly(name, example);
    for (const [index, [name, example]] of examples.entries()) {
      const mark =
        typeof example === 'string'
          ? `${name} ${this.#scanner} `.padEnd(SLOT_BYTES, '.')
          : this.#scanner * MARK + index;
      this.#setSlowly(name, mark);
      const [slot, another] = this.#placesOf(mark, examples.length);
      if (slot !== undefined && another === undefined) this.#slots.set(name, slot);
    }
    const isComplete = this.#slots.size === examples.length;
    if (!isComplete) this.#slots.clear();
    return isComplete;
  }

  /** Sets a variable, unless it has the value. */
  set(name: ExternalName, value: ExternalValue): void {
    if (this.#values.get(name) === value) return;
    this.#values.set(name, value);
    const slot = this.#slots.get(name);
    const isWritten = slot !== undefined && this.#write(slot, value);
    if (!isWritten) this.#setSlowly(name, value);
  }

  /** Writes a value in its place; false when it does not fit. A number below 0 is of another kind to the engine. */
  #write(slot: number, value: ExternalValue): boolean {
    const view = this.#view();
    if (typeof value === 'number') {
      if (value >= 0) view.setBigUint64(slot, BigInt(value), true);
      return value >= 0;
    }
    const octets = encodeUtf8(value);
    if (octets.length > view.getUint32(slot, true)) return false;
    new Uint8Array(view.buffer).set(octets, view.getUint32(slot + ADDRESS, true));
    view.setUint32(slot + LENGTH, octets.length, true);
    return true;
  }

  /** Where in the scanner's list, which has `count` entries, a mark stands. */
  #placesOf(mark: ExternalValue, count: number): number[] {
    const view = this.#view();
    const places: number[] = [];
    for (let word = this.#scanner; word < this.#scanner + SCANNER_BYTES; word += 4) {
      const list = view.getUint32(word + ADDRESS, true);
      const isList = view.getUint32(word, true) >= count && view.getUint32(word + LENGTH, true) === count;
      if (!isList || list % 4 !== 0) continue;
      const end = Math.min(list + count * ENTRY_BYTES_MAX, view.byteLength - LENGTH - 4);
      for (let place = list; place < end; place += 4) if (isMark(view, place, mark)) places.push(place);
    }
    return places;
  }

  #view(): DataView<ArrayBuffer> {
    return new DataView(this.#exports.memory.buffer);
  }
}

function isMark(view: DataView<ArrayBuffer>, place: number, mark: ExternalValue): boolean {
  if (typeof mark === 'number') return view.getBigUint64(place, true) === BigInt(mark);
  const [room, address, length] = [0, ADDRESS, LENGTH].map((word) => view.getUint32(place + word, true));
  if (room !== mark.length || length !== mark.length || address === undefined) return false;
  return Buffer.from(view.buffer).toString('latin1', address, address + length) === mark;
}
