/** A part as detectors see it: what the handset will open, and what was said of it. */
import type { MmsPdu } from '../codec/pdu-types.ts';
import type { FindingTable, Report } from './finding.ts';
import type { AllowedMedia } from './media-allow-list.ts';
import type { Octets } from './octets.ts';
import type { UrlLists } from './url-lists.ts';

/**
 * A family of media types that are one thing to a handset (`image/jpg` is `image/jpeg`): a key of the media family table.
 * `text` includes whatever has no magic of its own and reads as text.
 */
export type MediaFamilyName = string;

/** One part that holds no parts itself, with its transfer encoding undone. */
export interface PartView {
  /** Number in reading order, from 0. The body of a PDU without a multipart is part 0. */
  readonly index: number;
  readonly octets: Octets;
  /** Media type that the part is labelled with: lower case, without parameters; '' when it has none. */
  readonly declaredType: string;
  /** File name that a handset would show: Name, Filename or Content-Location, in this order; '' when there is none. */
  readonly fileName: string;
  /** Media type by content; '' when nothing is recognised. */
  readonly sniffedType: string;
  /** Family by content; undefined when nothing is recognised. Detectors choose by this, as handsets do. */
  readonly family: MediaFamilyName | undefined;
  /**
   * The readings of a part that is or claims to be text, each capped, the most likely first: a charset may be declared
   * wrongly, and handsets differ. Empty for what is not text.
   */
  readonly texts: readonly string[];
}

/** A message as detectors see it. */
export interface MessageView {
  readonly pdu: MmsPdu;
  readonly pduBytes: Uint8Array;
  readonly parts: readonly PartView[];
  readonly direction: 'outbound' | 'inbound';
}

/** Undoes raw deflate (RFC 1951), giving at most `bytesMax` octets. It never throws. */
export type InflateRaw = (
  compressed: Uint8Array,
  bytesMax: number,
) =>
  | {
      readonly kind: 'inflated';
      readonly bytes: Uint8Array;
      /** Octets of input that it took. */ readonly consumed: number;
    }
  /** More than `bytesMax` come out of it. */
  | { readonly kind: 'over-limit' }
  | { readonly kind: 'broken' };

/** What detectors need from outside this pure folder. */
export interface Surroundings {
  readonly inflateRaw: InflateRaw;
  /** The media that the operator allows; the default ones where there are none. */
  readonly allowedMedia?: AllowedMedia;
  /** The operator's lists of addresses; our own short ones where there are none. */
  readonly urlLists?: UrlLists;
}

/** Looks at one part. It takes time linear in the part, never throws, and reports each thing under a code of its table. */
export interface PartDetector<Code extends string = string> {
  readonly name: string;
  readonly findings: FindingTable<Code>;
  detect(part: PartView, report: Report<Code>, surroundings: Surroundings): void;
}
