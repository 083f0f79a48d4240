import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/policy/default-policy.ts';
import type { PolicyProfile } from '../../src/policy/policy-settings.ts';
import { profileFor } from '../../src/policy/profile-choice.ts';

const { fallback } = DEFAULT_POLICY;
const profile = (name: string, appliesTo: PolicyProfile['appliesTo']): PolicyProfile => {
  return { ...fallback, name, appliesTo };
};

const profiles = [
  profile('staff inbound', { senders: ['+1202555*'], directions: ['inbound'] }),
  profile('staff', { senders: ['+1202555*', 'desk@example.test'] }),
  profile('roaming', { listeners: ['roaming', 'test'] }),
  profile('inbound', { directions: ['inbound'] }),
];

describe('the profile for a message', () => {
  it.each([
    ['outbound', 'main', '12025550100', 'staff'],
    ['inbound', 'main', '12025550100', 'staff inbound'],
    ['inbound', 'main', 'desk@example.test', 'staff'],
    ['outbound', 'main', undefined, 'default'],
    ['outbound', 'test', undefined, 'roaming'],
    ['outbound', 'roaming', '12025550100', 'staff'],
    ['inbound', 'main', '+4915112345', 'inbound'],
    ['outbound', 'main', '+4915112345', 'default'],
  ] as const)('%s by %s from %s: %s', (direction, listener, sender, name) => {
    expect(profileFor({ direction, listener, sender }, { profiles, fallback }).name).toBe(name);
  });

  it('is the first without lists, whoever sends', () => {
    const all = [profile('all', {}), ...profiles];
    const message = { direction: 'inbound', listener: 'roaming', sender: '12025550100' } as const;
    expect(profileFor(message, { profiles: all, fallback }).name).toBe('all');
  });
});
