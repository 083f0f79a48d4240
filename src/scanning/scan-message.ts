/** One scan, as it runs in a thread: decode, inspect, search with rules. */
import { isUtf8 } from 'node:buffer';
import { DecodeError } from '../codec/decode-error.ts';
import { MMS_FIELDS } from '../codec/mms-fields.ts';
import { MESSAGE_TYPE_TOKENS } from '../codec/mms-tokens.ts';
import { decodePdu } from '../codec/pdu.ts';
import type { DecodedPdu, MmsPdu } from '../codec/pdu-types.ts';
import { bySeverity, type FindingCollector } from '../inspection/finding-collector.ts';
import { inspectMessage, openMessage } from '../inspection/inspect-message.ts';
import type { MessageView, PartView, Surroundings } from '../inspection/part-view.ts';
import type { RuleMatch } from '../inspection/rule-match.ts';
import type { Gap, PduFacts, ScanOutcome, ScanReport } from '../inspection/scan-outcome.ts';
import { urlLists } from '../inspection/url-lists.ts';
import { decodeContent, inflateRaw } from './content-encoding.ts';
import { partTargets, pduTarget, targetBudget, type MessageExternals } from './message-targets.ts';
import type { ScanContext } from './scan-context.ts';
import type { ScanSettings } from './scan-settings.ts';
import { secondSniff } from './second-sniff.ts';
import type { RuleScanner, ScanTarget } from './yara-engine.ts';

/** Matches kept of one message, the worst first. */
export const MATCHES_MAX = 256;

/** What a scan works with; made once in a thread. */
export interface Scanner {
  readonly settings: ScanSettings;
  readonly rules: RuleScanner;
  readonly ruleSetDigest: string;
  readonly surroundings: Surroundings;
}

/** A scanner with one rule set. */
export function createScanner(settings: ScanSettings, rules: RuleScanner, ruleSetDigest: string): Scanner {
  const { allowedMedia, urls } = settings;
  const surroundings = { inflateRaw, allowedMedia, urlLists: urlLists(urls.blocked, urls) };
  return { settings, rules, ruleSetDigest, surroundings };
}

const MMS_MEDIA_TYPE = /^\s*application\/vnd\.wap\.mms-message\s*(;|$)/i;

/** The octet of X-Mms-Message-Type, with which every PDU begins (OMA-TS-MMS_ENC 7.3.30). */
const { octet: FIRST_OCTET } = MMS_FIELDS.messageType;

/**
 * Scans one body. It blocks for as long as that takes, and what it is given may be made to take long, or to break a
 * decoder: run it in a thread that can be ended. Rejects only for bugs.
 *
 * Every body is tried as a PDU whatever its label, because handsets decide by content. What does not decode is an
 * ordinary answer only if nothing about it says MMS; posted by a handset it is never one.
 */
export async function scanMessage(
  body: Uint8Array,
  context: ScanContext,
  scanner: Scanner,
): Promise<ScanOutcome> {
  const { decode, bodyBytesMax } = scanner.settings;
  const content = decodeContent(body, context.contentEncodings, bodyBytesMax);
  if (content.kind === 'failed') return notInspected({ reason: content.reason, code: 'content-encoding' });
  const { bytes } = content;
  let decoded: DecodedPdu;
  try {
    decoded = decodePdu(bytes, decode);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return undecoded(bytes, error, context);
  }
  return scanPdu(bytes, decoded, context, scanner);
}

function undecoded(bytes: Uint8Array, { code, offset }: DecodeError, context: ScanContext): ScanOutcome {
  const claimsToBePdu =
    context.direction === 'outbound' ||
    bytes[0] === FIRST_OCTET ||
    (bytes.length > 0 && MMS_MEDIA_TYPE.test(context.contentType ?? ''));
  if (!claimsToBePdu && !isLikePdu(bytes)) return { kind: 'not-a-pdu' };
  return notInspected({ reason: code.startsWith('limit-') ? 'over-limit' : 'undecodable', code, offset });
}

/** Octets in which the message type of a PDU is looked for: a decoder may take headers in any order. */
const HEADER_OCTETS = 4096;

