/** Every message ends in exactly one way: what went in is what metrics, track, quarantine and MMSC have of it. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMmsguard } from '../../src/app/compose.ts';
import { readConfig } from '../../src/app/config-load.ts';
import { createLog } from '../../src/app/log.ts';
import { MESSAGE_ENDS, type MessageEnd } from '../../src/storage/message-track.ts';
import { TestIo } from '../support/command-run.ts';
import { ordinaryJpeg } from '../support/jpeg-sample.ts';
import { sendConfirmation } from '../support/mms-messages.ts';
import { messageWith, type TestPart } from '../support/messages-with.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

/** 20,000 are asked for; here a few show the same. */
const MESSAGES = Number(process.env['MMSGUARD_MESSAGES'] ?? 420);
const AT_ONCE = 16;

const TEXT: TestPart = { bytes: 'see you at eight' };

/** What is sent, and how each must end. The n-th message is the n-th of these, over and over. */
const KINDS: readonly (readonly [MessageEnd, 'mmsc' | 'dead' | 'nothing', readonly TestPart[]])[] = [
  ['forwarded', 'mmsc', [TEXT]],
  ['forwarded', 'mmsc', [TEXT, { type: 'image/jpeg', bytes: ordinaryJpeg() }]],
  ['stripped', 'mmsc', [TEXT, { type: 'text/html', bytes: '<html><script>document.title</script></html>' }]],
  ['quarantined', 'nothing', [{ bytes: 'have a look: https://bit.ly/3xmpl' }]],
  ['refused', 'nothing', [TEXT, { type: 'image/jpeg', bytes: '%PDF-1.4\n%%EOF\n' }]],
  ['throttled', 'nothing', [{ bytes: 'see https://blocked.example/now' }]],
  ['failed', 'dead', [TEXT]],
];

const configOf = (mmscPort: number, folder: string): string => `
listen: { port: 0 }
admin: { port: 0 }
mmsc: { url: 'http://mmsc/', connectTo: '127.0.0.1:${mmscPort}' }
allowedMmscs: [{ url: 'http://dead/', connectTo: '127.0.0.1:1' }]
rules: { watch: false }
urls: { blocked: [blocked.example] }
storage: { sqliteFile: '${join(folder, 'accounting.sqlite')}' }
policy:
  entries:
    - { name: shortened links are kept, when: { findings: [url-shortener] }, action: quarantine }
    - { name: listed addresses wait, when: { findings: [url-listed] }, action: throttle }
    - { name: pages are taken out, when: { mediaFamilies: [html] }, action: strip }
`;

describe('the accounts', () => {
  it('agree, whatever becomes of the messages', { timeout: 60_000 + MESSAGES * 50 }, async () => {
    const mmsc = await startCountingMmsc();
    const result = readConfig(configOf(mmsc.port, scratchFolder()), {});
    if (!result.ok) throw new Error(JSON.stringify(result.errors));
    const key = randomBytes(32).toString('base64');
    const keys = { MMSGUARD_KEYS: `seal k ${key};pseudonym ${key}` };
    const started = await startMmsguard(
      result.config,
      createLog({ level: 'silent', destination: 'stdout' }, new TestIo()),
      keys,
    );
    if (!started.ok) throw new Error(JSON.stringify(started.errors));
    const mmsguard = started.service;
    onTestFinished(() => mmsguard.close());
    const admin = `http://127.0.0.1:${mmsguard.adminAddress?.port}`;

    await sendAll(mmsguard.address.port);

    const sent = countsOf(
      (end) => Array.from({ length: MESSAGES }, (_, n) => kindOf(n)).filter(([e]) => e === end).length,
    );
    expect(await byMetrics(admin)).toEqual(sent);
    expect(await byTrack(admin)).toEqual(sent);
    expect(await byQuarantine(admin)).toBe(sent.quarantined);
    expect(mmsc.received()).toBe(sent.forwarded + sent.stripped);
  });
});

function kindOf(number: number): (typeof KINDS)[number] {
  return KINDS[number % KINDS.length] ?? KINDS[0]!;
}

function countsOf(count: (end: MessageEnd) => number): Record<MessageEnd, number> {
  return Object.fromEntries(MESSAGE_ENDS.map((end) => [end, count(end)])) as Record<MessageEnd, number>;
}

/** An MMSC that takes everything, and counts. */
async function startCountingMmsc(): Promise<{ readonly port: number; readonly received: () => number }> {
  let received = 0;
  const server = createServer((posted, response) => {
    void buffer(posted).then(() => {
      received += 1;
      response.end(sendConfirmation());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, received: () => received };
}

async function sendAll(port: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let next = 0;
  const send = async (): Promise<void> => {
    while (next < MESSAGES) {
      const number = next;
      next += 1;
      const [, goes, parts] = kindOf(number);
      const path = goes === 'dead' ? 'http://dead/' : '/';
      const headers = { 'Content-Type': 'application/vnd.wap.mms-message' };
      const posted = request({ port, path, method: 'POST', headers, agent });
      posted.end(messageWith(parts, { transactionId: `T-${number}` }));
      const [response] = (await once(posted, 'response')) as [NodeJS.ReadableStream];
      await buffer(response);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  agent.destroy();
}

async function byMetrics(admin: string): Promise<Record<MessageEnd, number>> {
  const text = await (await fetch(`${admin}/metrics`)).text();
  const lines = [...text.matchAll(/^mmsguard_exchanges_total\{outcome="(\w+)".*\} (\d+)$/gm)];
  return countsOf((end) =>
    lines.filter(([, outcome]) => outcome === end).reduce((sum, [, , count]) => sum + Number(count), 0),
  );
}

async function byTrack(admin: string): Promise<unknown> {
  // The track writes in batches.
  for (;;) {
    const counts = (await (await fetch(`${admin}/api/v1/messages/counts`)).json()) as Record<
      MessageEnd,
      number
    >;
    const sum = MESSAGE_ENDS.reduce((all, end) => all + counts[end], 0);
    if (sum >= MESSAGES) return counts;
    await new Promise(setImmediate);
  }
}

async function byQuarantine(admin: string): Promise<number> {
  const text = await (await fetch(`${admin}/metrics`)).text();
  return Number(/^mmsguard_quarantine_records\{state="held"\} (\d+)$/m.exec(text)?.[1]);
}
