import { describe, expect, it } from 'vitest';
import { ruleProblem, withoutBroken } from '../../src/scanning/rule-file.ts';
import { loadEngineProgram, openCompiler } from '../../src/scanning/yara-engine.ts';
import { ruleFileOf } from '../support/rule-sources.ts';

const { module } = loadEngineProgram();

/** What the engine finds wrong with a source. */
function reportsOf(text: string): readonly string[] {
  const compiler = openCompiler(module);
  const reports = compiler.add('test', text);
  compiler.discard();
  return reports;
}

const problemsOf = (text: string): unknown[] =>
  reportsOf(text).map((report) => {
    const { line, column, code, message, rule } = ruleProblem(ruleFileOf(text), report);
    return [line, column, code, message, rule];
  });

describe('ruleProblem', () => {
  it.each([
    [
      'an unknown name',
      'rule a { condition: true }\nrule b {\n condition: foo }',
      [3, 13, 'E009', 'unknown identifier `foo`: this identifier has not been declared', 'b'],
    ],
    [
      'a bad expression',
      'rule a { strings: $x = /a{/ condition: $x }',
      [1, 26, 'E014', 'invalid regular expression: unclosed counted repetition', 'a'],
    ],
    [
      'an unknown module',
      'import "nothing"\nrule a { condition: true }',
      [1, 1, 'E010', 'unknown module `nothing`: module `nothing` not found', undefined],
    ],
    [
      'a rule that is there twice',
      'rule a { condition: true }\nrule a { condition: true }',
      [2, 6, 'E012', 'duplicate rule `a`: `a` declared here for the first time', 'a'],
    ],
    [
      'a rule that does not end',
      'rule a { condition: true\nrule b { condition: true }',
      [2, 1, 'E001', 'syntax error: expecting operator or `}`, found `rule`', 'a'],
    ],
    [
      'text that is no rule',
      'rule a { condition: true } nonsense',
      [
        1,
        28,
        'E001',
        'syntax error: expecting `global`, `private`, `rule`, `import` or `include`, found `nonsense`',
        undefined,
      ],
    ],
  ])('tells where %s stands', (_, text, problem) => {
    expect(problemsOf(text)[0]).toEqual(problem);
  });

  it('keeps a report that it does not understand', () => {
    expect(ruleProblem(ruleFileOf('', { file: 'a.yar' }), 'out of memory')).toEqual({
      file: 'a.yar',
      line: undefined,
      column: undefined,
      code: 'engine',
      message: 'out of memory',
    });
  });
});

describe('withoutBroken', () => {
  const repair = (text: string): string => {
    const file = ruleFileOf(text);
    const problems = reportsOf(text).map((report) => ruleProblem(file, report));
    return withoutBroken(file, problems).text;
  };

  it('takes out the rules that are broken and moves no line', () => {
    const text =
      'rule a { condition: true }\nrule b {\n condition: foo }\nrule c { condition: bar } rule d { condition: true }';
    const left = repair(text);
    expect(left.split('\n').map((line) => line.trim())).toEqual([
      'rule a { condition: true }',
      '',
      '',
      'rule d { condition: true }',
    ]);
    expect(reportsOf(left)).toEqual([]);
  });

  it('takes out a rule that does not end, and keeps the one after it', () => {
    expect(repair('rule a { condition: true\nprivate rule b { condition: true }').trim()).toBe(
      'private rule b { condition: true }',
    );
  });

  it('takes out the line of a problem that is in no rule', () => {
    expect(repair('import "nothing"\nrule a { condition: true }').trim()).toBe('rule a { condition: true }');
  });

  it('takes the whole file when that is the only way', () => {
    const file = ruleFileOf('rule a { condition: true }');
    const problem = { file: 'f', line: undefined, column: undefined, code: 'engine', message: '' };
    expect(withoutBroken(file, [problem])).toMatchObject({ text: '', headers: [] });
    expect(
      withoutBroken(ruleFileOf('\n\nrule a { condition: true }'), [{ ...problem, line: 1, column: 1 }]),
    ).toMatchObject({ text: '' });
  });
});
