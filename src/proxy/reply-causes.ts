/** What the proxy's own reasons are to the handset, and to the observer. */
import type { RefusalCause } from '../policy/decision.ts';
import type { UpstreamFailureCode } from './forwarder.ts';
import type { RefusalCode, Side } from './observer.ts';
import type { ReplyReason } from './reply-reasons.ts';

/** How each cause is told: to the handset, and to the observer. */
export const REFUSALS: Readonly<
  Record<RefusalCause, { readonly reason: ReplyReason; readonly code: RefusalCode }>
> = {
  content: { reason: 'content', code: 'content' },
  undecodable: { reason: 'undecodable', code: 'not-inspected' },
  'not-inspected': { reason: 'not-inspected', code: 'not-inspected' },
  'scan-failed': { reason: 'overloaded', code: 'not-inspected' },
  throttled: { reason: 'throttled', code: 'content' },
};

/** What each failure is to the handset, and whose it is. */
export const UPSTREAM_FAILURES: Readonly<
  Record<UpstreamFailureCode, { readonly reason: ReplyReason; readonly side: Side }>
> = {
  'connect-failed': { reason: 'mmsc-unreachable', side: 'mmsc' },
  'connect-timeout': { reason: 'mmsc-timeout', side: 'mmsc' },
  'response-timeout': { reason: 'mmsc-timeout', side: 'mmsc' },
  reset: { reason: 'mmsc-unreachable', side: 'mmsc' },
  'response-truncated': { reason: 'mmsc-unreachable', side: 'mmsc' },
  'response-too-large': { reason: 'too-large', side: 'mmsc' },
  'response-overloaded': { reason: 'overloaded', side: 'proxy' },
  'response-malformed': { reason: 'mmsc-unreachable', side: 'mmsc' },
  aborted: { reason: 'overloaded', side: 'proxy' },
};
