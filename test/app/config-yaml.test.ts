import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALIASES_MAX, readYaml, SYNTAX_ERRORS_MAX } from '../../src/app/config-yaml.ts';

/** What YAML is made of, so that nearly right documents come up. */
const INDICATORS = Array.from('&*[]{}:-?!|>\'"%@ \n\tab1#,');

describe('YAML', () => {
  it.each([
    ['a: 1', { a: 1 }],
    ['', null],
    ['# only a comment', null],
    ['[a, 2, true, ~]', ['a', 2, true, null]],
    ['10.0.0.5:8080', '10.0.0.5:8080'],
    ['off', 'off'],
    ['1: 2', { '1': 2 }],
    ['<<: {a: 1}', { '<<': { a: 1 } }],
  ])('%j is read by the core schema', (text, value) => {
    expect(readYaml(text)).toMatchObject({ ok: true, value });
  });

  it.each([
    ['a duplicate key', 'a: 1\na: 2', 2],
    ['an unknown tag', 'b: 1\na: !foo 3', 2],
    ['a key that is no text', '? [a]\n: 1', 1],
    ['a second document', 'a: 1\n---\nb: 2', 2],
    ['an open bracket', 'a: 1\nb: [1, 2\nc: 3', 3],
    ['a tab as indent', 'a:\n\tb: 1', 2],
  ])('%s is an error with its line', (_, text, line) => {
    const reading = readYaml(text);
    expect(reading.ok ? [] : reading.errors.map((error) => error.line)).toContain(line);
  });

  it('refuses an alias without an anchor', () => {
    expect(readYaml('a: *b')).toMatchObject({ ok: false });
  });

  it('takes aliases up to the limit, and refuses one more', () => {
    const uses = (count: number): string => `a: &a {b: 1}\nc: [${'*a, '.repeat(count)}]`;
    expect(readYaml(uses(ALIASES_MAX - 1))).toMatchObject({ ok: true });
    expect(readYaml(uses(ALIASES_MAX + 1))).toMatchObject({ ok: false });
  });

  it('refuses aliases that multiply', () => {
    const lines = Array.from(
      { length: 30 },
      (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`,
    );
    expect(readYaml(`a0: &a0 [x]\n${lines.join('\n')}`)).toMatchObject({ ok: false });
  });

  it('refuses nesting that would exhaust the stack, with few errors', () => {
    const reading = readYaml('['.repeat(100_000));
    expect(reading.ok ? 0 : reading.errors.length).toBe(SYNTAX_ERRORS_MAX);
  });

  it('keeps a __proto__ key as a key', () => {
    const reading = readYaml('__proto__: {polluted: 1}');
    expect(reading.ok && Object.keys(reading.value as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...INDICATORS) })), (text) => {
        readYaml(text);
      }),
    );
  });
});

describe('the place of a path', () => {
  const text = 'a:\n  b:\n    - x\n    -\n      c: 1\n';
  it.each([
    [['a'], { line: 1, depth: 1 }],
    [['a', 'b'], { line: 2, depth: 2 }],
    [['a', 'b', 0], { line: 3, depth: 3 }],
    [['a', 'b', 1, 'c'], { line: 5, depth: 4 }],
    [['a', 'none', 'c'], { line: 1, depth: 1 }],
    [['a', 'b', 7], { line: 2, depth: 2 }],
    [['none'], { line: 1, depth: 0 }],
    [[], { line: 1, depth: 0 }],
  ])('%j', (path, place) => {
    const reading = readYaml(text);
    expect(reading.ok && reading.placeOf(path)).toEqual(place);
  });

  it('behind an alias is where the anchor has it', () => {
    const reading = readYaml('a: &a\n  b: 1\nc: *a\n');
    expect(reading.ok && reading.placeOf(['c', 'b'])).toEqual({ line: 2, depth: 2 });
  });

  it('in an empty text is its first line', () => {
    const reading = readYaml('');
    expect(reading.ok && reading.placeOf(['a'])).toEqual({ line: 1, depth: 0 });
  });
});
