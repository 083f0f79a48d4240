/** Builds the m-send-req of a handset: a SMIL part that shows the others in their order, as real phones do. */
import { MIBENUM } from '../codec/charsets.ts';
import { encodedString } from '../codec/encoded-string.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import type { Part } from '../codec/multipart.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import { pduAddress } from './address.ts';
import { mediaTypeOf } from './media-by-extension.ts';

/** One file of a message. */
export interface DraftFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A message to be sent. */
export interface MessageDraft {
  readonly transactionId: string;
  readonly to: readonly string[];
  /** The address that the handset claims; none: the MMSC inserts the authenticated one. */
  readonly from?: string | undefined;
  readonly subject?: string | undefined;
  readonly deliveryReport?: boolean;
  readonly readReport?: boolean;
  readonly files: readonly DraftFile[];
}

/** The MMS version that the lab's handsets speak. */
export const HANDSET_VERSION = '1.3';

const SMIL_ID = '<smil>';

/** The From of a handset: the address that it claims, or insert-address. */
export function fromOf(address: string | undefined): NonNullable<MmsHeaders['from']> {
  if (address === undefined) return { kind: 'insert-address' };
  return { kind: 'address', address: encodedString(pduAddress(address)) };
}

/** A text as a file of a message. */
export function textFile(text: string, name = 'text.txt'): DraftFile {
  return { name, bytes: Buffer.from(text) };
}

/** Makes the m-send-req of a draft. Throws `RangeError` for texts that MMS cannot express. */
export function composeMessage(draft: MessageDraft): MmsPdu {
  const parts = draft.files.map(partOf);
  const smil = smilOf(parts);
  return {
    type: 'm-send-req',
    headers: {
      transactionId: draft.transactionId,
      version: HANDSET_VERSION,
      from: fromOf(draft.from),
      to: draft.to.map((address) => encodedString(pduAddress(address))),
      ...(draft.subject !== undefined && { subject: encodedString(draft.subject) }),
      messageClass: 'personal',
      deliveryReport: draft.deliveryReport === true ? 'yes' : 'no',
      readReport: draft.readReport === true ? 'yes' : 'no',
      contentType: {
        mediaType: 'application/vnd.wap.multipart.related',
        parameters: [
          { name: 'start', value: SMIL_ID },
          { name: 'type', value: 'application/smil' },
        ],
      },
    },
    applicationHeaders: [],
    unknownHeaders: [],
    body: { kind: 'multipart', parts: [smil, ...parts] },
  };
}

/** Names of parts are made up, so that neither SMIL nor WSP meets a letter that it cannot hold; the file's own is kept. */
function partOf({ name, bytes }: DraftFile, index: number): Part {
  const mediaType = mediaTypeOf(name);
  const charset = mediaType.startsWith('text/') ? [{ name: 'charset', value: MIBENUM.utf8 }] : [];
  const location = `part${index + 1}`;
  return {
    contentType: { mediaType, parameters: [...charset, { name: 'name', value: name }] },
    headers: { contentId: `<${location}>`, contentLocation: location, others: [] },
    bytes,
  };
}

/** The SMIL element that shows a part, by the first half of its media type. */
const SMIL_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['text', 'text'],
  ['image', 'img'],
  ['audio', 'audio'],
  ['video', 'video'],
]);

function smilOf(parts: readonly Part[]): Part {
  const slides = parts.map(({ contentType, headers }) => {
    const element = SMIL_ELEMENTS.get(contentType.mediaType.split('/', 1)[0] ?? '') ?? 'ref';
    return `<par dur="5000ms"><${element} src="${headers.contentLocation ?? ''}"/></par>`;
  });
  const layout = '<head><layout><root-layout/></layout></head>';
  return {
    contentType: { mediaType: 'application/smil', parameters: [{ name: 'charset', value: MIBENUM.utf8 }] },
    headers: { contentId: SMIL_ID, contentLocation: 'smil.xml', others: [] },
    bytes: Buffer.from(`<smil>${layout}<body>${slides.join('')}</body></smil>`),
  };
}
