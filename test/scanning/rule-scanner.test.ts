import { describe, expect, it } from 'vitest';
import { RULE_TARGETS } from '../../src/inspection/rule-match.ts';
import { NO_EXTERNALS } from '../../src/scanning/externals.ts';
import {
  MATCHES_TOLD_MAX,
  MATCHES_TOLD_PER_PATTERN_MAX,
  SCANS_MAX,
} from '../../src/scanning/rule-scanner.ts';
import { matchesOf, ruleSource, rulesMatching, scannerOf } from '../support/rule-sources.ts';

describe('a rule scanner', () => {
  it('tells what matched and where', () => {
    const scanner = scannerOf(
      ruleSource(
        `rule a : tag_1 tag_2 {
          meta: author = "somebody" score = 85 count = -3 share = 0.5 sure = true
          strings: $x = "needle" $y = /n[a-z]{4}e/ private $z = { 7B 7D }
          condition: $x and $y and not $z
        }`,
        { namespace: 'ours' },
      ),
    );
    const bytes = Buffer.from('..needle....needle');
    const place = { target: 'part', part: 3, member: 7 } as const;
    expect(scanner.scan({ ...place, bytes, externals: NO_EXTERNALS })).toEqual([
      {
        ...place,
        rule: 'a',
        namespace: 'ours',
        tags: ['tag_1', 'tag_2'],
        metadata: { author: 'somebody', score: 85, count: -3, share: 0.5, sure: true },
        severity: 'high',
        patterns: [
          { pattern: '$x', offset: 2, length: 6 },
          { pattern: '$x', offset: 12, length: 6 },
        ],
      },
    ]);
  });

  it('gives metadata that is not UTF-8 as one character for each octet', () => {
    const scanner = scannerOf('rule a { meta: raw = "a\\xff\\x00" condition: filesize > 3 }');
    expect(matchesOf(scanner, 'xxxx')[0]?.metadata).toEqual({ raw: 'a\xff\0' });
  });

  it('runs a rule on its targets only', () => {
    const rule = (name: string, meta = ''): string =>
      `rule ${name} { ${meta} strings: $a = "abcd" condition: $a }`;
    const scanner = scannerOf(
      rule('anywhere'),
      ruleSource(
        [
          rule('text', 'meta: target = "text"'),
          rule('two', 'meta: target = "pdu, archive-member"'),
          rule('part', 'meta: target = "part"'),
        ].join('\n'),
        { file: 'more.yar' },
      ),
    );
    const found = RULE_TARGETS.map((target) => [target, rulesMatching(scanner, 'abcd', { target })]);
    expect(Object.fromEntries(found)).toEqual({
      part: ['anywhere', 'part'],
      text: ['anywhere', 'text'],
      'archive-member': ['anywhere', 'two'],
      pdu: ['two'],
    });
  });

  it('runs the rules of parts and of texts at once on a part that is its own text', () => {
    const rule = (name: string, target: string): string =>
      `rule ${name} { meta: target = "${target}" strings: $a = "abcd" condition: $a }`;
    const scanner = scannerOf(
      ruleSource(rule('a', 'part') + rule('b', 'pdu'), { file: 'part.yar' }),
      ruleSource(rule('c', 'text') + rule('d', 'text, part'), { file: 'text.yar' }),
    );
    const place = { part: 3, member: undefined, bytes: Buffer.from('abcd'), externals: NO_EXTERNALS };
    const found = scanner.scan({ ...place, target: 'part', isOwnText: true });
    expect(found.map(({ rule: name, target }) => `${name} ${target}`).toSorted()).toEqual([
      'a part',
      'c text',
      'd part',
      'd text',
    ]);
  });

  it('finds nothing on a target that no rule is for', () => {
    expect(matchesOf(scannerOf('rule a { condition: filesize < 3 }'), 'x', { target: 'pdu' })).toEqual([]);
  });

  it('lets rules use private and global ones of other files, and tells no private one', () => {
    const scanner = scannerOf(
      ruleSource('private rule is_jpeg { condition: uint16be(0) == 0xffd8 }', { file: '_helpers.yar' }),
      ruleSource('global private rule small { condition: filesize < 10 }', { file: 'global.yar' }),
      ruleSource('rule jpeg { meta: target = "pdu" condition: is_jpeg }', { file: 'jpeg.yar' }),
      ruleSource('rule elsewhere { condition: filesize > 1 }', { namespace: 'other', file: 'other.yar' }),
    );
    expect(rulesMatching(scanner, '\xff\xd8', { target: 'pdu' })).toEqual(['jpeg']);
    expect(rulesMatching(scanner, `\xff\xd8${'.'.repeat(20)}`, { target: 'pdu' })).toEqual([]);
    expect(rulesMatching(scanner, '\xff\xd8')).toEqual(['elsewhere']);
  });

  it.each([1, 2])('bounds what it tells of %i patterns that match very often', (count) => {
    const patterns = Array.from({ length: count * 10 }, (_, index) => `$a${index} = "ab"`).join(' ');
    const scanner = scannerOf(`rule a { strings: ${patterns} condition: all of them }`);
    const told = matchesOf(scanner, 'ab'.repeat(1000))[0]?.patterns ?? [];
    expect(told).toHaveLength(MATCHES_TOLD_MAX);
    expect(told.filter(({ pattern }) => pattern === '$a0')).toHaveLength(MATCHES_TOLD_PER_PATTERN_MAX);
  });

  it('counts the scans that are left', () => {
    const scanner = scannerOf('rule a { condition: filesize > 3 }');
    expect(scanner.scansLeft).toBe(SCANS_MAX);
    matchesOf(scanner, 'x');
    matchesOf(scanner, 'x', { target: 'pdu' });
    expect(scanner.scansLeft).toBe(SCANS_MAX - 1);
  });
});
