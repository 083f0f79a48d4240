import { describe, expect, it, onTestFinished } from 'vitest';
import { ByteBudget } from '../../src/proxy/byte-budget.ts';
import type { UpstreamFailureCode, UpstreamRequest, UpstreamResult } from '../../src/proxy/forwarder.ts';
import { deliver, DELIVERY_MS_MAX, type DeliveryParts } from '../../src/proxy/mmsc-delivery.ts';
import { NodeForwarder } from '../../src/proxy/node-forwarder.ts';
import { releaseTransactionId } from '../../src/proxy/transaction-id.ts';
import { CLAIM_MS } from '../../src/storage/quarantine-store.ts';
import { newRecord } from '../support/held-records.ts';
import { heldRecord } from '../support/memory-quarantine.ts';
import { pduBytes, sendConfirmation, sendRequest } from '../support/mms-messages.ts';
import { proxySettings } from '../support/proxy-settings.ts';
import { startMmsc } from '../support/proxy-rig.ts';
import { answering, resetting } from '../support/scripted-mmsc.ts';

async function startDelivery(): Promise<{
  readonly mmsc: Awaited<ReturnType<typeof startMmsc>>;
  readonly parts: DeliveryParts;
  readonly budget: ByteBudget;
}> {
  const mmsc = await startMmsc();
  const settings = proxySettings(mmsc.settings());
  const forwarder = new NodeForwarder(settings);
  onTestFinished(() => {
    forwarder.close();
  });
  const budget = new ByteBudget(1_000_000);
  return { mmsc, parts: { settings, forwarder, budget }, budget };
}

describe('a delivery', () => {
  it('posts the message as the proxy would have, under the id of its release, and reads the confirmation', async () => {
    const { mmsc, parts, budget } = await startDelivery();
    mmsc.script = answering(sendConfirmation());
    const record = await heldRecord();
    expect(await deliver(record, parts)).toEqual({ kind: 'taken', messageId: 'M' });
    const [request, ...others] = mmsc.requests;
    const sent = sendRequest({ transactionId: releaseTransactionId(record.id) });
    expect(others).toEqual([]);
    expect([request?.requestLine, request?.body]).toEqual(['POST /send?a=1 HTTP/1.1', sent]);
    expect(request?.rawHeaders).toEqual(
      expect.arrayContaining(['Host', 'mmsc', 'Content-Type', 'application/vnd.wap.mms-message']),
    );
    expect(request?.rawHeaders.filter((name) => name.toLowerCase() === 'content-length')).toHaveLength(1);
    expect(budget.held).toBe(0);
  });

  it('has the same octets when it is repeated', async () => {
    const { mmsc, parts } = await startDelivery();
    mmsc.script = answering(sendConfirmation());
    const record = await heldRecord();
    await deliver(record, parts);
    await deliver(record, parts);
    expect(mmsc.requests[0]?.body).toEqual(mmsc.requests[1]?.body);
  });

  it.each([
    ['that is encoded', { http: { ...newRecord().http, headers: ['Content-Encoding', 'gzip'] } }],
    ['that is no PDU', { body: Buffer.from('no PDU'), pduType: undefined }],
  ])('sends the original octets of a body %s', async (_, changes) => {
    const { mmsc, parts } = await startDelivery();
    mmsc.script = answering(sendConfirmation());
    const record = await heldRecord(changes);
    expect(await deliver(record, parts)).toMatchObject({ kind: 'taken' });
    expect(mmsc.requests[0]?.body).toEqual(record.body);
  });

  it('tells of an MMSC that is not there, or breaks off', async () => {
    const { mmsc, parts, budget } = await startDelivery();
    mmsc.script = resetting;
    const detail = 'the connection broke before an answer: the MMSC may have taken it';
    expect(await deliver(await heldRecord(), parts)).toEqual({ kind: 'failed', detail });
    await mmsc.close();
    expect(await deliver(await heldRecord(), parts)).toEqual({
      kind: 'failed',
      detail: 'not sent: no connection',
    });
    expect(budget.held).toBe(0);
  });

  it('ends before its claim runs out', () => {
    expect(DELIVERY_MS_MAX).toBeLessThan(CLAIM_MS);
  });
});

/** A forwarder that notes where it was to send to. */
function recordingParts(settings: DeliveryParts['settings'], answer: UpstreamResult) {
  const hosts: string[] = [];
  const send = (request: UpstreamRequest): Promise<UpstreamResult> => {
    hosts.push(request.mmsc.host);
    return Promise.resolve(answer);
  };
  const forwarder = { send, close: () => undefined };
  return { hosts, parts: { settings, forwarder, budget: new ByteBudget(1000) } };
}

const MMSC = { host: 'mmsc', port: 80, connect: { protocol: 'http:', host: '127.0.0.1', port: 1 } } as const;
const OTHER = { ...MMSC, host: 'other', port: 8080 };
const ABORTED = { kind: 'failure', code: 'aborted' } as const;

describe('the MMSC of a message', () => {
  it.each([
    ['mmsc', [OTHER], ['mmsc']],
    ['mmsc:80', [OTHER], ['mmsc']],
    ['other:8080', [OTHER], ['other']],
    ['other', [OTHER], []],
    ['guard.example:9090', [OTHER], []],
    ['guard.example:9090', [], ['mmsc']],
  ])(
    'called %s is found among the configured ones, or is the only one',
    async (authority, allowedMmscs, to) => {
      const { hosts, parts } = recordingParts(proxySettings(MMSC, { allowedMmscs }), ABORTED);
      const delivery = await deliver(await heldRecord({ http: { ...newRecord().http, authority } }), parts);
      expect(hosts).toEqual(to);
      if (to.length === 0)
        expect(delivery).toEqual({ kind: 'failed', detail: `not sent: no MMSC ${authority} is configured` });
    },
  );
});

describe('a failure of the MMSC', () => {
  const CODES: readonly (readonly [UpstreamFailureCode, RegExp])[] = [
    ['connect-failed', /^not sent/],
    ['connect-timeout', /^not sent/],
    ['response-timeout', /may have taken it$/],
    ['reset', /may have taken it$/],
    ['response-truncated', /may have taken it$/],
    ['response-too-large', /may have taken it$/],
    ['response-overloaded', /may have taken it$/],
    ['response-malformed', /may have taken it$/],
    ['aborted', /may have taken it$/],
  ];

  it.each(CODES)('%s says whether the message may be there', async (code, detail) => {
    const { parts } = recordingParts(proxySettings(MMSC), { kind: 'failure', code });
    expect(await deliver(await heldRecord(), parts)).toEqual({
      kind: 'failed',
      detail: expect.stringMatching(detail) as string,
    });
  });

  it('is no failure when the answer is a refusal', async () => {
    const status = 'error-permanent-service-denied';
    const body = pduBytes('m-send-conf', { transactionId: 'T', version: '1.2', responseStatus: status });
    const answer = { kind: 'response', status: 200, statusMessage: 'OK', httpVersion: '1.1' } as const;
    const { parts } = recordingParts(proxySettings(MMSC), { ...answer, rawHeaders: [], body });
    expect(await deliver(await heldRecord(), parts)).toEqual({ kind: 'refused', status });
  });
});