/** True for what is no text and has the header in it with which some decoder could begin. */
function isLikePdu(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return false;
  const head = bytes.subarray(0, HEADER_OCTETS);
  return head.some(
    (octet, at) => octet === FIRST_OCTET && Object.hasOwn(MESSAGE_TYPE_TOKENS, bytes[at + 1] ?? ''),
  );
}

function notInspected(gap: Pick<Gap, 'reason' | 'code'> & { readonly offset?: number }): ScanOutcome {
  const gaps = [{ part: undefined, offset: undefined, ...gap }] as const;
  return { kind: 'not-inspected', gaps, report: undefined, isPoison: false };
}

async function scanPdu(
  bytes: Uint8Array,
  decoded: DecodedPdu,
  context: ScanContext,
  scanner: Scanner,
): Promise<ScanOutcome> {
  const { settings, surroundings } = scanner;
  const { pdu, anomalies } = decoded;
  const { parts: opened, collector } = openMessage(decoded, settings.decode);
  const parts = await Promise.all(opened.map(withSecondOpinion));
  const message: MessageView = { pdu, pduBytes: bytes, parts, direction: context.direction };
  const { authenticatedSender } = context;
  const { mmscHosts, sizeLimits } = settings;
  inspectMessage(message, collector, { authenticatedSender, mmscHosts, sizeLimits, surroundings });
  const matches = matchRules(message, context, collector, scanner);
  const report: ScanReport = {
    pdu: factsOf(pdu),
    anomalies,
    findings: collector.worstFirst(),
    matches,
    parts: parts.map(({ family, declaredType, sniffedType, octets }) => {
      return { family, declaredType, sniffedType, octets: octets.length };
    }),
    ruleSetDigest: scanner.ruleSetDigest,
  };
  return outcomeOf(report, collector.gaps);
}

/** Texts only: the octets of a value are views of the whole PDU, and would cross the threads with all of it. */
function factsOf({ type, headers }: MmsPdu): PduFacts {
  const { transactionId, version, date, from, to = [], cc = [], bcc = [] } = headers;
  return {
    type,
    recipients: [...to, ...cc, ...bcc].map(({ text }) => text),
    headers: {
      ...(transactionId !== undefined && { transactionId }),
      ...(version !== undefined && { version }),
      ...(date !== undefined && { date }),
      ...(from && {
        from: from.kind === 'address' ? { ...from, address: { text: from.address.text } } : from,
      }),
    },
  };
}

function outcomeOf(report: ScanReport, gaps: readonly Gap[]): ScanOutcome {
  const [first, ...rest] = gaps;
  if (first === undefined) return { kind: 'inspected', report };
  return { kind: 'not-inspected', gaps: [first, ...rest], report, isPoison: false };
}

/** What our own table does not recognise gets a name from a library, for analysts and rules; detectors do not go by it. */
async function withSecondOpinion(part: PartView): Promise<PartView> {
  if (part.sniffedType !== '' || part.octets.length === 0) return part;
  const sniffedType = await secondSniff(part.octets.bytes);
  return sniffedType === undefined ? part : { ...part, sniffedType };
}

function matchRules(
  message: MessageView,
  context: ScanContext,
  collector: FindingCollector,
  scanner: Scanner,
): RuleMatch[] {
  const externals: MessageExternals = {
    direction: context.direction,
    pdu_type: message.pdu.type,
    part_count: message.parts.length,
    message_size: message.pduBytes.length,
    sender_class: context.senderClass,
  };
  const matches: RuleMatch[] = [];
  for (const target of targetsOf(message, externals, collector)) matches.push(...scanner.rules.scan(target));
  return matches.toSorted(bySeverity).slice(0, MATCHES_MAX);
}

function* targetsOf(
  message: MessageView,
  externals: MessageExternals,
  collector: FindingCollector,
): Generator<ScanTarget> {
  yield pduTarget(message.pduBytes, externals);
  const context = { message: externals, collector, budget: targetBudget() };
  for (const part of message.parts) yield* partTargets(part, context);
}
