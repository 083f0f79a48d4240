import { describe, expect, it } from 'vitest';
import { joinBytes, leb128, readSections, SECTION, WasmReader } from '../../src/scanning/wasm-reader.ts';

describe('leb128', () => {
  it.each([
    [0, [0]],
    [0x7f, [0x7f]],
    [0x80, [0x80, 1]],
    [624_485, [0xe5, 0x8e, 0x26]],
    [0xffff_ffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('writes %i and reads it again', (number, octets) => {
    expect(leb128(number)).toEqual(octets);
    expect(new WasmReader(Uint8Array.from(octets)).number()).toBe(number);
  });
});

describe('WasmReader', () => {
  it('reads names', () => {
    const reader = new WasmReader(Uint8Array.of(3, 0x61, 0x62, 0x63, 9));
    expect(reader.name()).toBe('abc');
    expect(reader.byte()).toBe(9);
  });

  it('reads the entries of a vector and stops where the program ends', () => {
    const reader = new WasmReader(Uint8Array.of(100, 7, 8));
    const read: number[] = [];
    reader.vector(() => read.push(reader.byte()));
    expect(read).toEqual([7, 8]);
  });

  it.each([
    ['without a maximum', [0, 5]],
    ['with a maximum', [1, 5, 9]],
  ])('passes over limits %s', (_, octets) => {
    const reader = new WasmReader(Uint8Array.from(octets));
    reader.skipLimits();
    expect(reader.position).toBe(octets.length);
  });

  it('gives zeros behind the end', () => {
    expect(new WasmReader(new Uint8Array()).number()).toBe(0);
  });
});

describe('readSections', () => {
  it('finds each section and its content', () => {
    const program = joinBytes([new Uint8Array(8), [SECTION.import, 1, 0], [SECTION.code, 2, 1, 2]]);
    expect(readSections(program)).toEqual([
      { id: SECTION.import, start: 8, body: 10, end: 11 },
      { id: SECTION.code, start: 11, body: 13, end: 15 },
    ]);
  });
});
