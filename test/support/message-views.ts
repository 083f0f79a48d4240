/** Messages as detectors see them, of contents and numbers that a test chooses. */
import type { MmsHeaders } from '../../src/codec/mms-fields.ts';
import { Octets } from '../../src/inspection/octets.ts';
import type { MessageView } from '../../src/inspection/part-view.ts';
import { sniffMedia } from '../../src/inspection/sniff-media.ts';
import { zeros } from './sample-octets.ts';

/** What of a message a test sets beside the contents of its parts. */
export interface MessageChanges {
  readonly headers?: MmsHeaders;
  /** Bytes of the PDU. */
  readonly size?: number;
  readonly declaredType?: string;
}

/** A message with these contents as its parts, each sniffed. */
export function messageOf(
  contents: readonly Uint8Array[],
  { headers = {}, size = 100, declaredType = '' }: MessageChanges = {},
): MessageView {
  const parts = contents.map((bytes, index) => {
    const octets = new Octets(bytes);
    const { mediaType: sniffedType, family } = sniffMedia(octets);
    return { index, octets, declaredType, fileName: '', sniffedType, family, texts: [] };
  });
  const pdu = {
    type: 'm-send-req',
    headers,
    applicationHeaders: [],
    unknownHeaders: [],
    body: undefined,
  } as const;
  return { pdu, pduBytes: zeros(size), parts, direction: 'outbound' };
}
