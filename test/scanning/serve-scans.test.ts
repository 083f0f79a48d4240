import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createScanner } from '../../src/scanning/scan-message.ts';
import { serveScans } from '../../src/scanning/serve-scans.ts';
import type { ScanCommand, ThreadReply } from '../../src/scanning/thread-messages.ts';
import { NO_RULES } from '../support/local-scanner.ts';
import { sendRequest } from '../support/mms-messages.ts';
import { scanSettings } from '../support/scan-rig.ts';
import { scanContext } from '../support/scan-subject.ts';

function serve() {
  const { port1, port2 } = new MessageChannel();
  const replies: ThreadReply[] = [];
  port1.on('message', (reply: ThreadReply) => replies.push(reply));
  onTestFinished(() => {
    port1.close();
  });
  serveScans(port2, createScanner(scanSettings(), NO_RULES, 'digest'));
  const ask = (command: Omit<ScanCommand, 'context'>): void => {
    port1.postMessage({ ...command, context: scanContext() });
  };
  return { replies, ask };
}

describe('serveScans', () => {
  it('says that it is ready, then answers each command out of the slot', async () => {
    const { replies, ask } = serve();
    const body = sendRequest();
    const slot = new SharedArrayBuffer(1000);
    new Uint8Array(slot).set(body);
    ask({ length: body.length, slot });
    ask({ length: 3, slot: undefined });
    await expect.poll(() => replies).toHaveLength(3);
    expect(replies).toMatchObject([
      { kind: 'ready' },
      { kind: 'scanned', outcome: { kind: 'inspected', report: { parts: [{ family: 'text' }] } } },
      { kind: 'scanned', outcome: { kind: 'not-inspected', gaps: [{ reason: 'undecodable' }] } },
    ]);
  });

  it('has copied the octets before it looks at them', async () => {
    const { replies, ask } = serve();
    const body = sendRequest({}, 60_000);
    const slot = new SharedArrayBuffer(body.length);
    new Uint8Array(slot).set(body);
    ask({ length: body.length, slot });
    await expect.poll(() => replies).toHaveLength(2);
    expect(replies[1]).toMatchObject({ outcome: { kind: 'inspected' } });
  });
});
