import { describe, expect, it } from 'vitest';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import type { EntryCondition } from '../../src/policy/policy-settings.ts';
import { unknownNames } from '../../src/policy/unknown-names.ts';

const RULE = { rule: 'EXPL_X', namespace: 'ours', tags: ['image'], severity: 'high', score: 80 } as const;
const suggestion = (name: string, known: readonly string[]): string => ` (${name} of ${known.length})`;
const around = {
  rules: [
    { ...RULE, targets: ['part'] as const },
    { ...RULE, targets: [] },
  ],
  suggestion,
};

describe('names that nothing has', () => {
  it.each<[EntryCondition, readonly RegExp[]]>([
    [{ findings: ['svg-script', 'svg-*', '*'] }, []],
    [
      { findings: ['svg-scrip', 'svgs-*'] },
      [/^there is no finding svg-scrip \(/, /^there is no finding svgs-\* /],
    ],
    [{ rules: ['EXPL_X', 'EXPL_*', 'ours:EXPL_X', 'ours:*'] }, []],
    [{ rules: ['theirs:EXPL_X', 'ours'] }, [/no rule theirs:EXPL_X/, /no rule ours/]],
    [{ namespaces: ['ours', 'o*'] }, []],
    [{ namespaces: ['our'] }, [/^there is no namespace our \(our of 1\)$/]],
    [{ tags: ['image'] }, []],
    [{ tags: ['images'] }, [/no tag images/]],
    [{ mediaFamilies: ['jpeg', 'other-*'] }, []],
    [{ mediaFamilies: ['jpg'] }, [/no media family jpg/]],
    [{ pduTypes: ['m-send-req'] }, []],
    [{ pduTypes: ['m-send' as MessageType] }, [/no PDU type m-send \(/]],
    [{ senders: ['x'], severities: ['low'], directions: ['inbound'] }, []],
  ])('in %j are told, each with the nearest', (when, expected) => {
    const problems = unknownNames(when, around);
    expect(problems).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(problems[index]).toMatch(pattern);
  });

  it('are not told of rules that are not loaded', () => {
    const when = { rules: ['X'], namespaces: ['x'], tags: ['x'], findings: ['x'] };
    expect(unknownNames(when, { rules: undefined, suggestion: () => '' })).toEqual(['there is no finding x']);
    expect(unknownNames(when, { rules: [], suggestion: () => '' })).toHaveLength(4);
  });
});
