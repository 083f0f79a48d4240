import type { ResponseStatus, STORE_STATUS_TOKENS } from '../codec/mms-tokens.ts';
import type { ProxySettings } from './settings.ts';

/** The name of an X-Mms-Store-Status. */
export type StoreStatus = (typeof STORE_STATUS_TOKENS)[keyof typeof STORE_STATUS_TOKENS];

/** Why the proxy answers in the MMSC's place. */
export type ReplyReason =
  | 'content'
  | 'not-inspected'
  | 'undecodable'
  | 'too-large'
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
  /** For a request that no MMS answer exists for. */
  readonly httpStatus: number;
  /** What the subscriber reads. */
  readonly text: keyof ProxySettings['texts'];
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
  httpStatus: 503,
  text: 'tryLater',
} as const satisfies ReasonRow;

const MMSC_FAILED = {
  ...TRY_LATER,
  responseStatus: 'error-transient-network-problem',
  responseStatus10: 'error-network-problem',
  storeStatus: 'error-transient-network-problem',
} as const satisfies ReasonRow;

/** Statuses by reason (OMA-TS-MMS_ENC-V1_3 7.3.48, 7.3.59). */
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
  overloaded: TRY_LATER,
  'body-too-slow': { ...TRY_LATER, httpStatus: 408 },
  'mmsc-unreachable': { ...MMSC_FAILED, httpStatus: 502 },
  'mmsc-timeout': { ...MMSC_FAILED, httpStatus: 504 },
  'internal-error': { ...TRY_LATER, httpStatus: 500 },
};
