/** A thread's side of the conversation: scans one body after the other, out of the slot that the pool fills. */
import type { MessagePort } from 'node:worker_threads';
import { scanMessage, type Scanner } from './scan-message.ts';
import type { ScanCommand, ThreadReply } from './thread-messages.ts';

/**
 * Says that it is ready, and answers every command. The octets are copied out of the slot first: it is shared, and what
 * is decoded must not change. A bug in a scan ends the thread, and the pool sees that.
 */
export function serveScans(port: MessagePort, scanner: Scanner): void {
  const say = (reply: ThreadReply): void => {
    port.postMessage(reply);
  };
  let slot: Uint8Array = new Uint8Array();
  const scan = async ({ length, slot: newSlot, context }: ScanCommand): Promise<void> => {
    if (newSlot !== undefined) slot = new Uint8Array(newSlot);
    const outcome = await scanMessage(slot.slice(0, length), context, scanner);
    say({ kind: 'scanned', outcome, scansLeft: scanner.rules.scansLeft });
  };
  port.on('message', (command: ScanCommand) => {
    scan(command).catch((error: unknown) => {
      setImmediate(() => {
        throw error;
      });
    });
  });
  say({ kind: 'ready' });
}
