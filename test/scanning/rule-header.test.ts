import { describe, expect, it } from 'vitest';
import { readRuleHeaders } from '../../src/scanning/rule-header.ts';
import { matchesOf, scannerOf } from '../support/rule-sources.ts';

/** Everything about the language that a reader of headers can stumble over, in rules that always match. */
const TRICKY = `
import "math" // rule not_a_rule { condition: true }
/* rule nor_this { condition: true } */
rule plain { condition: true }
rule tagged : one two_2 { meta: author = "A \\"B\\" \\\\ \\x41\\n\\t" score = 75 debt = -12 share = 0.5 yes = true no = false condition: true }
global private rule always { condition: true }
private global rule always_too { condition: true }
private rule helper { condition: true }
rule spread
    : tag // comment
{
  meta:
    size = 0x10 // rule no { condition: true }
    kilo = 2KB
    twice = "first"
    twice = "second"
    long = """a
 \\"b\\" """
  strings:
    $brace = "}" nocase
    $quote = "\\"}{" private
    $regex = /\\/[{}"]rule x \\{ condition: true }/ nocase
    $hex = { 7D 22 ( 7B | 2F ) [2-4] 2F /* } */ 2A // }
             00 }
  condition:
    not any of them and plain and (filesize \\ 2 >= 0) and not "}" matches /[{}]\\}/ and helper and math.abs(-1) == 1
}
rule last{condition:any of (tagged,spread)}
`;

describe('readRuleHeaders', () => {
  const headers = readRuleHeaders(TRICKY);

  it('reads names, tags and metadata as the engine does', () => {
    const matches = matchesOf(scannerOf(TRICKY), 'x').map(({ rule, tags, metadata }) => ({
      rule,
      tags,
      metadata,
    }));
    const seen = headers
      .filter(({ isPrivate }) => !isPrivate)
      .map(({ name: rule, tags, metadata }) => ({ rule, tags, metadata }));
    expect(seen).toHaveLength(4);
    expect(new Set(seen)).toEqual(new Set(matches));
  });

  it('reads what kind each rule is', () => {
    expect(headers.map(({ name, isPrivate, isGlobal }) => [name, isPrivate, isGlobal])).toEqual([
      ['plain', false, false],
      ['tagged', false, false],
      ['always', true, true],
      ['always_too', true, true],
      ['helper', true, false],
      ['spread', false, false],
      ['last', false, false],
    ]);
  });

  it('knows where each rule begins and ends', () => {
    const texts = headers.map(({ start, end }) => TRICKY.slice(start, end));
    expect(texts.every((text) => /^(private |global )*rule\s[^]*\}$/.test(text))).toBe(true);
    expect(texts[2]).toBe('global private rule always { condition: true }');
  });

  it('collects the words of conditions', () => {
    const [spread, last] = headers.slice(-2);
    expect(spread!.words).toEqual(
      new Set(['not', 'any', 'of', 'them', 'and', 'plain', 'filesize', 'matches', 'helper', 'math', 'abs']),
    );
    expect(last!.words).toEqual(new Set(['any', 'of', 'tagged', 'spread']));
  });

  it('ends a rule that is not closed where the next one begins', () => {
    const source =
      'rule a { strings: $x = "y" private\nprivate rule b { condition: true } rule c { condition: {';
    expect(
      readRuleHeaders(source).map(({ name, isPrivate, start, end }) => [
        name,
        isPrivate,
        source.slice(start, end),
      ]),
    ).toEqual([
      ['a', false, 'rule a { strings: $x = "y" private'],
      ['b', true, 'private rule b { condition: true }'],
      ['c', false, 'rule c { condition: {'],
    ]);
  });

  it.each([
    '',
    'rule',
    'rule {',
    'private global',
    'rule "a" { }',
    '}}} {{{',
    'rule a { meta: b',
    'rule a { meta: b =',
  ])('is not stopped by %j', (source) => {
    expect(readRuleHeaders(`${source}\nrule ok { condition: true }`).at(-1)?.name).toBe('ok');
  });
});
