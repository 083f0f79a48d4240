import { describe, expect, it } from 'vitest';
import { groupByTarget } from '../../src/scanning/rule-groups.ts';
import { ruleFileOf } from '../support/rule-sources.ts';

const rule = (name: string, target: string | undefined, condition = 'true', kind = ''): string =>
  `${kind} rule ${name} { ${target === undefined ? '' : `meta: target = "${target}"`} condition: ${condition} }`;

/** For each group its targets and the names of its files. */
function groupsOf(files: Readonly<Record<string, string>>): [string, string][] {
  const groups = groupByTarget(
    Object.entries(files).map(([file, text]) => {
      const [namespace = '', name = ''] = file.includes('/') ? file.split('/') : ['test', file];
      return ruleFileOf(text, { namespace, file: name });
    }),
  );
  return groups.map(({ kinds, files: grouped }) => [kinds.join(), grouped.map(({ file }) => file).join()]);
}

describe('groupByTarget', () => {
  it('compiles a file for the targets of its rules, and shares what is the same', () => {
    expect(groupsOf({ a: rule('a', 'text'), b: rule('b', undefined), c: rule('c', 'pdu,part') })).toEqual([
      ['part', 'b,c'],
      ['text', 'a,b'],
      ['archive-member', 'b'],
      ['pdu', 'c'],
      ['own-text', 'a,b,c'],
    ]);
    expect(groupsOf({ a: rule('a', undefined) })).toEqual([['part,text,archive-member,own-text', 'a']]);
  });

  it('brings the files whose rules are named, and those that these name', () => {
    const files = {
      a: rule('a', undefined, 'true', 'private'),
      b: rule('b', undefined, 'a', 'private'),
      c: rule('c', 'pdu', 'b'),
      d: rule('d', undefined, 'true', 'private'),
      e: rule('e', 'text', 'd'),
    };
    expect(groupsOf(files)).toEqual([
      ['text,own-text', 'd,e'],
      ['pdu', 'a,b,c'],
    ]);
  });

  it('brings no file of another namespace', () => {
    expect(
      groupsOf({
        'x/a': rule('a', undefined, 'true', 'private'),
        'y/a2': rule('a', 'text'),
        'y/b': rule('b', 'pdu', 'a'),
      }),
    ).toEqual([
      ['text,own-text', 'a2'],
      ['pdu', 'a2,b'],
    ]);
  });

  it('brings files with global rules of the same namespace', () => {
    expect(
      groupsOf({
        'x/g': rule('g', 'text', 'true', 'global private'),
        'x/a': rule('a', 'pdu'),
        'y/h': rule('h', 'text', 'true', 'global'),
        'y/b': rule('b', 'text'),
      }),
    ).toEqual([
      ['text,own-text', 'h,b'],
      ['pdu', 'g,a'],
    ]);
  });

  it('has no group without rules', () => {
    expect(groupsOf({ a: rule('a', undefined, 'true', 'private'), b: '' })).toEqual([]);
  });
});
