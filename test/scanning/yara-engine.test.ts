import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../../src/scanning/rule-set.ts';
import { loadEngineProgram, openRuleSet, openUntested } from '../../src/scanning/yara-engine.ts';
import { matchesOf, ruleSetOf, rulesMatching, scannerOf } from '../support/rule-sources.ts';

const EICAR_HALVES = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'];

describe('the engine', () => {
  it('is the version that was tried, with every remedy', () => {
    const { version, hasOnceCtors } = loadEngineProgram();
    expect({ version, hasOnceCtors }).toEqual({ version: '1.19.0', hasOnceCtors: true });
    expect(ruleSetOf('rule a { condition: filesize > 3 and filename == "" }').engine).toEqual({
      version: '1.19.0',
      degraded: [],
    });
  });

  it('finds a string that two rules share, whatever guards the other', () => {
    const url = 'http://www.example-shared.test';
    const guarded = `rule a { strings: $x = "${url}" condition: filesize < 20KB and $x }`;
    const bare = `rule b { strings: $x = "${url}" condition: $x }`;
    const long = '.'.repeat(30_000) + url;
    expect(rulesMatching(scannerOf(guarded + bare), long)).toEqual(['b']);
    expect(rulesMatching(scannerOf(bare + guarded), long)).toEqual(['b']);
  });

  it('keeps its memory over more scans than it survives when used as published', () => {
    const scanner = scannerOf(
      `rule eicar { strings: $a = "${EICAR_HALVES[1]!}" condition: $a and filename contains "7" }`,
    );
    const eicar = EICAR_HALVES.join('');
    const scan = (from: number, to: number): number => {
      let found = 0;
      for (let index = from; index < to; index += 1) {
        found += matchesOf(scanner, eicar, { filename: `${index}` }).length;
      }
      return found;
    };
    scan(0, 2000);
    const { arrayBuffers: before } = process.memoryUsage();
    const numbers = Array.from({ length: 20_000 }, (_, index) => `${2000 + index}`);
    expect(scan(2000, 22_000)).toBe(numbers.filter((name) => name.includes('7')).length);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it('opens a rule set again, and another one', () => {
    const first = ruleSetOf('rule first { strings: $a = "abcd" condition: $a }');
    const second = ruleSetOf('rule second { strings: $a = "abcd" condition: $a and filename == "x" }');
    for (const [{ image }, rule] of [
      [first, 'first'],
      [second, 'second'],
      [first, 'first'],
      [second, 'second'],
    ] as const) {
      expect(rulesMatching(openRuleSet(image), 'abcd', { filename: 'x' })).toEqual([rule]);
    }
  });

  it('does not open rules with which it fails its self-test', () => {
    const { image } = ruleSetOf('rule a { condition: filesize > 3 }');
    const broken = { ...image, selfTest: image.groups[0]!.rules };
    expect(openUntested(broken).selfTest()).toContain('self-test "clean"');
    expect(() => openRuleSet(broken)).toThrow('self-test "clean"');
  });

  it('opens in another thread without compiling, from memory that is shared', async () => {
    const { image }: RuleSet = ruleSetOf('rule a { strings: $a = "needle" condition: $a }');
    const engine = new URL('../../src/scanning/yara-engine.ts', import.meta.url).href;
    const code = `
      const { parentPort, workerData } = require('node:worker_threads');
      import(${JSON.stringify(engine)}).then(({ openRuleSet }) => {
        const bytes = Buffer.from('a needle');
        const target = { target: 'part', bytes, part: 0, member: undefined, externals: {} };
        parentPort.postMessage(openRuleSet(workerData).scan(target));
      });`;
    const worker = new Worker(code, { eval: true, workerData: image });
    const [matches] = (await once(worker, 'message')) as [unknown];
    await worker.terminate();
    expect(matches).toMatchObject([{ rule: 'a', patterns: [{ offset: 2, length: 6 }] }]);
  });
});
