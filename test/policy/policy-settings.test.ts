import { expect, it } from 'vitest';
import { ENTRY_STATES, POLICY_ACTIONS } from '../../src/policy/policy-settings.ts';

it('orders the actions from the mildest to the hardest, by what reaches the recipient', () => {
  expect(POLICY_ACTIONS).toEqual(['forward', 'strip', 'throttle', 'quarantine', 'refuse']);
});

it('knows each state of an entry once', () => {
  expect(new Set(ENTRY_STATES).size).toBe(3);
});
