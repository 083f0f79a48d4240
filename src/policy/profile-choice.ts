import { addressList } from './address-list.ts';
import type { MessageFacts } from './message-facts.ts';
import type { PolicyProfile, PolicySettings } from './policy-settings.ts';

/** The first profile whose lists all fit a message; the fallback where none does. A sender not known fits no list. */
export function profileFor(
  message: Pick<MessageFacts, 'direction' | 'listener' | 'sender'>,
  { profiles, fallback }: Pick<PolicySettings, 'profiles' | 'fallback'>,
): PolicyProfile {
  return profiles.find((profile) => applies(profile, message)) ?? fallback;
}

function applies(
  { appliesTo: { senders, directions, listeners } }: PolicyProfile,
  { direction, listener, sender }: Pick<MessageFacts, 'direction' | 'listener' | 'sender'>,
): boolean {
  if (directions?.includes(direction) === false) return false;
  if (listeners?.includes(listener) === false) return false;
  return senders === undefined || (sender !== undefined && addressList(senders).fitsKey(sender));
}
