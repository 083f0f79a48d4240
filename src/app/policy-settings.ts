import { DEFAULT_POLICY } from '../policy/default-policy.ts';
import type { PolicySettings } from '../policy/policy-settings.ts';
import type { Config } from './config-schema.ts';

/** Makes a policy of a checked configuration. What a profile leaves out is as outside of it. Pure. */
export function policySettings({
  mode,
  profiles,
  entries,
  severities,
  notInspected,
}: Config['policy']): PolicySettings {
  const { name, appliesTo } = DEFAULT_POLICY.fallback;
  return {
    mode,
    profiles: profiles.map((profile) => ({
      ...profile,
      severities: { ...severities, ...profile.severities },
      notInspected: { ...notInspected, ...profile.notInspected },
    })),
    fallback: { name, appliesTo, entries, severities, notInspected },
  };
}
