/**
 * The PDU types of MMS 1.3 (OMA-TS-MMS_ENC-V1_3 section 6): one row a type, its headers in the order of its table
 * there. `!` marks a header that must be there.
 */
import type { FieldKey } from './mms-fields.ts';
import type { MessageType } from './mms-tokens.ts';

/** Which way a PDU travels on MM1: from the handset, or to it (in an HTTP answer or a push). */
export type Sender = 'handset' | 'mmsc';

/** What the specification says of one PDU type. */
export interface MessageRow {
  readonly sender: Sender;
  /** Content-Type stands last, and content follows it. */
  readonly hasContent: boolean;
  /** Headers in the order in which they are written; Message-Type is before them, and Content-Type after. */
  readonly order: readonly FieldKey[];
  /** Headers without which a strict decoder refuses the PDU. */
  readonly required: readonly FieldKey[];
}

function row(sender: Sender, headers: string, hasContent = false): MessageRow {
  const words = headers.trim().split(/\s+/);
  const order = words.map((word) => word.replace('!', '') as FieldKey);
  const required = words.filter((word) => word.endsWith('!')).map((word) => word.slice(0, -1) as FieldKey);
  return { sender, hasContent, order, required };
}

const REPLY_CHARGING = 'replyCharging replyChargingDeadline replyChargingSize replyChargingId';
const APPLICATION = 'applicId replyApplicId auxApplicInfo';
const CONTENT = 'contentClass drmContent';
const FORWARDED = 'previouslySentBy previouslySentDate';
const STORED = 'store mmState mmFlags';
const MAILBOX = 'mboxTotals mboxQuotas';

/** What the descriptions of stored messages carry: m-mbox-descr, and m-mbox-view-conf that is one message. */
const DESCRIPTION = `messageId mmState mmFlags date from to cc bcc messageClass subject priority deliveryTime expiry
  deliveryReport readReport messageSize ${REPLY_CHARGING} ${FORWARDED}`;

/** Every PDU type, in the order of its number. */
export const MMS_MESSAGES: Readonly<Record<MessageType, MessageRow>> = {
  'm-send-req': row(
    'handset',
    `transactionId! version! date from! to cc bcc subject messageClass expiry deliveryTime priority senderVisibility
     deliveryReport readReport ${REPLY_CHARGING} ${STORED} ${APPLICATION} ${CONTENT} adaptationAllowed contentType!`,
    true,
  ),
  'm-send-conf': row(
    'mmsc',
    `transactionId! version! responseStatus! responseText messageId contentLocation storeStatus storeStatusText`,
  ),
  'm-notification-ind': row(
    'mmsc',
    `transactionId! version! from subject deliveryReport stored messageClass! priority messageSize! expiry!
     ${REPLY_CHARGING} distributionIndicator elementDescriptor recommendedRetrievalMode recommendedRetrievalModeText
     ${APPLICATION} ${CONTENT} replaceId contentLocation!`,
  ),
  'm-notifyresp-ind': row('handset', `transactionId! version! status! reportAllowed`),
  'm-retrieve-conf': row(
    'mmsc',
    `transactionId version! messageId date! from to cc subject messageClass priority deliveryReport readReport
     ${REPLY_CHARGING} ${FORWARDED} mmState mmFlags retrieveStatus retrieveText distributionIndicator ${APPLICATION}
     ${CONTENT} replaceId contentType!`,
    true,
  ),
  'm-acknowledge-ind': row('handset', `transactionId! version! reportAllowed`),
  'm-delivery-ind': row('mmsc', `version! messageId! to! date! status! statusText ${APPLICATION}`),
  'm-read-rec-ind': row('handset', `version! messageId! to! from! date readStatus! ${APPLICATION}`),
  'm-read-orig-ind': row('mmsc', `version! messageId! to! from! date! readStatus! ${APPLICATION}`),
  'm-forward-req': row(
    'handset',
    `transactionId! version! date from! to cc bcc expiry deliveryTime reportAllowed deliveryReport readReport
     ${STORED} contentLocation! ${REPLY_CHARGING}`,
  ),
  'm-forward-conf': row(
    'mmsc',
    `transactionId! version! responseStatus! responseText messageId contentLocation storeStatus storeStatusText`,
  ),
  'm-mbox-store-req': row('handset', `transactionId! version! contentLocation! mmState mmFlags`),
  'm-mbox-store-conf': row('mmsc', `transactionId! version! contentLocation storeStatus! storeStatusText`),
  'm-mbox-view-req': row(
    'handset',
    `transactionId! version! contentLocations mmState mmFlags start limit attributes totals quotas`,
  ),
  'm-mbox-view-conf': row(
    'mmsc',
    `transactionId! version! responseStatus! responseText contentLocation ${DESCRIPTION} messageCount start limit
     attributes ${MAILBOX} ${APPLICATION} ${CONTENT} contentType!`,
    true,
  ),
  'm-mbox-upload-req': row(
    'handset',
    `transactionId! version! ${DESCRIPTION} ${APPLICATION} ${CONTENT} contentType!`,
    true,
  ),
  'm-mbox-upload-conf': row('mmsc', `transactionId! version! contentLocation storeStatus! storeStatusText`),
  'm-mbox-delete-req': row('handset', `transactionId! version! contentLocations!`),
  'm-mbox-delete-conf': row(
    'mmsc',
    `transactionId! version! contentLocations responseStatuses! responseTexts`,
  ),
  'm-mbox-descr': row(
    'mmsc',
    `version contentLocation ${DESCRIPTION} ${APPLICATION} ${CONTENT} contentType`,
    true,
  ),
  'm-delete-req': row('handset', `transactionId! version! contentLocation!`),
  'm-delete-conf': row('mmsc', `transactionId! version! contentLocation responseStatus! responseText`),
  'm-cancel-req': row('mmsc', `transactionId! version! cancelId!`),
  'm-cancel-conf': row('handset', `transactionId! version! cancelStatus!`),
};
