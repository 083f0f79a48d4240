import { describe, expect, it } from 'vitest';
import { checkRules, WARNINGS_MAX } from '../../src/scanning/rule-check.ts';
import { loadEngineProgram, openCompiler } from '../../src/scanning/yara-engine.ts';
import { ruleFileOf } from '../support/rule-sources.ts';

const { module } = loadEngineProgram();

function check(
  files: readonly [place: string, text: string][],
  skipBroken: readonly string[] = [],
): ReturnType<typeof checkRules> {
  const read = files.map(([place, text]) => {
    const [namespace = '', file = ''] = place.split('/');
    return ruleFileOf(text, { namespace, file });
  });
  return checkRules(read, new Set(skipBroken), () => openCompiler(module));
}

const OK = 'rule ok { strings: $a = "abcd" condition: $a }';

describe('checkRules', () => {
  it('passes what compiles', () => {
    const result = check([
      ['a/1', OK],
      ['a/2', 'rule two { condition: ok }'],
      ['b/1', OK],
    ]);
    expect(result).toMatchObject({ ok: true, skipped: [], warnings: [] });
  });

  it('tells every problem of all files, with its place', () => {
    const result = check([
      ['a/1', 'rule x { condition: y }\nrule z { condition: w }'],
      ['a/2', OK],
      ['b/3', 'rule q {'],
    ]);
    expect(result).toMatchObject({
      ok: false,
      problems: [
        { file: '1', line: 1, column: 21, code: 'E009', rule: 'x' },
        { file: '1', line: 2, column: 21, code: 'E009', rule: 'z' },
        { file: '3', line: 1, code: 'E001', rule: 'q' },
      ],
    });
  });

  it('leaves out broken rules of a namespace that may have some, and those that need them, until all compile', () => {
    const result = check(
      [
        ['a/1', `rule x { condition: nothing }\n${OK}`],
        ['a/2', 'import "nothing"\nrule y { condition: x }\nrule fine { condition: ok }'],
        ['a/3', 'rule z { condition: y }'],
      ],
      ['a'],
    );
    expect(result).toMatchObject({ ok: true, warnings: [] });
    if (!result.ok) return;
    expect(result.files.map(({ headers }) => headers.map(({ name }) => name))).toEqual([
      ['ok'],
      ['fine'],
      [],
    ]);
    expect(result.skipped.map(({ file, code, rule }) => [file, code, rule])).toEqual([
      ['1', 'E009', 'x'],
      ['2', 'E010', undefined],
      ['2', 'E009', 'y'],
      ['3', 'E009', 'z'],
    ]);
  });

  it('refuses a broken rule beside a namespace that may have some', () => {
    const result = check(
      [
        ['a/1', 'rule x { condition: y }'],
        ['b/2', 'rule x { condition: y }'],
      ],
      ['b'],
    );
    expect(result).toMatchObject({ ok: false, problems: [{ file: '1', code: 'E009' }] });
  });

  it('gives up a file whose mending never ends', () => {
    const chain = Array.from({ length: 30 }, (_, index) => `rule r${index} { condition: r${index - 1} }`);
    const result = check(
      [
        ['a/1', ['rule r0 { condition: nothing }', ...chain.slice(1)].join('\n')],
        ['a/2', OK],
      ],
      ['a'],
    );
    expect(result).toMatchObject({ ok: true });
    if (!result.ok) return;
    expect(result.files.map(({ headers }) => headers.length)).toEqual([0, 1]);
  });

  it('leaves out, or refuses, a rule whose match the engine could not tell', () => {
    const text = (number: string): string => `rule x { meta: n = ${number} condition: true }`;
    expect(check([['a/1', text('9007199254740991')]])).toMatchObject({ ok: true });
    expect(check([['a/1', text('9007199254740992')]])).toMatchObject({
      ok: false,
      problems: [{ code: 'metadata-too-large', line: 1, column: 1, rule: 'x' }],
    });
    const skipping = check([['a/1', `\n\n${text('-9007199254740992')} ${OK}`]], ['a']);
    expect(skipping).toMatchObject({ ok: true, skipped: [{ code: 'metadata-too-large', line: 3 }] });
    expect(skipping.ok && skipping.files[0]?.headers).toHaveLength(1);
  });

  it('leaves out, or refuses, a rule that writes out what it scans', () => {
    const text = 'import "console"\nrule x { condition: console.log("a", filesize) }';
    expect(check([['a/1', text]])).toMatchObject({
      ok: false,
      problems: [{ code: 'console', line: 2, rule: 'x' }],
    });
    expect(check([['a/1', text]], ['a'])).toMatchObject({
      ok: true,
      skipped: [{ code: 'console', rule: 'x' }],
    });
  });

  it('refuses an unknown target, but not in rules from elsewhere', () => {
    const text = 'rule x { meta: target = "part,memory" condition: true }';
    expect(check([['a/1', text]])).toMatchObject({
      ok: false,
      problems: [{ code: 'unknown-target', rule: 'x' }],
    });
    expect(check([['a/1', text]], ['a'])).toMatchObject({ ok: true, skipped: [] });
  });

  it('tells warnings with their file, but not those of rules from elsewhere', () => {
    const doubtful = (name: string): string => `rule ${name} { condition: true }`;
    const result = check(
      [
        ['a/1', doubtful('x')],
        ['a/2', `${OK}\n${doubtful('y')}`],
        ['b/3', doubtful('z')],
      ],
      ['b'],
    );
    expect(result).toMatchObject({
      ok: true,
      warnings: [
        { file: '1', line: 1, code: 'invariant_expr', rule: 'x' },
        { file: '2', line: 2, code: 'invariant_expr', rule: 'y' },
      ],
    });
  });

  it('stops telling warnings when there are very many', () => {
    const many = Array.from(
      { length: WARNINGS_MAX },
      (_, index) => `rule a${index} { condition: true }`,
    ).join('\n');
    const result = check([
      ['a/1', many],
      ['a/2', 'rule b { condition: true }'],
    ]);
    expect(result.ok && result.warnings).toHaveLength(WARNINGS_MAX);
  });
});
