import { DEVIATIONS, type DeviationCode } from './deviations.ts';

/** Failures that no leniency can tolerate: the bytes cannot be read on, or a limit was met. */
export type FatalCode =
  /** The bytes end inside a value, or a length reaches past its container. */
  | 'truncated'
  /** Text runs to the end of its container without its NUL. */
  | 'text-unterminated'
  /** A uintvar has a sixth octet or exceeds 32 bits (WAP-230-WSP 8.1.2). */
  | 'uintvar-too-long'
  /** A Long-integer is empty, over 30 octets, or beyond 2^53 − 1. */
  | 'integer-out-of-range'
  /** A value starts with an octet that its grammar does not have. */
  | 'value-malformed'
  /** There is no X-Mms-Message-Type, none that MMS 1.3 knows, or one too late to tell how earlier headers read. */
  | 'message-type-unknown'
  /** A WAP push header that is not one (`decodePush` only). */
  | 'not-a-push'
  | 'limit-pdu-bytes'
  | 'limit-headers'
  | 'limit-parts'
  | 'limit-part-headers'
  | 'limit-nesting'
  | 'limit-parameters'
  | 'limit-text-bytes'
  | 'limit-anomalies';

/** Every code that decoding can fail with: fatal, or a deviation that the caller does not tolerate. */
export type DecodeErrorCode = FatalCode | DeviationCode;

/** The only error that leaves the codec's decoders. `offset` counts octets from the start of the input. */
export class DecodeError extends Error {
  readonly code: DecodeErrorCode;
  readonly offset: number;

  constructor(code: DecodeErrorCode, offset: number, detail: string) {
    super(`${code} at octet ${offset}: ${detail}`);
    this.name = 'DecodeError';
    this.code = code;
    this.offset = offset;
  }
}

/**
 * True for failures that end the decode wherever they are met: a limit, or a deviation that is not tolerated. The
 * others may be contained in the value that they break.
 */
export function isFinal({ code }: DecodeError): boolean {
  return code.startsWith('limit-') || Object.hasOwn(DEVIATIONS, code);
}
