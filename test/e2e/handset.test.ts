import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ordinaryJpeg } from '../support/jpeg-sample.ts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { encodedString } from '../../src/codec/encoded-string.ts';
import { decodePdu, encodePdu } from '../../src/codec/pdu.ts';
import type { MmsPdu } from '../../src/codec/pdu-types.ts';
import { startPath } from '../support/end-to-end.ts';
import { mustSkip } from '../support/needs.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { HandsetStack, missingPrograms, type HandsetMessage } from './handset/handset-stack.ts';

const OWN_NUMBER = '+12025550111';
const missing = missingPrograms();
const WAIT = { timeout: 30_000, interval: 200 };

async function startHandset(port: number): Promise<HandsetStack> {
  const handset = await HandsetStack.start(`127.0.0.1:${port}`, OWN_NUMBER);
  onTestFinished(() => handset.close());
  return handset;
}

/** Waits until the handset reports the only message that it has with one of these states. */
function messageWith(handset: HandsetStack, ...states: string[]): Promise<HandsetMessage> {
  return vi.waitFor(async () => {
    const message = (await handset.messages()).find(({ status }) => states.includes(status));
    if (message === undefined) throw new Error(`no message is ${states.join(' or ')} yet`);
    return message;
  }, WAIT);
}

/** A JPEG of this size: what is labelled a picture must be one. */
function photo(octets: number): Buffer {
  const picture = ordinaryJpeg();
  return Buffer.concat([picture, Buffer.alloc(octets - picture.length, 0x5a)]);
}

/** A picture as another subscriber sends it. */
function pictureFor(number: string): Uint8Array {
  const part = (mediaType: string, contentId: string, bytes: Uint8Array) => ({
    contentType: { mediaType, parameters: [{ name: 'name', value: contentId.slice(1, -1) }] },
    headers: { contentId, contentLocation: contentId.slice(1, -1), others: [] },
    bytes,
  });
  const pdu: MmsPdu = {
    type: 'm-send-req',
    headers: {
      transactionId: 'T-e2e',
      version: '1.2',
      from: { kind: 'address', address: encodedString('+12025550122/TYPE=PLMN') },
      to: [encodedString(`${number}/TYPE=PLMN`)],
      subject: encodedString('from elsewhere'),
      contentType: { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] },
    },
    applicationHeaders: [],
    unknownHeaders: [],
    body: {
      kind: 'multipart',
      parts: [
        part('text/plain', '<text.txt>', Buffer.from('hello')),
        part('image/jpeg', '<photo.jpg>', photo(40_000)),
      ],
    },
  };
  return encodePdu(pdu);
}

describe.skipIf(mustSkip(missing.length === 0))(
  'a real handset, mmsd-tng (needs mmsd-tng, D-Bus, Python)',
  () => {
    it('finds every program that it needs', () => {
      expect(missing).toEqual([]);
    });

    it('sends a picture through the proxy, and is told that it was sent', { timeout: 60_000 }, async () => {
      const { mmsc, port, observer } = await startPath();
      const handset = await startHandset(port);
      const picture = join(handset.folder, 'photo.jpg');
      await writeFile(picture, photo(50_000));
      await handset.send('+12025550122', 'holiday', [{ id: 'photo', type: 'image/jpeg', path: picture }]);
      await messageWith(handset, 'sent');
      const [posted, ...more] = mmsc.received;
      expect(more).toEqual([]);
      const { pdu } = decodePdu(posted?.body ?? Buffer.alloc(0), { tolerate: REAL_WORLD });
      expect(pdu.headers.subject?.text).toBe('holiday');
      const parts = pdu.body?.kind === 'multipart' ? pdu.body.parts : [];
      expect(parts.map(({ contentType, bytes }) => [contentType.mediaType, bytes.length])).toContainEqual([
        'image/jpeg',
        50_000,
      ]);
      expect(observer.records.map(({ outcome }) => outcome.kind)).toEqual(['forwarded']);
    });

    it('is notified, fetches through the proxy, and acknowledges', { timeout: 60_000 }, async () => {
      const pushes: string[] = [];
      const { mmsc, port, observer } = await startPath({
        directory: scratchFolder(),
        onPush: (result) => {
          if (result.ok && result.file !== undefined) pushes.push(result.file);
        },
      });
      const handset = await startHandset(port);
      const posted = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/vnd.wap.mms-message' },
        body: Buffer.from(pictureFor(OWN_NUMBER)),
      });
      await posted.arrayBuffer();
      await mmsc.settle();
      await handset.push(await readFile(pushes[0] ?? ''));
      const received = await messageWith(handset, 'received');
      expect(received.subject).toBe('from elsewhere');
      expect(received.attachments.map(({ type, length }) => [type, length])).toEqual([
        ['text/plain', 5],
        ['image/jpeg', 40_000],
      ]);
      const types = (await observer.recorded(3)).map(
        ({ outbound, inbound }) => outbound.pduType ?? inbound.pduType,
      );
      expect(types).toEqual(['m-send-req', 'm-retrieve-conf', 'm-notifyresp-ind']);
    });

    it('is answered at once when the MMSC is dead, and does not try again', { timeout: 60_000 }, async () => {
      const { port, observer } = await startPath({ faults: ['refuse'] });
      const handset = await startHandset(port);
      const text = join(handset.folder, 'hello.txt');
      await writeFile(text, 'hello');
      await handset.send('+12025550122', 'dead', [{ id: 'text', type: 'text/plain', path: text }]);
      // mmsd-tng 2.1.0 takes every m-send-conf for success, whatever its status: what counts here is that it is content.
      await messageWith(handset, 'sent');
      expect(observer.records).toMatchObject([
        { status: 200, outcome: { kind: 'failed', code: 'connect-failed', side: 'mmsc' } },
      ]);
    });
  },
);
