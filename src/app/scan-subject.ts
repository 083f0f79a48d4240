/** Makes something that can be scanned of a file: a PDU as it is, anything else as the only part of a message. */
import { MMS_FIELDS } from '../codec/mms-fields.ts';
import { encodePdu } from '../codec/pdu.ts';

/** What is said of a bare attachment. */
export interface AttachmentLabel {
  readonly name: string;
  /** Media type that it is labelled with; undefined: none, so that its content decides. */
  readonly mediaType: string | undefined;
}

/** A body to scan. */
export interface ScanBody {
  readonly kind: 'pdu' | 'attachment';
  readonly bytes: Uint8Array;
}

/** A file that begins as a PDU is one; anything else becomes the attachment of an m-send-req. */
export function scanBody(bytes: Uint8Array, label: AttachmentLabel): ScanBody {
  if (bytes[0] === MMS_FIELDS.messageType.octet) return { kind: 'pdu', bytes };
  return { kind: 'attachment', bytes: messageWith(bytes, label) };
}

function messageWith(
  bytes: Uint8Array,
  { name, mediaType = 'application/octet-stream' }: AttachmentLabel,
): Uint8Array {
  return encodePdu({
    type: 'm-send-req',
    headers: {
      transactionId: 'scan',
      version: '1.3',
      from: { kind: 'insert-address' },
      to: [{ text: '+12025550100/TYPE=PLMN' }],
      contentType: { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] },
    },
    applicationHeaders: [],
    unknownHeaders: [],
    body: {
      kind: 'multipart',
      parts: [
        { contentType: { mediaType, parameters: [] }, headers: { contentLocation: name, others: [] }, bytes },
      ],
    },
  });
}
