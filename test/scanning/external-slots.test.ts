import { describe, expect, it } from 'vitest';
import type { EngineExports } from '../../src/scanning/engine-abi.ts';
import { ExternalSlots, SLOT_BYTES } from '../../src/scanning/external-slots.ts';
import type { ExternalName, ExternalValue } from '../../src/scanning/externals.ts';
import { matchesOf, scannerOf } from '../support/rule-sources.ts';

const ENTRY_BYTES = 64;
const SCANNER = 400;
const LIST = 1024;

/** A scanner that keeps its variables as the engine does: its list is told by its ninth word and the two after it. */
class FakeScanner {
  readonly exports = { memory: new WebAssembly.Memory({ initial: 2 }) } as EngineExports;
  readonly slow: [ExternalName, ExternalValue][] = [];
  readonly #names: ExternalName[] = [];
  #free = 8192;

  constructor() {
    this.setWord(SCANNER + 32, 4);
    this.setWord(SCANNER + 36, LIST);
  }

  setWord(address: number, value: number): void {
    this.#view.setUint32(address, value, true);
  }

  get #view(): DataView {
    return new DataView(this.exports.memory.buffer);
  }

  set = (name: ExternalName, value: ExternalValue): void => {
    this.slow.push([name, value]);
    if (!this.#names.includes(name)) this.#names.push(name);
    this.setWord(SCANNER + 40, this.#names.length);
    const place = this.#placeOf(name);
    if (typeof value === 'number') {
      this.#view.setBigInt64(place, BigInt(value), true);
      return;
    }
    const octets = Buffer.from(value);
    new Uint8Array(this.exports.memory.buffer).set(octets, this.#free);
    for (const [index, word] of [octets.length, this.#free, octets.length].entries()) {
      this.#view.setUint32(place + 4 * index, word, true);
    }
    this.#free += octets.length;
  };

  text(name: ExternalName): string {
    const [address, length] = [4, 8].map((word) => this.#view.getUint32(this.#placeOf(name) + word, true));
    return Buffer.from(this.exports.memory.buffer).toString('utf8', address, address! + length!);
  }

  number(name: ExternalName): number {
    return Number(this.#view.getBigInt64(this.#placeOf(name), true));
  }

  #placeOf(name: ExternalName): number {
    return LIST + this.#names.indexOf(name) * ENTRY_BYTES + 16;
  }
}

const EXAMPLES = [
  ['filename', ''],
  ['message_size', 0],
  ['declared_type', ''],
] as const;

function foundSlots(): { fake: FakeScanner; slots: ExternalSlots } {
  const fake = new FakeScanner();
  const slots = new ExternalSlots(fake.exports, SCANNER, fake.set);
  expect(slots.find(EXAMPLES)).toBe(true);
  fake.slow.length = 0;
  return { fake, slots };
}

describe('ExternalSlots', () => {
  it('writes values in their places', () => {
    const { fake, slots } = foundSlots();
    slots.set('filename', 'photo.jpg');
    slots.set('message_size', 2 ** 40);
    slots.set('declared_type', '');
    slots.set('filename', 'Grüße 🎂.jpg');
    expect([fake.text('filename'), fake.number('message_size'), fake.text('declared_type')]).toEqual([
      'Grüße 🎂.jpg',
      2 ** 40,
      '',
    ]);
    expect(fake.slow).toEqual([]);
  });

  it('sets a text the slow way only when it has no room', () => {
    const { fake, slots } = foundSlots();
    const [fits, tooLong] = ['x'.repeat(SLOT_BYTES), 'ü'.repeat(SLOT_BYTES / 2 + 1)];
    slots.set('filename', fits);
    expect(fake.text('filename')).toBe(fits);
    expect(fake.slow).toEqual([]);
    slots.set('filename', tooLong);
    expect(fake.text('filename')).toBe(tooLong);
    expect(fake.slow).toEqual([['filename', tooLong]]);
    slots.set('filename', 'short again');
    expect(fake.text('filename')).toBe('short again');
    expect(fake.slow).toHaveLength(1);
  });

  it('sets numbers below 0 the slow way', () => {
    const { fake, slots } = foundSlots();
    slots.set('message_size', -1);
    expect(fake.slow).toEqual([['message_size', -1]]);
    slots.set('message_size', 5);
    expect(fake.number('message_size')).toBe(5);
  });

  it('sets nothing twice', () => {
    const fake = new FakeScanner();
    const slots = new ExternalSlots(fake.exports, SCANNER, fake.set);
    for (const value of ['a', 'a', 'b', 'b', 'a']) slots.set('filename', value);
    expect(fake.slow.map(([, value]) => value)).toEqual(['a', 'b', 'a']);
  });

  it.each([
    ['out of memory', SCANNER + 36, 0xffff_fff0],
    ['at no word', SCANNER + 36, LIST + 1],
    ['too short', SCANNER + 32, 2],
  ])('sets everything the slow way when the list is %s', (_, address, value) => {
    const fake = new FakeScanner();
    fake.setWord(address, value);
    const slots = new ExternalSlots(fake.exports, SCANNER, fake.set);
    expect(slots.find(EXAMPLES)).toBe(false);
    slots.set('filename', 'x');
    expect(fake.text('filename')).toBe('x');
  });

  it('takes no place that stands there twice', () => {
    const fake = new FakeScanner();
    const copying = (name: ExternalName, value: ExternalValue): void => {
      fake.set(name, value);
      new Uint8Array(fake.exports.memory.buffer).copyWithin(LIST + 192, LIST, LIST + 192);
    };
    expect(new ExternalSlots(fake.exports, SCANNER, copying).find(EXAMPLES)).toBe(false);
  });

  it('finds all there is to find when there are no variables', () => {
    const fake = new FakeScanner();
    expect(new ExternalSlots(fake.exports, SCANNER, fake.set).find([])).toBe(true);
  });
});

describe('the variables of the engine', () => {
  const scanner = scannerOf(`
    rule name { condition: filename == "photo.jpg" or filename == "" or filename endswith "\\xc3\\xbc" }
    rule long { condition: filename startswith "aaaa" and filename endswith "end" }
    rule size { condition: message_size == 0 or message_size > 1000000 }
    rule whole { condition: part_index == -1 }
    rule part { condition: part_index == 3 }
  `);
  const LONG = { filename: 'a'.repeat(5000) + 'end' };

  it.each([
    [{ filename: 'photo.jpg', message_size: 5, part_index: 0 }, ['name']],
    [{ filename: '', message_size: 0, part_index: -1 }, ['name', 'size', 'whole']],
    [{ filename: 'ü', message_size: 2 ** 50, part_index: 3 }, ['name', 'size', 'part']],
    [{ ...LONG, message_size: 1, part_index: 3 }, ['long', 'part']],
    [{ filename: 'a'.repeat(1021) + 'end', message_size: 1, part_index: 4 }, ['long']],
    [{ filename: 'photo.jpg', message_size: 1, part_index: -1 }, ['name', 'whole']],
    [{ filename: '\ud800', message_size: 1, part_index: 3 }, ['part']],
    [{ filename: 'a\0b', message_size: 1, part_index: 3 }, ['part']],
  ])('are for its rules as they were set: %j', (externals, rules) => {
    expect(matchesOf(scanner, 'x', externals).map(({ rule }) => rule)).toEqual(rules);
  });
});
