/** What an MMSC makes of a stored message: notification, retrieval, and the reports to its sender. Pure. */
import { encodedString } from '../codec/encoded-string.ts';
import type { MmsHeaders } from '../codec/mms-fields.ts';
import type { MmsPdu } from '../codec/pdu-types.ts';
import type { Delivery } from './mmsc-store.ts';
import { plainPdu } from './plain-pdu.ts';

/** The MMS version of what the MMSC sends of its own accord. */
export const MMSC_VERSION = '1.3';

/** How long a message waits when its sender does not say: three days, in seconds. */
const DEFAULT_EXPIRY = { kind: 'relative', seconds: 3 * 24 * 3600 } as const;

/** Headers of an m-send-req that its notification repeats. */
const NOTIFIED = [
  'subject',
  'deliveryReport',
  'priority',
  'applicId',
  'replyApplicId',
  'auxApplicInfo',
] as const;

/** Headers of an m-send-req that the m-retrieve-conf repeats. */
const RETRIEVED = [
  ...NOTIFIED,
  'to',
  'cc',
  'messageClass',
  'readReport',
  'contentClass',
  'drmContent',
  'contentType',
] as const;

/** The m-notification-ind of a copy. `location` is its whole Content-Location. */
export function notificationOf({ message, transactionId }: Delivery, location: string): MmsPdu {
  const { headers, content } = message;
  return plainPdu('m-notification-ind', {
    transactionId,
    version: MMSC_VERSION,
    ...senderOf(message),
    ...pick(headers, NOTIFIED),
    messageClass: headers.messageClass ?? 'personal',
    messageSize: content.length,
    expiry: headers.expiry ?? DEFAULT_EXPIRY,
    contentLocation: location,
  });
}

/** The m-retrieve-conf of a copy, with the content as it was submitted. */
export function retrievalOf({ message, transactionId }: Delivery): MmsPdu {
  const { headers, content, messageId, date, forwarders } = message;
  return plainPdu(
    'm-retrieve-conf',
    {
      transactionId,
      version: MMSC_VERSION,
      messageId,
      date,
      ...senderOf(message),
      ...pick(headers, RETRIEVED),
      ...(forwarders.length > 0 && {
        previouslySentBy: forwarders.map(({ hop, value }) => ({ hop, value: value.by })),
        previouslySentDate: forwarders.map(({ hop, value }) => ({ hop, value: value.date })),
      }),
    },
    { kind: 'single', bytes: content },
  );
}

/** The m-retrieve-conf for a Content-Location that names no message, as Mbuni sends it. */
export function notFoundRetrieval(date: number): MmsPdu {
  const text = 'There is no such message.';
  return plainPdu(
    'm-retrieve-conf',
    {
      version: MMSC_VERSION,
      date,
      retrieveStatus: 'error-permanent-message-not-found',
      retrieveText: encodedString(text),
      contentType: { mediaType: 'text/plain', parameters: [] },
    },
    { kind: 'single', bytes: Buffer.from(text) },
  );
}

/** The m-delivery-ind that tells the sender what became of a copy. */
export function deliveryReportOf(
  { message, recipient }: Delivery,
  status: 'retrieved' | 'rejected',
  date: number,
): MmsPdu {
  const { messageId } = message;
  return plainPdu('m-delivery-ind', { version: MMSC_VERSION, messageId, to: [recipient], date, status });
}

function senderOf({ from, headers }: Delivery['message']): Pick<MmsHeaders, 'from'> {
  return headers.senderVisibility === 'hide' ? {} : { from: { kind: 'address', address: from } };
}

function pick<Key extends keyof MmsHeaders>(
  headers: MmsHeaders,
  keys: readonly Key[],
): Pick<MmsHeaders, Key> {
  const held = keys.filter((key) => headers[key] !== undefined).map((key) => [key, headers[key]]);
  return Object.fromEntries(held) as Pick<MmsHeaders, Key>;
}
