import type { ResponseStatus, RETRIEVE_STATUS_TOKENS, STORE_STATUS_TOKENS } from '../codec/mms-tokens.ts';
import type { TextKey } from './notice-texts.ts';

/** The name of an X-Mms-Store-Status. */
export type StoreStatus = (typeof STORE_STATUS_TOKENS)[keyof typeof STORE_STATUS_TOKENS];

/** The name of an X-Mms-Retrieve-Status. */
export type RetrieveStatus = (typeof RETRIEVE_STATUS_TOKENS)[keyof typeof RETRIEVE_STATUS_TOKENS];

/** Why the proxy answers in the MMSC's place. */
export type ReplyReason =
  | 'content'
  | 'not-inspected'
  | 'undecodable'
  | 'too-large'
  /** It is kept for its recipient, who is told so. */
  | 'held'
  /** It is kept, and its sender is told that all is well. */
  | 'accepted'
  /** It is not taken now, because somebody wants it so. */
  | 'throttled'
  | 'overloaded'
  | 'body-too-slow'
  | 'mmsc-unreachable'
  | 'mmsc-timeout'
  | 'internal-error';

/** How one reason is told, in each form in which it may have to be. */
export interface ReasonRow {
  /** Permanent: trying again gives the same. Transient: the message is not lost, and may be tried again. */
  readonly lasting: 'permanent' | 'transient';
  readonly responseStatus: ResponseStatus;
  /** The same for a client of MMS 1.0, which knows only 0x80 to 0x88. */
  readonly responseStatus10: ResponseStatus;
  readonly storeStatus: StoreStatus;
  /** Of a message that may be fetched again; one that is replaced by a notice for good has none. */
  readonly retrieveStatus?: RetrieveStatus;
  /** For a request that no MMS answer exists for. */
  readonly httpStatus: number;
  /** What the subscriber reads, where anything is read: there is no text beside an Ok. */
  readonly text: TextKey;
}

/** What operators choose of how the proxy answers. */
export interface ReplySettings {
  /** X-Mms-Response-Status of a message that is not taken now. */
  readonly throttledStatus: 'error-transient-failure' | 'error-permanent-service-denied';
  /**
   * What a retrieval gets that failed for now. Some handsets acknowledge every m-retrieve-conf (mmsd-tng), and the MMSC
   * then drops the message; an HTTP error no handset acknowledges.
   */
  readonly transientRetrieve: 'http-error' | 'retrieve-conf';
}

const REFUSED = {
  lasting: 'permanent',
  responseStatus: 'error-permanent-content-not-accepted',
  responseStatus10: 'error-content-not-accepted',
  storeStatus: 'error-permanent-failure',
  httpStatus: 403,
  text: 'refused',
} as const satisfies ReasonRow;

const TRY_LATER = {
  lasting: 'transient',
  responseStatus: 'error-transient-failure',
  responseStatus10: 'error-unspecified',
  storeStatus: 'error-transient-failure',
  retrieveStatus: 'error-transient-failure',
  httpStatus: 503,
  text: 'tryLater',
} as const satisfies ReasonRow;

const MMSC_FAILED = {
  ...TRY_LATER,
  responseStatus: 'error-transient-network-problem',
  responseStatus10: 'error-network-problem',
  storeStatus: 'error-transient-network-problem',
  retrieveStatus: 'error-transient-network-problem',
} as const satisfies ReasonRow;

/** Statuses by reason (OMA-TS-MMS_ENC-V1_3 7.3.48, 7.3.50, 7.3.59). */
export const REPLY_REASONS: Readonly<Record<ReplyReason, ReasonRow>> = {
  content: REFUSED,
  'not-inspected': REFUSED,
  undecodable: {
    ...REFUSED,
    responseStatus: 'error-permanent-message-format-corrupt',
    responseStatus10: 'error-message-format-corrupt',
    storeStatus: 'error-permanent-message-format-corrupt',
    httpStatus: 400,
  },
  // MMS has no status for size, and the same message will always be too large.
  'too-large': { ...REFUSED, httpStatus: 413 },
  held: { ...REFUSED, text: 'held' },
  accepted: {
    lasting: 'permanent',
    responseStatus: 'ok',
    responseStatus10: 'ok',
    storeStatus: 'success',
    httpStatus: 200,
    text: 'held',
  },
  throttled: TRY_LATER,
  overloaded: TRY_LATER,
  'body-too-slow': { ...TRY_LATER, httpStatus: 408 },
  'mmsc-unreachable': { ...MMSC_FAILED, httpStatus: 502 },
  'mmsc-timeout': { ...MMSC_FAILED, httpStatus: 504 },
  'internal-error': { ...TRY_LATER, httpStatus: 500 },
};

/** A handset that is denied does not try again by itself; all the same, nothing is lost, and its user may. */
const DENIED = {
  ...TRY_LATER,
  responseStatus: 'error-permanent-service-denied',
  responseStatus10: 'error-service-denied',
  storeStatus: 'error-permanent-service-denied',
} as const satisfies ReasonRow;

/** How a reason is told by an operator with these settings. */
export function reasonRow(reason: ReplyReason, { throttledStatus }: ReplySettings): ReasonRow {
  const isDenied = reason === 'throttled' && throttledStatus === 'error-permanent-service-denied';
  return isDenied ? DENIED : REPLY_REASONS[reason];
}
