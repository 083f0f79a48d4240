/** The m-notification-ind that tells a recipient of a released message. */
import { DecodeError } from '../codec/decode-error.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import { decodePdu, encodePdu, type DecodeOptions } from '../codec/pdu.ts';
import type { RecordWithBody } from './rejudge.ts';

/** What a notification says beside what its message says. */
export interface NotificationFacts {
  readonly transactionId: string;
  /** The URL that the message is fetched from. */
  readonly contentLocation: string;
  readonly nowMs: number;
}

/** The MMS version of a notification whose message has none. */
const VERSION_UNKNOWN = '1.2';

/**
 * The octets of a notification with the sender, class and size of a message and the time until it expires. What cannot
 * be read of the message is left out, or the default of the specification (OMA-TS-MMS_ENC-V1_3 section 6.2). Pure.
 */
export function releasedNotification(
  record: RecordWithBody,
  { transactionId, contentLocation, nowMs }: NotificationFacts,
  options: DecodeOptions,
): Uint8Array {
  const { from, version = VERSION_UNKNOWN, messageClass = 'personal' } = knownHeaders(record, options);
  const headers: MmsHeaders = {
    transactionId,
    version,
    ...(from?.kind === 'address' && { from }),
    messageClass,
    messageSize: record.body.length,
    expiry: {
      kind: 'relative',
      seconds: Math.max(1, Math.floor((record.expiresAtMs - nowMs) / 1000)),
    },
    contentLocation,
  };
  return encodePdu({
    type: 'm-notification-ind',
    headers,
    applicationHeaders: [],
    unknownHeaders: [],
    body: undefined,
  });
}

/** The headers of a message; of one with a content encoding what its scan has kept. */
function knownHeaders({ body, report }: RecordWithBody, options: DecodeOptions): MmsHeaders {
  try {
    return decodePdu(body, options).pdu.headers;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return report?.pdu.headers ?? {};
  }
}
