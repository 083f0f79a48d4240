/** Every maximum of the decoder. They are passed in, never global; each is tested at the limit and one past it. */
export interface DecodeLimits {
  /** Bytes of a whole PDU or push. */
  readonly pduBytesMax: number;
  /** Headers of a PDU, recipients included. */
  readonly headersMax: number;
  /** Parts of a PDU, those of nested multiparts included. */
  readonly partsMax: number;
  /** Headers of one part. */
  readonly partHeadersMax: number;
  /** Multiparts inside one another; the PDU's own body is the first. */
  readonly nestingMax: number;
  /** Parameters of one Content-Type or Content-Disposition. */
  readonly parametersMax: number;
  /** Bytes of one text value, without its terminator. */
  readonly textBytesMax: number;
  /** Deviations recorded before the PDU is given up. */
  readonly anomaliesMax: number;
}

/**
 * Limits for real traffic: the largest message that a known carrier allows is 8 MiB (most allow 1 MiB), a message
 * has tens of recipients and parts, and the longest header text is a Content-Location of a few hundred bytes.
 */
export const DEFAULT_DECODE_LIMITS: DecodeLimits = {
  pduBytesMax: 10 * 1024 * 1024,
  headersMax: 512,
  partsMax: 256,
  partHeadersMax: 64,
  nestingMax: 4,
  parametersMax: 32,
  textBytesMax: 16 * 1024,
  anomaliesMax: 128,
};
