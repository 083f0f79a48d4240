import { describe, expect, it } from 'vitest';
import { REFUSALS, UPSTREAM_FAILURES } from '../../src/proxy/reply-causes.ts';
import { REPLY_REASONS } from '../../src/proxy/reply-reasons.ts';

describe('REFUSALS', () => {
  it.each([
    ['content', 'permanent'],
    ['undecodable', 'permanent'],
    ['not-inspected', 'permanent'],
    ['scan-failed', 'transient'],
    ['throttled', 'transient'],
  ] as const)('tells the handset of %s that it is %s', (cause, lasting) => {
    expect(REPLY_REASONS[REFUSALS[cause].reason].lasting).toBe(lasting);
  });
});

describe('UPSTREAM_FAILURES', () => {
  it('are all transient, but for an answer that will always be too large', () => {
    const permanent = Object.entries(UPSTREAM_FAILURES).filter(
      ([, { reason }]) => REPLY_REASONS[reason].lasting === 'permanent',
    );
    expect(permanent.map(([code]) => code)).toEqual(['response-too-large']);
  });
});
