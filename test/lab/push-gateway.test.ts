import { describe, expect, it, onTestFinished } from 'vitest';
import type { PushResult } from '../../src/lab/push-bearer.ts';
import { PAP_BYTES_MAX, PushGateway } from '../../src/lab/push-gateway.ts';
import { Inbox } from '../../src/lab/inbox.ts';
import { next } from '../support/lab-rig.ts';
import { pduBytes } from '../support/mms-messages.ts';

const NOTIFICATION = pduBytes('m-notification-ind', {
  transactionId: 'N',
  version: '1.2',
  messageClass: 'personal',
  messageSize: 1,
  expiry: { kind: 'relative', seconds: 60 },
  contentLocation: 'http://guard/1',
});

async function startGateway(): Promise<{
  readonly gateway: PushGateway;
  readonly pushes: Inbox<PushResult>;
}> {
  const pushes = new Inbox<PushResult>();
  const gateway = await PushGateway.start({
    onPush: (push) => {
      pushes.add(push);
    },
  });
  onTestFinished(() => gateway.close());
  return { gateway, pushes };
}

function papBody(content: Buffer, address = 'WAPPUSH=+12025550122/TYPE=PLMN@push.example'): Buffer {
  const control = `<pap><push-message push-id="7@x"><address address-value="${address}"/></push-message></pap>`;
  const head = `--b\r\nContent-Type: application/xml\r\n\r\n${control}\r\n--b\r\nContent-Type: application/vnd.wap.mms-message\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')]);
}

async function post(
  gateway: PushGateway,
  body: Buffer,
  type = 'multipart/related; boundary=b',
): Promise<string> {
  const headers = { 'content-type': type };
  const response = await fetch(gateway.url, { method: 'POST', headers, body });
  expect(response.status).toBe(202);
  return response.text();
}

describe('the push gateway of the lab', () => {
  it('takes a push and carries it to the number in it', async () => {
    const { gateway, pushes } = await startGateway();
    const answer = await post(gateway, papBody(NOTIFICATION));
    expect(answer).toContain('<push-response push-id="7@x"><response-result code="1001"');
    expect(await next(pushes)).toMatchObject({
      ok: false,
      push: { to: '+12025550122', pdu: { type: 'm-notification-ind', headers: { transactionId: 'N' } } },
      reason: 'no such subscriber',
    });
  });

  it.each([
    ['no multipart', NOTIFICATION, 'application/vnd.wap.mms-message'],
    ['no PDU', papBody(Buffer.from('hello')), 'multipart/related; boundary=b'],
    ['another boundary', papBody(NOTIFICATION), 'multipart/related; boundary=c'],
    ['no number', papBody(NOTIFICATION, 'WAPPUSH=a@b/TYPE=USER@c'), 'multipart/related; boundary=b'],
    ['too much', papBody(Buffer.alloc(PAP_BYTES_MAX)), 'multipart/related; boundary=b'],
  ])('refuses %s', async (_, body, type) => {
    const { gateway } = await startGateway();
    expect(await post(gateway, body, type)).toContain('<badmessage-response code="2000"');
  });
});
