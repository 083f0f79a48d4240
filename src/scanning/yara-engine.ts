/** The YARA engine: the package `@virustotal/yara-x`, which this file alone imports. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { initSync } from '@virustotal/yara-x';
import { startEngine, takeImage, type Engine, type EngineImage } from './engine-instance.ts';
import { RuleCompiler } from './rule-compiler.ts';
import type { RuleImage } from './rule-image.ts';
import { EngineScanner, type RuleScanner } from './rule-scanner.ts';
import { runCtorsOnce } from './wasm-once-ctors.ts';

export type { Externals } from './externals.ts';
export type { RuleScanner, ScanTarget } from './rule-scanner.ts';

/** The engine as a program, to start in any number of threads. */
export interface EngineProgram {
  readonly module: WebAssembly.Module;
  readonly version: string;
  /** True when its constructors run once, instead of at every call. */
  readonly hasOnceCtors: boolean;
}

const PACKAGE = '@virustotal/yara-x';

/** Reads the program, and makes its constructors run once where that can be done. Takes about 100 ms. */
export function loadEngineProgram(): EngineProgram {
  const require = createRequire(import.meta.url);
  const { version } = require(`${PACKAGE}/package.json`) as { readonly version: string };
  const published = readFileSync(join(dirname(require.resolve(PACKAGE)), 'yara_x_js_bg.wasm'));
  const patched = runCtorsOnce(published);
  return {
    module: new WebAssembly.Module(patched ?? published),
    version,
    hasOnceCtors: patched !== undefined,
  };
}

/** The package has one engine in a thread, and starts no other. */
let running: Engine | undefined;

function engineOf(module: WebAssembly.Module): Engine {
  running ??= startEngine(() => initSync({ module }));
  return running;
}

/** Begins to compile rules in this thread. */
export function openCompiler(module: WebAssembly.Module): RuleCompiler {
  return new RuleCompiler(engineOf(module));
}

/** What the engine of this thread holds, for other threads: the rules built so far. */
export function engineImage(module: WebAssembly.Module): EngineImage {
  return takeImage(engineOf(module));
}

/**
 * Opens a compiled rule set in this thread, without trying what it finds. What was opened or compiled here before must
 * not be used any more.
 */
export function openUntested(image: RuleImage): EngineScanner {
  return new EngineScanner(engineOf(image.program), image);
}

/**
 * Opens a compiled rule set in this thread; nothing is compiled. Throws when the engine fails its self-test here. What
 * was opened here before must not be used any more.
 */
export function openRuleSet(image: RuleImage): RuleScanner {
  const scanner = openUntested(image);
  const failure = scanner.selfTest();
  if (failure !== undefined) throw new Error(failure);
  return scanner;
}
