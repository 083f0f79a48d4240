/** Messages of the track for tests. */
import type { TrackedMessage } from '../../src/storage/message-track.ts';

/** A message that was forwarded for no reason, with what a test changes. */
export function trackedMessageOf(changes: Partial<TrackedMessage> = {}): TrackedMessage {
  return {
    id: 'message',
    atMs: 1_764_028_800_000,
    direction: 'outbound',
    pduType: undefined,
    end: 'forwarded',
    code: undefined,
    action: 'forward',
    shadowAction: 'forward',
    profile: 'default',
    reasons: [],
    bodyBytes: 1000,
    contentHash: 'h1',
    sender: undefined,
    recipients: [],
    ruleSetDigest: undefined,
    durationsMs: {},
    totalMs: 3,
    ...changes,
  };
}
