import { describe, expect, it } from 'vitest';
import { EngineAbi, type EngineExports } from '../../src/scanning/engine-abi.ts';

/** An engine that only gives memory and keeps values. */
function fakeEngine(): { abi: EngineAbi; values: unknown[]; calls: unknown[][] } {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const values: unknown[] = [undefined];
  const calls: unknown[][] = [];
  let free = 1024;
  const exports: Partial<EngineExports> = {
    memory,
    __wbindgen_externrefs: { get: (index: number) => values[index] } as unknown as WebAssembly.Table,
    __wbindgen_malloc_command_export: (size) => (free += size) - size,
    __wbindgen_free_command_export: (...call) => calls.push(['free', ...call]),
    __externref_table_dealloc_command_export: (...call) => calls.push(['dealloc', ...call]),
    __externref_drop_slice_command_export: (...call) => calls.push(['drop', ...call]),
  };
  return { abi: new EngineAbi(exports as EngineExports), values, calls };
}

describe('EngineAbi', () => {
  it('copies octets and text in', () => {
    const { abi } = fakeEngine();
    const [address, length] = abi.passText('Grüße');
    expect(Buffer.from(abi.exports.memory.buffer, address, length).toString()).toBe('Grüße');
    expect(abi.passBytes(new Uint8Array())).toEqual([address + length, 0]);
  });

  it('copies octets that threads share', () => {
    const { abi } = fakeEngine();
    const shared = new Uint8Array(new SharedArrayBuffer(4), 1, 2);
    shared.set([7, 8]);
    const [address, length] = abi.passBytes(shared);
    expect([...new Uint8Array(abi.exports.memory.buffer, address, length)]).toEqual([7, 8]);
  });

  it('takes a value out of those that the engine keeps', () => {
    const { abi, values, calls } = fakeEngine();
    values.push('value');
    expect(abi.take(1)).toBe('value');
    expect(calls).toEqual([['dealloc', 1]]);
  });

  it('takes texts and gives everything back', () => {
    const { abi, values, calls } = fakeEngine();
    values.push('a', 'b');
    new Uint32Array(abi.exports.memory.buffer, 64, 2).set([2, 1]);
    expect(abi.takeTexts([64, 2])).toEqual(['b', 'a']);
    expect(calls).toEqual([
      ['drop', 64, 2],
      ['free', 64, 8, 4],
    ]);
  });

  it('throws what the engine reports, as an error', () => {
    const { abi, values } = fakeEngine();
    values.push(new RangeError('too much'), 'a text');
    abi.check(1, 0);
    expect(() => {
      abi.check(1, 1);
    }).toThrow(RangeError);
    expect(() => {
      abi.check(2, 1);
    }).toThrow('a text');
  });
});
