import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePush } from '../../src/codec/wap-push.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { readBody } from '../../src/lab/bounded-body.ts';
import type { Push } from '../../src/lab/mmsc-service.ts';
import { plainPdu } from '../../src/lab/plain-pdu.ts';
import { PushBearer, type PushResult } from '../../src/lab/push-bearer.ts';
import { BOB, startLabServer, urlOf } from '../support/lab-rig.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const PUSH: Push = {
  to: BOB,
  pdu: plainPdu('m-delivery-ind', {
    version: '1.3',
    messageId: 'M',
    to: [{ text: '+1' }],
    date: 1,
    status: 'retrieved',
  }),
};

/** Sends pushes and gives what became of them. */
async function carried(
  options: { readonly directory?: string; readonly url?: string },
  count = 1,
): Promise<readonly PushResult[]> {
  const results: PushResult[] = [];
  const bearer = new PushBearer({
    directory: options.directory,
    onPush: (result) => results.push(result),
  });
  if (options.url !== undefined) bearer.subscribe(BOB, options.url);
  for (let sent = 0; sent < count; sent += 1) bearer.send(PUSH);
  await bearer.settle();
  await bearer.close();
  return results;
}

/** A handset that answers every push with a status, and the pushes that it took. */
async function startTaker(status: number) {
  const taken: Buffer[] = [];
  const server = await startLabServer(async (request, response) => {
    const reading = await readBody(request, 1000);
    if (reading.ok) taken.push(reading.bytes);
    response.writeHead(status).end();
  });
  return { taken, url: urlOf(server) };
}

describe('a push bearer', () => {
  it('writes each push as a file of its own, whole', async () => {
    const directory = join(scratchFolder(), 'pushes');
    const results = await carried({ directory }, 3);
    const files = readdirSync(directory).sort();
    expect(results.map((result) => result.ok && result.file).sort()).toEqual(
      files.map((file) => join(directory, file)),
    );
    expect(files).toHaveLength(3);
    const push = decodePush(readFileSync(join(directory, files[0]!)));
    expect(push.contentType.mediaType).toBe('application/vnd.wap.mms-message');
    expect(decodePdu(push.bytes).pdu).toEqual(PUSH.pdu);
  });

  it('posts a push to its subscriber', async () => {
    const { taken, url } = await startTaker(200);
    expect(await carried({ url })).toMatchObject([{ ok: true, file: undefined }]);
    expect(taken.map((sdu) => decodePdu(decodePush(sdu).bytes).pdu)).toEqual([PUSH.pdu]);
  });

  it('does both', async () => {
    const { taken, url } = await startTaker(200);
    const directory = scratchFolder();
    await carried({ directory, url });
    expect([taken.length, readdirSync(directory).length]).toEqual([1, 1]);
  });

  it('tells of a handset that does not take it', async () => {
    const { url } = await startTaker(503);
    expect(await carried({ url })).toMatchObject([{ ok: false, reason: 'HTTP 503' }]);
  });

  it('tells of a subscriber that nobody knows', async () => {
    expect(await carried({})).toMatchObject([{ ok: false, reason: 'no such subscriber' }]);
  });

  it('tells of a folder that cannot be written to', async () => {
    const directory = join(scratchFolder(), 'taken');
    writeFileSync(directory, '');
    expect(await carried({ directory })).toMatchObject([{ ok: false }]);
  });

  it('gives up what is on its way when it closes', async () => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
    const server = await startLabServer(async () => {
      arrive(undefined);
      await Promise.resolve();
    });
    const results: PushResult[] = [];
    const bearer = new PushBearer({ onPush: (result) => results.push(result) });
    bearer.subscribe(BOB, urlOf(server));
    bearer.send(PUSH);
    await arrived;
    await bearer.close();
    expect(results).toMatchObject([{ ok: false, reason: 'stopped by its owner' }]);
  });
});
