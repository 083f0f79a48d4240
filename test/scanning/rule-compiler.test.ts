import { describe, expect, it } from 'vitest';
import { engineImage, loadEngineProgram, openCompiler } from '../../src/scanning/yara-engine.ts';
import { EXTERNAL_NAMES } from '../../src/scanning/externals.ts';

const { module } = loadEngineProgram();

describe('RuleCompiler', () => {
  it('knows every variable, and its type', () => {
    const compiler = openCompiler(module);
    const conditions = EXTERNAL_NAMES.map((name) => `rule r_${name} { condition: defined ${name} }`);
    expect(compiler.add('test', conditions.join('\n'))).toEqual([]);
    expect(
      compiler.add('test', 'rule number { condition: part_index + part_count + message_size > 1 }'),
    ).toEqual([]);
    expect(compiler.add('test', 'rule text { condition: part_index contains "x" }')).toHaveLength(1);
    compiler.discard();
  });

  it('gives all that is wrong with a source, and nothing of the one before', () => {
    const compiler = openCompiler(module);
    expect(compiler.add('test', 'rule a { condition: x }\nrule b { condition: y }')).toEqual([
      expect.stringContaining('`x`'),
      expect.stringContaining('`y`'),
    ]);
    expect(compiler.add('test', 'rule c { condition: z }')).toEqual([expect.stringContaining('`z`')]);
    expect(compiler.add('test', 'rule d { condition: c }')).toHaveLength(1);
    expect(compiler.add('test', 'rule e { condition: true }')).toEqual([]);
    compiler.discard();
  });

  it('lets rules see those of their namespace only', () => {
    const compiler = openCompiler(module);
    expect(compiler.add('one', 'rule a { condition: true }')).toEqual([]);
    expect(compiler.add('one', 'rule b { condition: a }')).toEqual([]);
    expect(compiler.add('two', 'rule a { condition: true }')).toEqual([]);
    expect(compiler.add('two', 'rule c { condition: b }')).toHaveLength(1);
    compiler.discard();
  });

  it('builds nothing from what is wrong', () => {
    const compiler = openCompiler(module);
    compiler.add('test', 'rule a { condition: x }');
    expect(() => compiler.build()).toThrow('unknown identifier');
  });

  it('gives its memory back', () => {
    const pages = (): number => {
      for (let index = 0; index < 20; index += 1) {
        const compiler = openCompiler(module);
        compiler.add('test', `rule a { strings: $a = "${'x'.repeat(10_000)}" condition: $a }`);
        compiler.warnings();
        compiler.discard();
      }
      return engineImage(module).memory.byteLength;
    };
    pages();
    const before = pages();
    expect(pages()).toBe(before);
  });
});
