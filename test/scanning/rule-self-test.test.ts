import { describe, expect, it } from 'vitest';
import { runSelfTest } from '../../src/scanning/rule-self-test.ts';

/** What a right engine finds. The rules of the self-test, told once more without an engine. */
function rightEngine(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('latin1');
  const hasUrl = text.includes('http://www.example-shared.test');
  const hasPath = text.includes('/shared/by/two/rules');
  const rules = {
    eicar: text.includes('EICAR-STANDARD-ANTIVIRUS-TEST-FILE'),
    size_guard: bytes.length < 20 * 1024 && hasUrl,
    after_size_guard: hasUrl,
    magic_guard: text.startsWith('MZ') && hasPath,
    after_magic_guard: hasPath,
    box: [...text.matchAll(/stsc/g)].some(({ index }) => Buffer.from(bytes).readUInt32BE(index - 4) > 0x1000),
    regex: [...text.matchAll(/call [0-9]{2,4} now/gi)].length === 2,
    external: true,
  };
  return Object.entries(rules).flatMap(([name, matches]) => (matches ? [name] : []));
}

type Engine = typeof rightEngine;

const without =
  (name: string): Engine =>
  (bytes) =>
    rightEngine(bytes).filter((found) => found !== name);

/** As YARA-X 1.20.0 does: a guard that is false hides the string from the rule after it. */
const likeVersion120: Engine = (bytes) => {
  const found = rightEngine(bytes);
  return found.filter((name) => !name.startsWith('after_') || found.includes(name.replace('after_', '')));
};

describe('runSelfTest', () => {
  it('passes an engine that is right, in whatever order it tells', () => {
    expect(runSelfTest(rightEngine)).toBeUndefined();
    expect(runSelfTest((bytes) => rightEngine(bytes).toReversed())).toBeUndefined();
  });

  it('refuses an engine that misses a string which two rules share', () => {
    expect(runSelfTest(likeVersion120)).toContain('strings shared with a rule whose guard is false');
  });

  it.each([
    'eicar',
    'size_guard',
    'after_size_guard',
    'magic_guard',
    'after_magic_guard',
    'box',
    'regex',
    'external',
  ])('refuses an engine that never finds %s', (name) => {
    expect(runSelfTest(without(name))).toContain(name);
  });

  it.each([
    ['finds nothing', () => []],
    ['finds everything', () => rightEngine(Buffer.from('MZ'))],
    ['finds what is not there', (bytes: Uint8Array) => [...new Set([...rightEngine(bytes), 'eicar'])]],
    ['tells a rule twice', (bytes: Uint8Array) => [...rightEngine(bytes), 'external']],
  ])('refuses an engine that %s', (_, engine) => {
    expect(runSelfTest(engine)).toBeDefined();
  });
});
