import { describe, expect, it } from 'vitest';
import { coversCondition } from '../../src/policy/condition-cover.ts';
import type { EntryCondition } from '../../src/policy/policy-settings.ts';

describe('a condition', () => {
  it.each<[EntryCondition, EntryCondition, boolean]>([
    [{}, {}, true],
    [{}, { findings: ['a'] }, true],
    [{ findings: ['a'] }, {}, false],
    [{ findings: ['a', 'b'] }, { findings: ['b'] }, true],
    [{ findings: ['b'] }, { findings: ['a', 'b'] }, false],
    [{ findings: ['a*'] }, { findings: ['ab', 'ac*'] }, true],
    [{ findings: ['ab'] }, { findings: ['a*'] }, false],
    [{ severities: ['high'] }, { severities: ['high'], findings: ['a'] }, true],
    [{ severities: ['high'], findings: ['a'] }, { severities: ['high'] }, false],
    [{ rules: ['R'] }, { rules: ['ours:R'] }, true],
    [{ rules: ['R*'] }, { rules: ['ours:RX*'] }, true],
    [{ rules: ['ours:R'] }, { rules: ['R'] }, false],
    [{ rules: ['ours:*'] }, { rules: ['ours:R'] }, true],
    [{ rules: ['ours:*'] }, { rules: ['theirs:R'] }, false],
    [{ rules: ['R'] }, { rules: ['ours:*'] }, false],
    [{ rules: ['*'] }, { rules: ['ours:*'] }, true],
    [{ scoreMin: 60 }, { scoreMin: 60 }, true],
    [{ scoreMin: 60 }, { scoreMin: 59 }, false],
    [{ scoreMin: 60 }, {}, false],
    [{}, { scoreMin: 60 }, true],
    [{}, { notInspected: ['timeout'] }, false],
    [{ notInspected: ['timeout'] }, { notInspected: ['timeout'] }, true],
    [{ notInspected: ['timeout'] }, {}, false],
    [{ senders: ['+1202*'] }, { senders: ['0012025550100/TYPE=PLMN'] }, true],
    [{ recipients: ['desk@example.test'] }, { recipients: ['Desk@Example.test'] }, true],
    [{ recipients: ['+1'] }, { recipients: ['+2'] }, false],
    [{ directions: ['inbound', 'outbound'] }, { directions: ['inbound'] }, true],
    [{ pduTypes: ['m-send-req'] }, { pduTypes: ['m-retrieve-conf'] }, false],
    [{ mediaFamilies: ['other-*'] }, { mediaFamilies: ['other-image'] }, true],
    [{ namespaces: ['a*'] }, { namespaces: ['a'], tags: ['t'] }, true],
    [{ tags: ['t'] }, { tags: ['u'] }, false],
  ])('%j takes all that %j could get: %s', (outer, inner, covers) => {
    expect(coversCondition(outer, inner)).toBe(covers);
  });
});
