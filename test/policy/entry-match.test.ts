import { describe, expect, it } from 'vitest';
import type { MessageType } from '../../src/codec/mms-tokens.ts';
import { fitsFamily, fitsMessage, fitsSubject } from '../../src/policy/entry-match.ts';
import type { EntryCondition } from '../../src/policy/policy-settings.ts';
import type { Subject } from '../../src/policy/subject.ts';

const FINDING: Subject = { kind: 'finding', code: 'svg-script', severity: 'high', part: 0 };
const RULE: Subject = {
  kind: 'rule',
  code: 'ours:EXPL_X',
  rule: 'EXPL_X',
  namespace: 'ours',
  tags: ['exploit', 'image'],
  score: 80,
  severity: 'high',
  part: 0,
};
const GAP: Subject = {
  kind: 'not-inspected',
  code: 'archive-encrypted',
  reason: 'encrypted',
  severity: undefined,
  part: 0,
};

/** What each condition fits, of a finding, a match and a gap. */
const CASES: readonly (readonly [EntryCondition, string])[] = [
  [{}, 'finding rule'],
  [{ severities: ['low', 'high'] }, 'finding rule'],
  [{ severities: ['low'] }, ''],
  [{ severities: [] }, ''],
  [{ directions: ['outbound'], pduTypes: ['m-send-req'], senders: ['*'], recipients: ['*'] }, 'finding rule'],
  [{ findings: ['svg-script'] }, 'finding'],
  [{ findings: ['gif-*', 'svg-*'] }, 'finding'],
  [{ findings: ['svg'] }, ''],
  [{ findings: ['svg-script'], severities: ['low'] }, ''],
  [{ findings: [] }, ''],
  [{ findings: ['*'] }, 'finding'],
  [{ rules: ['EXPL_X'] }, 'rule'],
  [{ rules: ['EXPL_*'] }, 'rule'],
  [{ rules: ['ours:EXPL_X'] }, 'rule'],
  [{ rules: ['ours:*'] }, 'rule'],
  [{ rules: ['ours*'] }, ''],
  [{ rules: ['theirs:EXPL_X'] }, ''],
  [{ rules: ['*'] }, 'rule'],
  [{ namespaces: ['ours'] }, 'rule'],
  [{ namespaces: ['our'] }, ''],
  [{ tags: ['x', 'image'] }, 'rule'],
  [{ tags: ['x'] }, ''],
  [{ scoreMin: 80 }, 'rule'],
  [{ scoreMin: 81 }, ''],
  [{ rules: ['EXPL_X'], tags: ['x'] }, ''],
  [{ notInspected: ['encrypted'] }, 'not-inspected'],
  [{ notInspected: ['timeout'] }, ''],
  [{ notInspected: ['encrypted'], severities: ['high'] }, ''],
  [{ notInspected: ['encrypted'], rules: ['*'] }, ''],
  [{ findings: ['*'], rules: ['*'] }, ''],
];

describe('an entry', () => {
  it.each(CASES)('with %j fits: %s', (when, kinds) => {
    const fitting = [FINDING, RULE, GAP].filter((subject) => fitsSubject(when, subject));
    expect(fitting.map(({ kind }) => kind).join(' ')).toBe(kinds);
  });

  it('that asks for a score does not fit a rule without one', () => {
    expect(fitsSubject({ scoreMin: 0 }, { ...RULE, score: undefined })).toBe(false);
  });

  it.each([
    [undefined, undefined, true],
    [['jpeg', 'gif'], 'gif', true],
    [['jpeg'], 'gif', false],
    [['other-*'], 'other-image', true],
    [['*'], undefined, false],
    [[], 'gif', false],
  ])('with the media families %j fits what is in %s: %s', (mediaFamilies, family, fits) => {
    expect(fitsFamily(mediaFamilies === undefined ? {} : { mediaFamilies }, family)).toBe(fits);
  });
});

describe('an entry for some messages', () => {
  const message = {
    direction: 'outbound',
    listener: 'main',
    pduType: 'm-send-req' as MessageType | undefined,
    sender: '12025550100' as string | undefined,
    recipients: ['4915112345', 'desk@example.test'],
    parts: [],
  } as const;

  it.each<[EntryCondition, boolean]>([
    [{}, true],
    [{ directions: ['outbound'] }, true],
    [{ directions: ['inbound'] }, false],
    [{ pduTypes: ['m-retrieve-conf', 'm-send-req'] }, true],
    [{ pduTypes: ['m-retrieve-conf'] }, false],
    [{ senderClasses: ['authenticated'] }, true],
    [{ senderClasses: ['unknown'] }, false],
    [{ senders: ['12025550100'] }, true],
    [{ senders: ['+1203*'] }, false],
    [{ recipients: ['nobody@example.test', 'Desk@example.test'] }, true],
    [{ recipients: ['+49151*'] }, true],
    [{ recipients: ['+49160*'] }, false],
    [{ recipients: [] }, false],
    [{ directions: ['outbound'], senders: ['+1203*'] }, false],
  ])('with %j fits: %s', (when, fits) => {
    expect(fitsMessage(when, message)).toBe(fits);
  });

  it('fits by no list what is not known of a message', () => {
    const unknown = { ...message, pduType: undefined, sender: undefined, recipients: [] };
    expect(fitsMessage({}, unknown)).toBe(true);
    expect(fitsMessage({ senderClasses: ['unknown'] }, unknown)).toBe(true);
    expect(fitsMessage({ senderClasses: ['authenticated'] }, unknown)).toBe(false);
    for (const when of [{ pduTypes: ['m-send-req'] }, { senders: ['*'] }, { recipients: ['*'] }] as const)
      expect(fitsMessage(when, unknown)).toBe(false);
  });
});
