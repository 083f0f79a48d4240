import { describe, expect, it, onTestFinished } from 'vitest';
import { Inbox } from '../../src/lab/inbox.ts';
import type { PushResult } from '../../src/lab/push-bearer.ts';
import { PushGateway } from '../../src/lab/push-gateway.ts';
import {
  PAP_ANSWER_BYTES_MAX,
  PushAnnouncer,
  type PushGatewaySettings,
} from '../../src/proxy/push-announcer.ts';
import { ReleasedTokens } from '../../src/proxy/released-token.ts';
import type { NewRecord } from '../../src/storage/quarantine-store.ts';
import { next, startLabServer } from '../support/lab-rig.ts';
import { heldRecord } from '../support/memory-quarantine.ts';
import { retrieveConfirmation } from '../support/mms-messages.ts';

const TOKENS = new ReleasedTokens(Buffer.alloc(32, 7));
const FETCH = { method: 'GET', authority: 'mmsc', path: '/m', headers: ['X-MSISDN', '12025550122'] };
const INBOUND = { direction: 'inbound', body: retrieveConfirmation(), http: FETCH } as const;

function announcer(url: string, changes: Partial<PushGatewaySettings> = {}): PushAnnouncer {
  const gateway = {
    url,
    authorization: undefined,
    publicUrl: 'http://guard.example',
    timeoutMs: 10_000,
    ...changes,
  };
  const settings = { headers: { identity: ['x-msisdn'] }, decode: {} };
  return new PushAnnouncer({ gateway, settings, tokens: TOKENS, nowMs: () => 0 });
}

/** A gateway that answers so. */
async function startAnswering(
  text: string,
  status = 202,
): Promise<{ readonly url: string; readonly headers: unknown[] }> {
  const headers: unknown[] = [];
  const server = await startLabServer((request, response) => {
    headers.push(request.headers.authorization);
    request.resume().once('end', () => {
      response.writeHead(status, { Location: '/elsewhere' }).end(text);
    });
    return Promise.resolve();
  });
  return { url: `http://127.0.0.1:${server.port}/pap`, headers };
}

const TAKEN = '<pap><push-response><response-result code="1001"/></push-response></pap>';

describe('an announcement', () => {
  it('reaches the subscriber who fetched, by a notification of its own', async () => {
    const pushes = new Inbox<PushResult>();
    const gateway = await PushGateway.start({
      onPush: (push) => {
        pushes.add(push);
      },
    });
    onTestFinished(() => gateway.close());
    const record = await heldRecord(INBOUND);
    const announce = announcer(gateway.url);
    expect(await announce.announce(record)).toEqual({ kind: 'announced' });
    const { push } = await next(pushes);
    expect(push).toMatchObject({
      to: '+12025550122',
      pdu: {
        type: 'm-notification-ind',
        headers: {
          contentLocation: `http://guard.example${TOKENS.pathOf(record.id)}`,
          messageSize: record.body.length,
        },
      },
    });
    await announce.announce(record);
    const again = await next(pushes);
    expect(again.push.pdu.headers.transactionId).not.toBe(push.pdu.headers.transactionId);
  });

  it.each([
    ['the number that the gateway gave', ['X-MSISDN', '+12025550199'], [], '+12025550199'],
    ['the only recipient', [], ['+12025550122/TYPE=PLMN'], '+12025550122'],
    ['nobody, of two recipients', [], ['+1202555012/TYPE=PLMN', '+1202555013/TYPE=PLMN'], undefined],
    ['nobody by mail', [], ['ada@example.com'], undefined],
    ['nobody without a recipient', [], [], undefined],
    ['nobody whose number would break the address', ['X-MSISDN', '+1202555"/><x'], [], undefined],
    ['nobody by a number of four digits', ['X-MSISDN', '1234'], [], undefined],
    ['a number of five digits', ['X-MSISDN', '12345'], [], '+12345'],
    ['a number of fifteen digits', ['X-MSISDN', '123456789012345'], [], '+123456789012345'],
    ['nobody by a number of sixteen digits', ['X-MSISDN', '1234567890123456'], [], undefined],
  ])('goes to %s', async (_, headers, recipients, expected) => {
    const pushes: string[] = [];
    const gateway = await PushGateway.start({
      onPush: ({ push }) => {
        pushes.push(push.to);
      },
    });
    onTestFinished(() => gateway.close());
    const envelope = { sender: undefined, from: undefined, recipients };
    const changes: Partial<NewRecord> = { ...INBOUND, http: { ...FETCH, headers }, envelope };
    const { kind } = await announcer(gateway.url).announce(await heldRecord(changes));
    await gateway.close();
    expect([kind, pushes]).toEqual(expected === undefined ? ['no-recipient', []] : ['announced', [expected]]);
  });

  it('goes to nobody who posted', async () => {
    const record = await heldRecord({ ...INBOUND, http: { ...FETCH, method: 'POST' } });
    expect(await announcer('http://127.0.0.1:1/').announce(record)).toEqual({ kind: 'no-recipient' });
  });

  it.each([
    ['1000', 'announced'],
    ['1999', 'announced'],
    ['2000', 'failed'],
    ['0999', 'failed'],
  ])('that the gateway answers with %s is %s', async (code, kind) => {
    const { url } = await startAnswering(TAKEN.replace('1001', code));
    expect(await announcer(url).announce(await heldRecord(INBOUND))).toMatchObject({ kind });
  });

  it.each([
    ['HTTP 500', TAKEN, 500],
    ['the answer is no push-response', 'OK', 200],
    ['unexpected redirect', TAKEN, 302],
    [`an answer of over ${PAP_ANSWER_BYTES_MAX} octets`, TAKEN.padEnd(PAP_ANSWER_BYTES_MAX + 1), 200],
  ])('has failed: %s', async (detail, text, status) => {
    const { url } = await startAnswering(text, status);
    expect(await announcer(url).announce(await heldRecord(INBOUND))).toEqual({ kind: 'failed', detail });
  });

  it('may be answered with as much as is read', async () => {
    const { url } = await startAnswering(TAKEN.padEnd(PAP_ANSWER_BYTES_MAX));
    expect(await announcer(url).announce(await heldRecord(INBOUND))).toEqual({ kind: 'announced' });
  });

  it('has failed when nobody listens, or nobody answers in time', async () => {
    const server = await startLabServer(() => Promise.resolve());
    const url = `http://127.0.0.1:${server.port}/pap`;
    const record = await heldRecord(INBOUND);
    expect(await announcer(url, { timeoutMs: 50 }).announce(record)).toEqual({
      kind: 'failed',
      detail: 'no answer in time',
    });
    await server.close();
    expect(await announcer(url).announce(record)).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it('carries the credentials of the gateway, if there are any', async () => {
    const { url, headers } = await startAnswering(TAKEN);
    const record = await heldRecord(INBOUND);
    await announcer(url, { authorization: 'Basic YTpi' }).announce(record);
    await announcer(url).announce(record);
    expect(headers).toEqual(['Basic YTpi', undefined]);
  });
});
