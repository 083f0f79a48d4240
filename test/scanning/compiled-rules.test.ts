import { describe, expect, it } from 'vitest';
import { CompiledRules, MATCHES_PER_PATTERN_MAX } from '../../src/scanning/compiled-rules.ts';
import { EngineAbi, type EngineExports } from '../../src/scanning/engine-abi.ts';
import { matchesOf, rulesMatching, scannerOf } from '../support/rule-sources.ts';

/** An engine that answers each scan with this. */
function answering(answer: readonly number[], value: unknown): CompiledRules {
  const exports: Partial<EngineExports> = {
    memory: new WebAssembly.Memory({ initial: 1 }),
    __wbindgen_externrefs: { get: () => value } as unknown as WebAssembly.Table,
    __wbindgen_malloc_command_export: () => 64,
    __externref_table_dealloc_command_export: () => undefined,
    rules_scanner: () => 128,
    scanner_setMaxMatchesPerPattern: () => undefined,
    scanner_scan: () => [...answer],
  };
  return new CompiledRules({ abi: new EngineAbi(exports as EngineExports), link: undefined }, 0);
}

describe('CompiledRules', () => {
  it('gives the matches', () => {
    const matches = [{ identifier: 'a' }];
    expect(answering([1, 0, 0], { errors: [], matches }).scan(Buffer.from('x'))).toBe(matches);
  });

  it('throws when the engine says that it failed, so that no scan passes for clean', () => {
    const failed = answering([1, 0, 0], { errors: ['scan failed: timeout'], matches: [] });
    expect(() => failed.scan(Buffer.from('x'))).toThrow('scan failed: timeout');
  });

  it('throws what the engine throws', () => {
    expect(() => answering([0, 1, 1], new Error('no memory')).scan(Buffer.from('x'))).toThrow('no memory');
  });

  it('counts the matches of a pattern up to a limit', () => {
    const scanner = scannerOf(`
      rule at_limit { strings: $a = "ab" condition: #a >= ${MATCHES_PER_PATTERN_MAX} }
      rule beyond { strings: $b = "ab" condition: #b > ${MATCHES_PER_PATTERN_MAX} }
    `);
    expect(rulesMatching(scanner, 'ab'.repeat(MATCHES_PER_PATTERN_MAX - 1))).toEqual([]);
    expect(rulesMatching(scanner, 'ab'.repeat(MATCHES_PER_PATTERN_MAX + 10))).toEqual(['at_limit']);
    expect(matchesOf(scanner, 'ab'.repeat(10))).toEqual([]);
  });
});
