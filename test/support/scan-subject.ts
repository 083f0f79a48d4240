import type { ScanContext } from '../../src/scanning/scan-context.ts';

/** The context of a message that a handset posts through no trusted gateway, with what a test changes. */
export function scanContext(changes: Partial<ScanContext> = {}): ScanContext {
  return {
    direction: 'outbound',
    contentType: 'application/vnd.wap.mms-message',
    contentEncodings: [],
    authenticatedSender: undefined,
    senderClass: 'unknown',
    ...changes,
  };
}
