/** The octet tokens of MMS headers (OMA-TS-MMS_ENC-V1_3 section 7.3 and table 26). One table a header. */

export const MESSAGE_TYPE_TOKENS = {
  0x80: 'm-send-req',
  0x81: 'm-send-conf',
  0x82: 'm-notification-ind',
  0x83: 'm-notifyresp-ind',
  0x84: 'm-retrieve-conf',
  0x85: 'm-acknowledge-ind',
  0x86: 'm-delivery-ind',
  0x87: 'm-read-rec-ind',
  0x88: 'm-read-orig-ind',
  0x89: 'm-forward-req',
  0x8a: 'm-forward-conf',
  0x8b: 'm-mbox-store-req',
  0x8c: 'm-mbox-store-conf',
  0x8d: 'm-mbox-view-req',
  0x8e: 'm-mbox-view-conf',
  0x8f: 'm-mbox-upload-req',
  0x90: 'm-mbox-upload-conf',
  0x91: 'm-mbox-delete-req',
  0x92: 'm-mbox-delete-conf',
  0x93: 'm-mbox-descr',
  0x94: 'm-delete-req',
  0x95: 'm-delete-conf',
  0x96: 'm-cancel-req',
  0x97: 'm-cancel-conf',
} as const;

/** The name of a PDU type. */
export type MessageType = (typeof MESSAGE_TYPE_TOKENS)[keyof typeof MESSAGE_TYPE_TOKENS];

export const YES_NO = { 0x80: 'yes', 0x81: 'no' } as const;

export const MESSAGE_CLASS_TOKENS = {
  0x80: 'personal',
  0x81: 'advertisement',
  0x82: 'informational',
  0x83: 'auto',
} as const;

export const PRIORITY_TOKENS = { 0x80: 'low', 0x81: 'normal', 0x82: 'high' } as const;

/** 0x81 to 0x88 are of MMS 1.0 and obsolete; 0xC0 to 0xDF are transient, 0xE0 to 0xFF permanent. */
export const RESPONSE_STATUS_TOKENS = {
  0x80: 'ok',
  0x81: 'error-unspecified',
  0x82: 'error-service-denied',
  0x83: 'error-message-format-corrupt',
  0x84: 'error-sending-address-unresolved',
  0x85: 'error-message-not-found',
  0x86: 'error-network-problem',
  0x87: 'error-content-not-accepted',
  0x88: 'error-unsupported-message',
  0xc0: 'error-transient-failure',
  0xc1: 'error-transient-sending-address-unresolved',
  0xc2: 'error-transient-message-not-found',
  0xc3: 'error-transient-network-problem',
  0xc4: 'error-transient-partial-success',
  0xe0: 'error-permanent-failure',
  0xe1: 'error-permanent-service-denied',
  0xe2: 'error-permanent-message-format-corrupt',
  0xe3: 'error-permanent-sending-address-unresolved',
  0xe4: 'error-permanent-message-not-found',
  0xe5: 'error-permanent-content-not-accepted',
  0xe6: 'error-permanent-reply-charging-limitations-not-met',
  0xe7: 'error-permanent-reply-charging-request-not-accepted',
  0xe8: 'error-permanent-reply-charging-forwarding-denied',
  0xe9: 'error-permanent-reply-charging-not-supported',
  0xea: 'error-permanent-address-hiding-not-supported',
  0xeb: 'error-permanent-lack-of-prepaid',
} as const;

/** The name of an X-Mms-Response-Status. */
export type ResponseStatus = (typeof RESPONSE_STATUS_TOKENS)[keyof typeof RESPONSE_STATUS_TOKENS];

export const RETRIEVE_STATUS_TOKENS = {
  0x80: 'ok',
  0xc0: 'error-transient-failure',
  0xc1: 'error-transient-message-not-found',
  0xc2: 'error-transient-network-problem',
  0xe0: 'error-permanent-failure',
  0xe1: 'error-permanent-service-denied',
  0xe2: 'error-permanent-message-not-found',
  0xe3: 'error-permanent-content-unsupported',
} as const;

export const SENDER_VISIBILITY_TOKENS = { 0x80: 'hide', 0x81: 'show' } as const;

export const STATUS_TOKENS = {
  0x80: 'expired',
  0x81: 'retrieved',
  0x82: 'rejected',
  0x83: 'deferred',
  0x84: 'unrecognised',
  0x85: 'indeterminate',
  0x86: 'forwarded',
  0x87: 'unreachable',
} as const;

export const READ_STATUS_TOKENS = { 0x80: 'read', 0x81: 'deleted-without-being-read' } as const;

export const REPLY_CHARGING_TOKENS = {
  0x80: 'requested',
  0x81: 'requested-text-only',
  0x82: 'accepted',
  0x83: 'accepted-text-only',
} as const;

export const MM_STATE_TOKENS = {
  0x80: 'draft',
  0x81: 'sent',
  0x82: 'new',
  0x83: 'retrieved',
  0x84: 'forwarded',
} as const;

export const STORE_STATUS_TOKENS = {
  0x80: 'success',
  0xc0: 'error-transient-failure',
  0xc1: 'error-transient-network-problem',
  0xe0: 'error-permanent-failure',
  0xe1: 'error-permanent-service-denied',
  0xe2: 'error-permanent-message-format-corrupt',
  0xe3: 'error-permanent-message-not-found',
  0xe4: 'error-permanent-mmbox-full',
} as const;

export const RETRIEVAL_MODE_TOKENS = { 0x80: 'manual' } as const;

export const CONTENT_CLASS_TOKENS = {
  0x80: 'text',
  0x81: 'image-basic',
  0x82: 'image-rich',
  0x83: 'video-basic',
  0x84: 'video-rich',
  0x85: 'megapixel',
  0x86: 'content-basic',
  0x87: 'content-rich',
} as const;

export const CANCEL_STATUS_TOKENS = {
  0x80: 'cancel-request-successfully-received',
  0x81: 'cancel-request-corrupted',
} as const;

/** What an X-Mms-MM-Flags header does with its keyword. */
export const MM_FLAGS_TOKENS = { 0x80: 'add', 0x81: 'remove', 0x82: 'filter' } as const;

/** What an X-Mms-Mbox-Totals or -Quotas header counts. */
export const MBOX_UNIT_TOKENS = { 0x80: 'messages', 0x81: 'octets' } as const;
