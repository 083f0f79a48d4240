/** What a real handset makes of each way in which a message does not pass: it must come to rest. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startPath, type Path } from '../support/end-to-end.ts';
import { messageWith } from '../support/messages-with.ts';
import { mustSkip } from '../support/needs.ts';
import { proxyStorage } from '../support/proxy-storage.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { HandsetStack, missingPrograms, type HandsetMessage } from './handset/handset-stack.ts';

const OWN_NUMBER = '+12025550111';
const WAIT = { timeout: 30_000, interval: 200 };

/** For how long a handset that has its answer is watched for another try. */
const QUIET_SECONDS = Number(process.env['MMSGUARD_QUIET_SECONDS'] ?? 2);

/** A PDF that says it is a picture: a finding of severity high in part 1. */
const DISGUISED = Buffer.from('%PDF-1.4\n%%EOF\n');

const policyFor = (action: string, more = ''): string => `
policy: { severities: { high: ${action}, critical: ${action} } }
storage: { sqliteFile: the-test-brings-its-own.sqlite }
${more}
`;

async function startHandset({ port }: Path): Promise<HandsetStack> {
  const handset = await HandsetStack.start(`127.0.0.1:${port}`, OWN_NUMBER);
  onTestFinished(() => handset.close());
  return handset;
}

function messageThatIs(handset: HandsetStack, status: string): Promise<HandsetMessage> {
  return vi.waitFor(async () => {
    const message = (await handset.messages()).find((each) => each.status === status);
    if (message === undefined) throw new Error(`no message is ${status} yet`);
    return message;
  }, WAIT);
}

async function expectQuiet({ observer }: Path): Promise<void> {
  const before = observer.records.length;
  await sleep(QUIET_SECONDS * 1000);
  expect(observer.records.slice(before)).toEqual([]);
}

describe.skipIf(mustSkip(missingPrograms().length === 0))(
  'a real handset, mmsd-tng (needs mmsd-tng, D-Bus, Python)',
  () => {
    const timeout = 60_000 + QUIET_SECONDS * 1000;

    it.each([
      ['refused', policyFor('refuse'), { kind: 'refused' }, 0],
      ['throttled', policyFor('throttle'), { kind: 'throttled' }, 0],
      ['quarantined and told refused', policyFor('quarantine'), { kind: 'quarantined', code: 'refused' }, 0],
      [
        'quarantined and told accepted',
        policyFor('quarantine', 'quarantine: { told: accepted }'),
        { kind: 'quarantined', code: 'accepted' },
        0,
      ],
      ['stripped', policyFor('strip'), { kind: 'stripped' }, 1],
    ] as const)('comes to rest when what it sends is %s', { timeout }, async (_, config, outcome, sent) => {
      const path = await startPath({}, { config, storage: await proxyStorage() });
      const handset = await startHandset(path);
      const file = join(handset.folder, 'photo.jpg');
      await writeFile(file, DISGUISED);
      await handset.send('+12025550122', 'look', [{ id: 'photo', type: 'image/jpeg', path: file }]);
      // mmsd-tng 2.1.0 takes every m-send-conf for success, whatever its status.
      await messageThatIs(handset, 'sent');
      expect(path.observer.records).toMatchObject([{ status: 200, outcome }]);
      expect(path.mmsc.received.length).toBe(sent);
      await expectQuiet(path);
    });

    it.each([
      ['refused', policyFor('refuse'), { kind: 'refused' }],
      ['quarantined', policyFor('quarantine'), { kind: 'quarantined', code: 'notice' }],
      ['stripped', policyFor('strip'), { kind: 'stripped' }],
    ] as const)(
      'shows a notice and acknowledges when what it fetches is %s',
      { timeout },
      async (_, config, outcome) => {
        const pushes: string[] = [];
        const path = await startPath(
          {
            directory: scratchFolder(),
            onPush: (result) => {
              if (result.ok && result.file !== undefined) pushes.push(result.file);
            },
          },
          { config, storage: await proxyStorage() },
        );
        const handset = await startHandset(path);
        await submit(path);
        await handset.push(await readFile(pushes[0] ?? ''));
        const received = await messageThatIs(handset, 'received');
        const types = received.attachments.map(({ type }) => type.replace(/;.*/, ''));
        expect(new Set(types)).toEqual(new Set(['text/plain']));
        const records = await path.observer.recorded(2);
        expect(records).toMatchObject([{ outcome }, { outbound: { pduType: 'm-notifyresp-ind' } }]);
        await expectQuiet(path);
      },
    );
  },
);

/** Gives the MMSC a bad message for the handset, past the proxy. */
async function submit({ mmsc }: Path): Promise<void> {
  const parts = [{ bytes: 'hello' }, { type: 'image/jpeg', bytes: DISGUISED }];
  const response = await fetch(`http://127.0.0.1:${mmsc.port}/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/vnd.wap.mms-message', 'X-MSISDN': '+12025550122' },
    body: messageWith(parts, { to: [{ text: `${OWN_NUMBER}/TYPE=PLMN` }] }),
  });
  await response.arrayBuffer();
  await mmsc.settle();
}
