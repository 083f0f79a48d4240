import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCtorsOnce } from '../../src/scanning/wasm-once-ctors.ts';
import { joinBytes, leb128 } from '../../src/scanning/wasm-reader.ts';

const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...leb128(content.length),
  ...content,
];
const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
const code = (instructions: readonly number[]): number[] => {
  const body = [0, ...instructions, 0x0b];
  return [...leb128(body.length), ...body];
};

/**
 * A program as wasm-ld makes it: function 0 is imported, 1 adds one to the exported global `count`, and each of
 * `wrappers` exported functions calls function 1 first.
 */
function program(wrappers: number, hasGlobals = true): Uint8Array {
  const functions = wrappers + 1;
  const exported = Array.from({ length: wrappers }, (_, index) => [
    ...name(`f${index}`),
    0,
    index + 2,
  ]).flat();
  const count = [0x23, 0, 0x41, 1, 0x6a, 0x24, 0];
  const bodies = [code(count), ...Array.from({ length: wrappers }, () => code([0x10, 1, 0x01]))];
  return joinBytes([
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, [1, 0x60, 0, 0]),
    section(2, [2, ...name('env'), ...name('call'), 0, 0, ...name('env'), ...name('m'), 2, 1, 1, 2]),
    section(3, [functions, ...Array.from({ length: functions }, () => 0)]),
    ...(hasGlobals ? [section(6, [1, 0x7f, 1, 0x41, 0, 0x0b])] : []),
    section(7, [wrappers + 1, ...name('count'), hasGlobals ? 3 : 2, 0, ...exported]),
    section(10, [functions, ...bodies.flat()]),
  ]);
}

/** How often the constructors ran after each export was called twice. */
function countRuns(bytes: Uint8Array, wrappers: number): unknown {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const imports = { env: { call: () => undefined, m: memory } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  for (let index = 0; index < 2 * wrappers; index += 1) (exports[`f${index % wrappers}`] as () => void)();
  return (exports['count'] as WebAssembly.Global).value;
}

describe('runCtorsOnce', () => {
  it('lets the constructors run once, where they ran at each call', () => {
    const published = program(5);
    const patched = runCtorsOnce(published);
    expect(countRuns(published, 5)).toBe(10);
    expect(patched).toBeDefined();
    expect(countRuns(patched!, 5)).toBe(1);
  });

  it('knows no constructors in a program with fewer wrappers', () => {
    expect(runCtorsOnce(program(4))).toBeUndefined();
  });

  it.each([
    ['has no globals', program(5, false)],
    ['is empty', new Uint8Array()],
    ['is cut', program(5).subarray(0, 60)],
    ['is noise', Uint8Array.from({ length: 300 }, (_, index) => (index * 37) & 0xff)],
  ])('gives nothing for a program that %s', (_, bytes) => {
    expect(runCtorsOnce(bytes)).toBeUndefined();
  });

  it('fits the engine that we use', () => {
    const { resolve } = createRequire(import.meta.url);
    const published = readFileSync(join(dirname(resolve('@virustotal/yara-x')), 'yara_x_js_bg.wasm'));
    const patched = runCtorsOnce(published);
    expect(patched).toBeDefined();
    expect(patched!.length - published.length).toBeLessThan(32);
  });
});
