import { describe, expect, it } from 'vitest';
import { openCompiler, loadEngineProgram } from '../../src/scanning/yara-engine.ts';
import { withoutWarnings } from '../../src/scanning/warning-suppression.ts';
import { ruleFileOf } from '../support/rule-sources.ts';

const { module } = loadEngineProgram();

function warningsOf(text: string): readonly string[] {
  const compiler = openCompiler(module);
  expect(compiler.add('test', text)).toEqual([]);
  const codes = compiler.warnings().map((warning) => /\[(\w+)\]/.exec(warning)?.[1] ?? warning);
  compiler.discard();
  return codes;
}

/** A rule for each warning that a rule can cause. */
const DOUBTFUL = {
  ambiguous_expr: 'rule a { strings: $a = "abc" $b = "abd" condition: 0 of them }',
  bool_int_comparison: 'import "pe" rule a { condition: pe.is_signed == 1 }',
  consecutive_jumps: 'rule a { strings: $a = { 01 02 03 [1-2] [2-3] 04 05 06 } condition: $a }',
  duplicate_import: 'import "pe"\nimport "math"\nimport "pe" rule a { condition: pe.is_pe }\n import "math"',
  duplicate_pattern_value: 'rule a { strings: $a = "abcd" $b = "abcd" condition: all of them }',
  invariant_expr: 'rule a { condition: true }',
  non_bool_expr: 'rule a { condition: filesize }',
  potentially_slow_loop: 'rule a { condition: for any i in (0..filesize) : (uint8(i) == 1) }',
  redundant_modifier: 'rule a { strings: $a = /abcd/i nocase condition: $a }',
  slow_pattern: 'rule a { strings: $a = { 00 [1-10] 01 } condition: $a }',
  text_as_hex: 'rule a { strings: $a = { 61 62 63 64 } condition: $a }',
  unsatisfiable_expr: 'import "hash" rule a { condition: "AD" == hash.md5(0, filesize) }',
} as const;

describe('withoutWarnings', () => {
  it.each(Object.entries(DOUBTFUL))('silences %s', (code, text) => {
    const before = warningsOf(text);
    const after = warningsOf(withoutWarnings(ruleFileOf(text)));
    expect(before).toContain(code);
    expect(after).toEqual([]);
  });

  it('silences every rule of a file and keeps all else', () => {
    const text =
      'import "pe"\n/* a */ private rule a { condition: true }\n// b\nrule b { condition: a or true } // end';
    const silenced = withoutWarnings(ruleFileOf(text));
    expect(silenced.replaceAll(/\n?\/\/ suppress: [\w, ]+\n/g, '')).toBe(text);
    expect(warningsOf(silenced)).toEqual([]);
  });

  it('changes nothing in a file without rules', () => {
    expect(withoutWarnings(ruleFileOf('// nothing'))).toBe('// nothing');
  });
});
