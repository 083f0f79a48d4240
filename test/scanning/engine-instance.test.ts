import { describe, expect, it } from 'vitest';
import { EngineAbi, type EngineExports } from '../../src/scanning/engine-abi.ts';
import { restoreImage, startEngine, takeImage, type Engine } from '../../src/scanning/engine-instance.ts';

const PAGE_BYTES = 65_536;

/** An engine of so many pages and places for values, that gives out the lowest place that is free. */
function fakeExports(pages: number, places: number): EngineExports {
  const table = new WebAssembly.Table({ element: 'externref', initial: places });
  let next = 1;
  const exports: Partial<EngineExports> = {
    memory: new WebAssembly.Memory({ initial: pages }),
    __wbindgen_externrefs: table,
    __wbindgen_malloc_command_export: () => 0,
    __wbindgen_free_command_export: () => undefined,
    __externref_table_alloc_command_export: () => {
      if (next === table.length) table.grow(table.length);
      return next++;
    },
    __externref_table_dealloc_command_export: () => {
      next -= 1;
    },
  };
  return exports as EngineExports;
}

const fakeEngine = (pages: number, places: number): Engine => ({
  abi: new EngineAbi(fakeExports(pages, places)),
  link: undefined,
});

const memoryOf = ({ abi }: Engine): Uint8Array => new Uint8Array(abi.exports.memory.buffer);

describe('startEngine', () => {
  it('stands in for WebAssembly.Instance only while the package starts its engine', () => {
    const { Instance } = WebAssembly;
    let during: unknown;
    startEngine(() => {
      during = WebAssembly.Instance;
      return fakeExports(1, 128);
    });
    expect(during).not.toBe(Instance);
    expect(WebAssembly.Instance).toBe(Instance);
  });

  it('steps aside when the package fails', () => {
    const { Instance } = WebAssembly;
    expect(() =>
      startEngine(() => {
        throw new Error('no engine');
      }),
    ).toThrow('no engine');
    expect(WebAssembly.Instance).toBe(Instance);
  });

  it('instantiates what the package asks for, with what it gives', () => {
    const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    let instance: unknown;
    const engine = startEngine(() => {
      instance = new WebAssembly.Instance(module, { space: { given: () => 1 } });
      return fakeExports(1, 128);
    });
    expect(instance).toBeInstanceOf(WebAssembly.Instance);
    expect(engine.link).toBeUndefined();
  });
});

describe('an image', () => {
  it('carries the memory of one engine to another, which grows for it', () => {
    const [from, to] = [fakeEngine(3, 128), fakeEngine(1, 128)];
    memoryOf(from).set([1, 2, 3], 2 * PAGE_BYTES);
    memoryOf(to).set([9, 9, 9]);
    restoreImage(to, takeImage(from));
    expect(Buffer.compare(memoryOf(to), memoryOf(from))).toBe(0);
    expect(to.abi.exports.__wbindgen_externrefs.length).toBe(from.abi.exports.__wbindgen_externrefs.length);
  });

  it('has places for values to spare, and as many in every thread', () => {
    const [small, large] = [takeImage(fakeEngine(1, 128)), takeImage(fakeEngine(1, 512))];
    expect(small.externrefs).toBeGreaterThanOrEqual(16_384);
    expect(large.externrefs).toBe(small.externrefs);
  });

  it('carries the texts that the engine keeps, and no other value', () => {
    const [from, to] = [fakeEngine(1, 128), fakeEngine(1, 128)];
    const [values, restored] = [from, to].map(({ abi }) => abi.exports.__wbindgen_externrefs);
    values!.set(100, 'errors');
    values!.set(101, {});
    values!.set(102, '');
    restoreImage(to, takeImage(from));
    expect([100, 101, 102].map((place) => restored!.get(place))).toEqual(['errors', undefined, '']);
  });

  it('fits an engine with a larger memory', () => {
    const [from, to] = [fakeEngine(1, 128), fakeEngine(2, 128)];
    memoryOf(from).fill(7);
    restoreImage(to, takeImage(from));
    expect(memoryOf(to)[PAGE_BYTES - 1]).toBe(7);
  });

  it('does not fit an engine with more places for values', () => {
    const image = takeImage(fakeEngine(1, 128));
    expect(() => {
      restoreImage(fakeEngine(1, image.externrefs + 1), image);
    }).toThrow('more values');
  });
});
