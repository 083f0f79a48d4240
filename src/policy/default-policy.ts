import type { PolicySettings } from './policy-settings.ts';

/**
 * What a carrier can start with: what is known to be bad is refused, what may work next time is to be sent again, and
 * what can never be looked into is refused. With a store, quarantine may take the place of refuse.
 */
export const DEFAULT_POLICY: PolicySettings = {
  mode: 'enforce',
  profiles: [],
  fallback: {
    name: 'default',
    appliesTo: {},
    entries: [],
    severities: { info: 'forward', low: 'forward', medium: 'forward', high: 'refuse', critical: 'refuse' },
    notInspected: {
      timeout: 'throttle',
      'queue-full': 'throttle',
      crashed: 'throttle',
      'rules-missing': 'throttle',
      'over-limit': 'refuse',
      encrypted: 'refuse',
      undecodable: 'refuse',
      poison: 'refuse',
    },
  },
};
