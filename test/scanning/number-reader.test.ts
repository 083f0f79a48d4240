import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineExports } from '../../src/scanning/engine-abi.ts';
import { NumberReader } from '../../src/scanning/number-reader.ts';

/** The same functions, told with a DataView. */
const READERS: Readonly<Record<string, [bytes: number, read: (view: DataView, offset: number) => number]>> = {
  uint8: [1, (view, offset) => view.getUint8(offset)],
  uint8be: [1, (view, offset) => view.getUint8(offset)],
  uint16: [2, (view, offset) => view.getUint16(offset, true)],
  uint16be: [2, (view, offset) => view.getUint16(offset)],
  uint32: [4, (view, offset) => view.getUint32(offset, true)],
  uint32be: [4, (view, offset) => view.getUint32(offset)],
  int8: [1, (view, offset) => view.getInt8(offset)],
  int8be: [1, (view, offset) => view.getInt8(offset)],
  int16: [2, (view, offset) => view.getInt16(offset, true)],
  int16be: [2, (view, offset) => view.getInt16(offset)],
  int32: [4, (view, offset) => view.getInt32(offset, true)],
  int32be: [4, (view, offset) => view.getInt32(offset)],
};

const BASE = 100;
const memory = new WebAssembly.Memory({ initial: 1 });
const reader = new NumberReader({ memory } as EngineExports);

/** What a guest gets: the number, and 1 when it is undefined. */
function read(name: string, offset: bigint): [bigint, number] {
  const call = reader.functionFor(`${name}@offset:i@i:R-1:1u`) as (offset: bigint) => [bigint, number];
  return call(offset);
}

/** Makes octets the ones that are scanned, with others before and behind them. */
function scan(octets: readonly number[]): void {
  new Uint8Array(memory.buffer).fill(0xaa).set(octets, BASE);
  reader.begin(BASE, octets.length);
}

const octet = fc.integer({ min: 0, max: 255 });

describe('NumberReader', () => {
  it.each(Object.entries(READERS))(
    'reads %s everywhere in what is scanned, and nothing beyond',
    (name, [bytes, reference]) => {
      fc.assert(
        fc.property(fc.array(octet, { maxLength: 12 }), (octets) => {
          scan(octets);
          const view = new DataView(Uint8Array.from(octets).buffer);
          for (let offset = 0; offset <= octets.length; offset += 1) {
            const isInside = offset + bytes <= octets.length;
            expect(read(name, BigInt(offset))).toEqual(
              isInside ? [BigInt(reference(view, offset)), 0] : [0n, 1],
            );
          }
        }),
      );
    },
  );

  it.each([-1n, -(2n ** 63n), 2n ** 32n, 2n ** 32n - 1n, 2n ** 32n - 4n, 2n ** 63n - 1n, 2n ** 63n - 4n])(
    'reads nothing at %i',
    (offset) => {
      scan([1, 2, 3, 4, 5, 6, 7, 8]);
      for (const name of Object.keys(READERS)) expect(read(name, offset)).toEqual([0n, 1]);
    },
  );

  it.each([
    'uint16@offset:i@iu',
    'uint16@offset:f@i:R0:65535u',
    'uint64@offset:i@i:R0:65535u',
    'uint16le@offset:i@i:R0:65535u',
    'float32@offset:i@fu',
    'pat_matches@pattern_id:i@i',
    'constructor',
  ])('has no function for %s', (name) => {
    expect(reader.functionFor(name)).toBeUndefined();
  });
});
