import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  ADDRESSES_MAX,
  ENTRIES_MAX,
  PATTERN_CHARACTERS_MAX,
  POLICY_NAME_CHARACTERS_MAX,
  PROFILES_MAX,
} from '../../src/app/config-policy.ts';
import { readConfig } from '../../src/app/config-load.ts';
import { CONFIG_SCHEMA } from '../../src/app/config-schema.ts';
import { LIST_MAX } from '../../src/app/config-values.ts';

const errorsOf = (policy: string): string[] => {
  const result = readConfig(`storage: { sqliteFile: held.sqlite }\npolicy: ${policy}`, {});
  return result.ok ? [] : result.errors.map(({ path, message }) => `${path}: ${message}`);
};

const withEntry = (entry: string): string => `{ entries: [{ name: a, action: refuse, ${entry} }] }`;

describe('the policy group', () => {
  it.each([
    '{ mode: monitor }',
    '{ severities: { medium: quarantine }, notInspected: { queue-full: forward, poison: quarantine } }',
    withEntry(''),
    withEntry('state: shadow, when: {}'),
    withEntry('when: { findings: [svg-script, gif-*], severities: [high, critical], mediaFamilies: [svg] }'),
    withEntry('when: { rules: [ours:EXPL_*], namespaces: [ours], tags: [exploit], scoreMin: 0 }'),
    withEntry(
      'when: { notInspected: [encrypted, poison], directions: [inbound], pduTypes: [m-retrieve-conf] }',
    ),
    withEntry('when: { senders: ["+1202*"], recipients: [desk@example.test, "0049 151/TYPE=PLMN", "*"] }'),
    `{ profiles: [
      { name: staff, appliesTo: { senders: ["+1202*"], directions: [inbound], listeners: [main] },
        entries: [{ name: a, action: strip }], severities: { low: strip }, notInspected: { timeout: refuse } },
      { name: rest }] }`,
  ])('takes %s', (policy) => {
    expect(errorsOf(policy)).toEqual([]);
  });

  it.each([
    ['{ mode: observe }', /^policy\.mode: /],
    ['{ severities: { high: quarntine } }', /^policy\.severities\.high: .*"quarantine"/],
    ['{ severities: { hihg: refuse } }', /hihg: unknown key; did you mean high\?/],
    ['{ notInspected: { timout: refuse } }', /timout: unknown key; did you mean timeout\?/],
    ['{ entries: [{ name: a }] }', /^policy\.entries\[0\]\.action: /],
    ['{ entries: [{ action: refuse }] }', /^policy\.entries\[0\]\.name: /],
    ['{ entries: [{ name: "", action: refuse }] }', /must be at least one character/],
    ['{ entries: [{ name: "a\\nb", action: refuse }] }', /without control characters/],
    ['{ entries: [{ name: "a\\u202eb", action: refuse }] }', /without control characters/],
    [
      '{ entries: [{ name: a, action: strip }, { name: a, action: refuse }] }',
      /entries\[1\]\.name: is taken: a/,
    ],
    [withEntry('state: on'), /^policy\.entries\[0\]\.state: /],
    [withEntry('when: { finding: [x] }'), /when\.finding: unknown key/],
    [withEntry('when: { findings: [] }'), /when\.findings: /],
    [withEntry('when: { findings: [""] }'), /when\.findings\[0\]: /],
    [withEntry('when: { findings: [a*b] }'), /may have a \* only at its end/],
    [withEntry('when: { recipients: ["*@example.test"] }'), /may have a \* only at its end/],
    [withEntry('when: { scoreMin: 101 }'), /when\.scoreMin: /],
    [withEntry('when: { scoreMin: -1 }'), /when\.scoreMin: /],
    [withEntry('when: { pduTypes: [m-sendreq] }'), /must be a PDU type, such as m-send-req/],
    [withEntry('when: { notInspected: [late] }'), /when\.notInspected\[0\]: /],
    ['{ profiles: [{ name: default }] }', /profiles\[0\]\.name: is taken: default/],
    ['{ profiles: [{ name: a }, { name: a }] }', /profiles\[1\]\.name: is taken: a/],
    ['{ profiles: [{ name: a, severities: { hihg: refuse } }] }', /severities\.hihg: unknown key/],
    ['{ profiles: [{ name: a, entries: [{ name: b }] }] }', /profiles\[0\]\.entries\[0\]\.action: /],
    ['{ profiles: [{ name: a, appliesTo: { listeners: [] } }] }', /appliesTo\.listeners: /],
  ])('refuses %s', (policy, error) => {
    expect(errorsOf(policy).join('\n')).toMatch(error);
  });

  const times = (count: number, item: (index: number) => string): string[] =>
    Array.from({ length: count }, (_, index) => item(index));
  const entryWith = (when: object): object => ({ entries: [{ name: 'a', action: 'refuse', when }] });

  it.each<[string, number, (count: number) => object]>([
    [
      'entries',
      ENTRIES_MAX,
      (n) => ({ entries: times(n, String).map((name) => ({ name, action: 'strip' })) }),
    ],
    ['profiles', PROFILES_MAX, (n) => ({ profiles: times(n, String).map((name) => ({ name })) })],
    ['senders', ADDRESSES_MAX, (n) => entryWith({ senders: times(n, String) })],
    ['recipients', ADDRESSES_MAX, (n) => entryWith({ recipients: times(n, String) })],
    ['codes', LIST_MAX, (n) => entryWith({ findings: times(n, String) })],
    ['characters of a text', PATTERN_CHARACTERS_MAX, (n) => entryWith({ rules: ['r'.repeat(n)] })],
    [
      'characters of a name',
      POLICY_NAME_CHARACTERS_MAX,
      (n) => ({ entries: [{ name: 'n'.repeat(n), action: 'strip' }] }),
    ],
  ])('takes as many %s as %i, and not one more', (_, max, policy) => {
    expect(CONFIG_SCHEMA.safeParse({ policy: policy(max) }).success).toBe(true);
    expect(CONFIG_SCHEMA.safeParse({ policy: policy(max + 1) }).success).toBe(false);
  });

  it('has room in a file for a list of senders', () => {
    const policy = entryWith({ senders: times(ADDRESSES_MAX, (index) => `+1202${5_550_000 + index}`) });
    expect(readConfig(stringify({ policy }), {}).ok).toBe(true);
  });
});
