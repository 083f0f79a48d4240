/** How large a message is, and whom it goes to. */
import { contentClassOf } from './content-class.ts';
import type { FindingTable } from './finding.ts';
import { kindOfType } from './media-families.ts';
import type { MessageDetector, MessageReport } from './message-detector.ts';
import type { MessageView, PartView } from './part-view.ts';

/** Findings about sizes and counts. */
export const SIZE_FINDINGS = {
  'message-too-large': { severity: 'high', description: 'A message is larger than the limit' },
  'part-too-large': { severity: 'high', description: 'A part is larger than the limit' },
  'text-too-large': { severity: 'medium', description: 'A text part is larger than people write' },
  'recipients-too-many': {
    severity: 'high',
    description: 'A message goes to more recipients than the limit',
  },
  'recipients-many': { severity: 'info', description: 'A message goes to more recipients than most do' },
  'parts-too-many': { severity: 'high', description: 'A message has more parts than the limit' },
  'content-class': {
    severity: 'info',
    description:
      'The least demanding content class of OMA MMS that the message fits; none, when it is too much for all',
  },
} as const satisfies FindingTable;

type SizeFindingCode = keyof typeof SIZE_FINDINGS;

/** The most of everything that is no finding. */
export interface SizeLimits {
  /** Bytes of a PDU. */
  readonly messageBytesMax: number;
  /** Bytes of a part, with its transfer encoding undone. */
  readonly partBytesMax: number;
  /** Bytes of a part that is text or SMIL. */
  readonly textBytesMax: number;
  /** To, Cc and Bcc together. */
  readonly recipientsMax: number;
  readonly partsMax: number;
}

const KIB = 1024;

/** The largest message that big carriers take (T-Mobile US: 1 MiB), and more text and recipients than people need. */
export const DEFAULT_SIZE_LIMITS: SizeLimits = {
  messageBytesMax: 1024 * KIB,
  partBytesMax: 1024 * KIB,
  textBytesMax: 64 * KIB,
  recipientsMax: 100,
  partsMax: 100,
};

/** Recipients that are nothing to speak of: the carrier limit that handset configurations have is 10. */
export const RECIPIENTS_USUAL_MAX = 10;

/** A detector with the operator's limits. */
export function sizeDetector(limits: SizeLimits): MessageDetector<SizeFindingCode> {
  return {
    name: 'size',
    findings: SIZE_FINDINGS,
    detect(message, report) {
      const { pduBytes, parts } = message;
      reportOver(report, 'message-too-large', { size: pduBytes.length, max: limits.messageBytesMax });
      reportOver(report, 'parts-too-many', { size: parts.length, max: limits.partsMax });
      for (const part of parts) reportPart(part, limits, report);
      reportRecipients(message, limits, report);
      if (parts.length > 0) reportContentClass(message, report);
    },
  };
}

interface Measure {
  readonly size: number;
  readonly max: number;
  readonly part?: number;
}

function reportOver(report: MessageReport<SizeFindingCode>, code: SizeFindingCode, measure: Measure): void {
  const { size, max, part } = measure;
  if (size > max) report(code, { part, evidence: { size, max } });
}

function reportPart(part: PartView, limits: SizeLimits, report: MessageReport<SizeFindingCode>): void {
  const measure = { size: part.octets.length, part: part.index };
  reportOver(report, 'part-too-large', { ...measure, max: limits.partBytesMax });
  if (isPlain(part)) reportOver(report, 'text-too-large', { ...measure, max: limits.textBytesMax });
}

/** Cards are text, but may hold a picture. */
function isPlain({ family, declaredType }: PartView): boolean {
  return family === undefined ? kindOfType(declaredType) === 'text' : family === 'text' || family === 'smil';
}

function reportRecipients(
  { pdu }: MessageView,
  limits: SizeLimits,
  report: MessageReport<SizeFindingCode>,
): void {
  const { to = [], cc = [], bcc = [] } = pdu.headers;
  const size = to.length + cc.length + bcc.length;
  const isOver = size > limits.recipientsMax;
  if (isOver) reportOver(report, 'recipients-too-many', { size, max: limits.recipientsMax });
  else reportOver(report, 'recipients-many', { size, max: RECIPIENTS_USUAL_MAX });
}

function reportContentClass(message: MessageView, report: MessageReport<SizeFindingCode>): void {
  const fits = contentClassOf(message)?.name ?? 'none';
  const declared = message.pdu.headers.contentClass;
  const evidence = { fits, size: message.pduBytes.length };
  report('content-class', {
    evidence: declared === undefined ? evidence : { ...evidence, declared: String(declared) },
  });
}
