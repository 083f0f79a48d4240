/** Judges a held message again, with the rules and the policy of now. */
import type { ScanOutcome } from '../inspection/scan-outcome.ts';
import { decide } from '../policy/decide.ts';
import type { Decision } from '../policy/decision.ts';
import type { ScanContext } from '../scanning/scan-context.ts';
import type { BodyScanner } from '../scanning/scan-pool.ts';
import type { FullRecord } from '../storage/quarantine-store.ts';
import { headerValues } from './raw-headers.ts';
import type { ProxySettings } from './settings.ts';

/** What judges: the rules are in the scanner. */
export interface JudgeParts {
  readonly scanner: BodyScanner;
  readonly settings: Pick<ProxySettings, 'policy' | 'listen'>;
}

/** A record with its content. */
export interface RecordWithBody extends FullRecord {
  readonly body: Uint8Array;
}

/** What was found now, and what would be done about it. */
export interface Judgement {
  readonly outcome: ScanOutcome;
  readonly decision: Decision;
}

/** Narrows a record to one whose content was not wiped. */
export function hasBody(record: FullRecord): record is RecordWithBody {
  return record.body !== undefined;
}

/** Scans and decides as if the message came now. Never rejects. */
export async function rejudge(record: RecordWithBody, { scanner, settings }: JudgeParts): Promise<Judgement> {
  const { direction, envelope, http } = record;
  const authenticatedSender = direction === 'outbound' ? envelope.sender : undefined;
  const context: ScanContext = {
    direction,
    contentType: record.contentType,
    contentEncodings: contentEncodings(record),
    authenticatedSender,
    senderClass: authenticatedSender === undefined ? 'unknown' : 'authenticated',
  };
  const outcome = await scanner.scan(record.body, context);
  const listener = http.listener ?? settings.listen.name;
  return {
    outcome,
    decision: decide({ outcome, direction, listener, authenticatedSender }, settings.policy),
  };
}

/** True when a message with this decision would not pass, or not whole. */
export function isStopped({ action, isEnforced }: Decision): boolean {
  return isEnforced && action !== 'forward';
}

/** The codes of what counted in a decision, the hardest first, each once. */
export function reasonCodes({ reasons }: Pick<Decision, 'reasons'>): readonly string[] {
  return [...new Set(reasons.filter(({ isShadow }) => !isShadow).map(({ code }) => code))];
}

/** Values of the Content-Encoding headers that the body of a record came with. */
export function contentEncodings({ http, direction }: FullRecord): readonly string[] {
  if (http.contentEncodings !== undefined) return http.contentEncodings;
  return direction === 'outbound' ? headerValues(http.headers, 'content-encoding') : [];
}
