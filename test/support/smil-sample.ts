/** Presentations and other markup, and how a detector is given them. */
import { DecodeError } from '../../src/codec/decode-error.ts';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import type { MmsPdu } from '../../src/codec/pdu-types.ts';
import { FindingCollector } from '../../src/inspection/finding-collector.ts';
import { partsOf } from '../../src/inspection/message-parts.ts';
import type { MessageView, PartDetector } from '../../src/inspection/part-view.ts';
import { CORPUS } from './corpus.ts';

/** Parts of a presentation. */
export interface SmilSample {
  /** Before the root element. */
  readonly prolog?: string;
  readonly head?: string;
  readonly layout?: string;
  readonly body?: string;
}

/** Two regions and one slide, as handsets write them. */
export const ORDINARY_LAYOUT = `<root-layout width="160" height="120"/>
  <region id="Image" top="0" left="0" height="50%" width="100%" fit="meet"/>
  <region id="Text" top="50%" left="0" height="50%" width="100%" fit="scroll"/>`;

/** One slide with a picture and a text. */
export const ORDINARY_BODY = `<par dur="5000ms">
  <img src="cid:photo.jpg" region="Image"/>
  <text src="hello.txt" region="Text"><param name="foreground-color" value="#000000"/></text>
</par>`;

/** A presentation, in the ordinary form unless said otherwise. */
export function smil({
  prolog = '',
  head = '',
  layout = ORDINARY_LAYOUT,
  body = ORDINARY_BODY,
}: SmilSample = {}): string {
  return `${prolog}<smil><head>${head}<layout>${layout}</layout></head><body>${body}</body></smil>`;
}

/** The octets of a text, as UTF-8. */
export const textOctets = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The detector with a part's octets, read as UTF-8, for its only text. */
export function readingText<Code extends string>(detector: PartDetector<Code>): PartDetector<Code> {
  return {
    ...detector,
    detect(part, report, surroundings) {
      detector.detect(
        { ...part, texts: [new TextDecoder().decode(part.octets.bytes)] },
        report,
        surroundings,
      );
    },
  };
}

const DECODE = { limits: DEFAULT_DECODE_LIMITS, tolerate: REAL_WORLD };

/** A message as detectors see it. */
export function messageView(pduBytes: Uint8Array): MessageView {
  const { pdu } = decodePdu(pduBytes, DECODE);
  return { pdu, pduBytes, parts: partsOf(pdu, new FindingCollector(), DECODE), direction: 'inbound' };
}

/** The messages of the corpus that have parts. */
export function corpusMessages(): readonly MessageView[] {
  const messages = CORPUS.filter(({ bytes }) => bodyOf(bytes)?.kind === 'multipart');
  return messages.map(({ bytes }) => messageView(bytes));
}

/** The corpus has notifications in WAP push, and files that are cut off. */
function bodyOf(bytes: Uint8Array): MmsPdu['body'] {
  try {
    return decodePdu(bytes, DECODE).pdu.body;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
