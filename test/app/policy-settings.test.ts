import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config-load.ts';
import { policySettings } from '../../src/app/policy-settings.ts';
import { DEFAULT_POLICY } from '../../src/policy/default-policy.ts';
import type { PolicySettings } from '../../src/policy/policy-settings.ts';

function settingsOf(yaml: string): PolicySettings {
  const result = readConfig(yaml, { MMSGUARD_STORAGE_SQLITE_FILE: 'held.sqlite' });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return policySettings(result.config.policy);
}

describe('the policy of a configuration', () => {
  it('is the default policy where nothing is said', () => {
    expect(settingsOf('')).toEqual(DEFAULT_POLICY);
  });

  it('has in each profile what differs, and else what is said outside of it', () => {
    const { profiles, fallback } = settingsOf(`policy:
  severities: { medium: quarantine }
  notInspected: { encrypted: quarantine }
  entries: [{ name: outside, action: strip }]
  profiles:
    - name: staff
      appliesTo: { senders: ['+1202*'] }
      entries: [{ name: inside, state: shadow, when: { findings: [gif-*] }, action: refuse }]
      severities: { high: quarantine }
      notInspected: { timeout: forward }`);
    expect(profiles).toEqual([
      {
        name: 'staff',
        appliesTo: { senders: ['+1202*'] },
        entries: [{ name: 'inside', state: 'shadow', when: { findings: ['gif-*'] }, action: 'refuse' }],
        severities: { ...fallback.severities, high: 'quarantine' },
        notInspected: { ...fallback.notInspected, timeout: 'forward' },
      },
    ]);
    expect(fallback).toMatchObject({
      name: 'default',
      entries: [{ name: 'outside', state: 'enforced', when: {}, action: 'strip' }],
      severities: { medium: 'quarantine', high: 'refuse' },
      notInspected: { encrypted: 'quarantine', timeout: 'throttle' },
    });
  });
});
