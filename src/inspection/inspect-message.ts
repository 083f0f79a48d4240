/** Runs every detector over a decoded message. Pure: the same message and context give the same findings. */
import type { DecodedPdu } from '../codec/pdu-types.ts';
import { ANOMALY_FINDINGS } from './anomaly-findings.ts';
import { PART_DETECTORS } from './detectors.ts';
import { FindingCollector } from './finding-collector.ts';
import type { MessageDetector } from './message-detector.ts';
import { partsOf } from './message-parts.ts';
import type { MessageView, PartView, Surroundings } from './part-view.ts';
import { protocolDetector, type ProtocolContext } from './protocol-detector.ts';
import { sizeDetector, type SizeLimits } from './size-detector.ts';
import { smilReferencesDetector } from './smil-references.ts';

/** What an inspection needs beside the message. */
export interface InspectionContext extends ProtocolContext {
  readonly sizeLimits: SizeLimits;
  readonly surroundings: Surroundings;
}

/** A decoded PDU with its parts open, and what was found on the way. More is added to the collector. */
export interface OpenedMessage {
  readonly parts: readonly PartView[];
  readonly collector: FindingCollector;
}

/** Takes a decoded PDU apart, and reports what decoding tolerated. Never throws. */
export function openMessage(
  { pdu, anomalies }: Pick<DecodedPdu, 'pdu' | 'anomalies'>,
  decode: Parameters<typeof partsOf>[2],
): OpenedMessage {
  const collector = new FindingCollector();
  for (const { code, offset } of anomalies) {
    collector.add(ANOMALY_FINDINGS, `codec-${code}`, undefined, { offset });
  }
  return { parts: partsOf(pdu, collector, decode), collector };
}

/** Runs every detector over a message. It takes time linear in the PDU. Never throws. */
export function inspectMessage(
  message: MessageView,
  collector: FindingCollector,
  context: InspectionContext,
): void {
  for (const detector of messageDetectors(context)) {
    detector.detect(message, (code, { part, ...detail } = {}) => {
      collector.add(detector.findings, code, part, detail);
    });
  }
  for (const part of message.parts) inspectPart(part, collector, context.surroundings);
}

function messageDetectors(context: InspectionContext): readonly MessageDetector[] {
  return [protocolDetector(context), sizeDetector(context.sizeLimits), smilReferencesDetector];
}

/** Runs every part detector over one part. */
function inspectPart(part: PartView, collector: FindingCollector, surroundings: Surroundings): void {
  for (const detector of PART_DETECTORS) {
    detector.detect(
      part,
      (code, detail) => {
        collector.add(detector.findings, code, part.index, detail);
      },
      surroundings,
    );
  }
}
