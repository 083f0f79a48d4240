/** The parts of a real message, as detectors see them. */
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { FindingCollector } from '../../src/inspection/finding-collector.ts';
import { partsOf } from '../../src/inspection/message-parts.ts';
import type { PartView } from '../../src/inspection/part-view.ts';

/** Decodes a PDU as the proxy does by default, and opens its parts. */
export function viewsOf(bytes: Uint8Array): readonly PartView[] {
  const options = { limits: DEFAULT_DECODE_LIMITS, tolerate: REAL_WORLD };
  return partsOf(decodePdu(bytes, options).pdu, new FindingCollector(), options);
}
