/** What is said of a body by what carries it. It is part of the question, so it is part of the key of a verdict. */
export interface ScanContext {
  /** `outbound`: posted by a handset, and so claimed to be a message. `inbound`: an answer of the MMSC. */
  readonly direction: 'outbound' | 'inbound';
  readonly contentType: string | undefined;
  /** The values of all Content-Encoding headers. */
  readonly contentEncodings: readonly string[];
  /** The sender's number as the gateway has authenticated it. */
  readonly authenticatedSender: string | undefined;
  /** What the sender is to the operator; rules see it as `sender_class`. */
  readonly senderClass: 'authenticated' | 'unknown';
}
