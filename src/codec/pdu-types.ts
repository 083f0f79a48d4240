import type { Anomaly } from './deviations.ts';
import type { FieldKey, MmsHeaders } from './mms-fields.ts';
import type { MessageType } from './mms-tokens.ts';
import type { Multipart } from './multipart.ts';

/** A header whose field number MMS 1.3 does not assign: its octet, and the octets of its value. */
export interface UnknownHeader {
  readonly octet: number;
  readonly value: Uint8Array;
}

/** An application header: two texts (OMA-TS-MMS_ENC 7.2). */
export interface ApplicationHeader {
  readonly name: string;
  readonly value: string;
}

/** Content that is not a multipart: its type is the PDU's Content-Type. */
export interface SingleBody {
  readonly kind: 'single';
  readonly bytes: Uint8Array;
}

/** What follows Content-Type. */
export type PduBody = Multipart | SingleBody;

/** An MMS PDU as a value. What two PDUs encode to differs only if the values do. */
export interface MmsPdu {
  readonly type: MessageType;
  readonly headers: MmsHeaders;
  readonly applicationHeaders: readonly ApplicationHeader[];
  readonly unknownHeaders: readonly UnknownHeader[];
  readonly body: PduBody | undefined;
}

/** Where one header stood on the wire, in wire order; `key` is undefined for application and unknown headers. */
export interface HeaderSpan {
  readonly key: FieldKey | undefined;
  readonly name: string;
  readonly offset: number;
  readonly end: number;
}

/** A decoded PDU, what was tolerated in it, and where its headers stood. Part bytes are views of the input. */
export interface DecodedPdu {
  readonly pdu: MmsPdu;
  readonly anomalies: readonly Anomaly[];
  readonly layout: readonly HeaderSpan[];
}
