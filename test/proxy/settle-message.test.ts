/** What becomes of a message, over real sockets and with the real quarantine. */
import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../src/codec/pdu.ts';
import type { HoldResult } from '../../src/storage/quarantine-store.ts';
import type { QuarantineSettings } from '../../src/proxy/settings.ts';
import { messageWith, partWith } from '../support/messages-with.ts';
import { pduBytes, retrieveConfirmation, sendRequest } from '../support/mms-messages.ts';
import { policyOf, type PolicyChanges } from '../support/policies.ts';
import { proxyStorage } from '../support/proxy-storage.ts';
import { startRig } from '../support/proxy-rig.ts';
import { post, type RawResponse } from '../support/raw-http.ts';
import { answering } from '../support/scripted-mmsc.ts';

const MMS_OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.wap.mms-message\r\n';
const GET = 'GET /x?AaamMbG2 HTTP/1.1\r\nHost: mmsc\r\n\r\n';
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
/** A finding of severity high in part 1. */
const BAD = messageWith([{ bytes: 'an ordinary text' }, { type: 'image/jpeg', bytes: PDF }]);
const pduOf = (answer: RawResponse) => decodePdu(answer.body).pdu;

interface Setup {
  readonly policy?: PolicyChanges;
  readonly quarantine?: Partial<QuarantineSettings>;
  /** What the store says; without it the real one is asked. */
  readonly holding?: HoldResult;
}

async function startSettling({ policy, quarantine = {}, holding }: Setup) {
  const storage = await proxyStorage(holding);
  const rig = await startRig(
    { policy: policyOf(policy), quarantine: { ...QUARANTINE, ...quarantine } },
    { storage },
  );
  return { rig, storage };
}

const QUARANTINE: QuarantineSettings = {
  told: 'refused',
  inbound: 'keep',
  whenFull: 'throttle',
  whenFailed: 'throttle',
  retentionMs: { info: 1e6, low: 1e6, medium: 1e6, high: 1e6, critical: 1e6 },
};

const QUARANTINED: PolicyChanges = { severities: { high: 'quarantine', critical: 'quarantine' } };

describe('a message that the policy stops', () => {
  it('passes in monitor mode, octet for octet, and is told of as if it had been stopped', async () => {
    const { rig } = await startSettling({ policy: { mode: 'monitor' } });
    expect((await rig.ask(post(BAD))).status).toBe(200);
    expect(rig.mmsc.requests[0]?.body.equals(BAD)).toBe(true);
    expect(await rig.onlyRecord()).toMatchObject({
      outcome: { kind: 'forwarded' },
      outbound: { decision: { action: 'refuse', isEnforced: false } },
    });
  });

  it('passes while the entry that stops it is in shadow, and that is told', async () => {
    const { rig } = await startSettling({
      policy: {
        severities: { high: 'forward', critical: 'forward' },
        entries: [{ state: 'shadow', action: 'refuse', when: { severities: ['high', 'critical'] } }],
      },
    });
    await rig.ask(post(BAD));
    expect(rig.mmsc.requests[0]?.body.equals(BAD)).toBe(true);
    expect(await rig.onlyRecord()).toMatchObject({
      outcome: { kind: 'forwarded' },
      outbound: { decision: { action: 'forward', shadowAction: 'refuse' } },
    });
  });

  it('is throttled: it may be sent again', async () => {
    const { rig } = await startSettling({
      policy: { severities: { high: 'throttle', critical: 'throttle' } },
    });
    expect(pduOf(await rig.ask(post(BAD))).headers.responseStatus).toMatch(/^error-transient/);
    expect((await rig.onlyRecord())?.outcome).toEqual({ kind: 'throttled', code: 'policy', side: 'handset' });
  });

  it('goes on without the part that is stripped, and with the others as they were', async () => {
    const { rig } = await startSettling({ policy: { severities: { high: 'strip', critical: 'strip' } } });
    await rig.ask(post(BAD));
    const sent = rig.mmsc.requests[0]?.body ?? Buffer.alloc(0);
    expect(sent.includes(PDF)).toBe(false);
    const { body } = decodePdu(sent).pdu;
    const parts =
      body?.kind === 'multipart' ? body.parts.map(({ bytes }) => Buffer.from(bytes).toString()) : [];
    expect([parts.length, parts[0]]).toEqual([2, 'an ordinary text']);
    expect(await rig.onlyRecord()).toMatchObject({
      outcome: { kind: 'stripped', side: 'handset' },
      outbound: { decision: { stripParts: [1] } },
    });
  });
});

describe('a message that is quarantined', () => {
  it('is kept whole before its sender is told that it was refused', async () => {
    const { rig, storage } = await startSettling({ policy: QUARANTINED });
    const answer = await rig.ask(post(BAD, 'X-Test: 1\r\n'));
    expect(pduOf(answer).headers.responseStatus).toBe('error-permanent-content-not-accepted');
    expect(rig.mmsc.connections).toBe(0);
    const record = await rig.onlyRecord();
    expect(record?.outcome).toEqual({ kind: 'quarantined', code: 'refused', side: 'handset' });
    const held = await storage.quarantine.get(record?.id ?? '');
    expect(held).toMatchObject({
      kind: 'found',
      value: {
        state: 'held',
        direction: 'outbound',
        told: 'refused',
        http: { method: 'POST', authority: 'mmsc' },
      },
    });
    if (held.kind !== 'found') return;
    expect(Buffer.from(held.value.body ?? []).equals(BAD)).toBe(true);
    expect(held.value.http.headers).toContain('X-Test');
  });

  it('is told to its sender as accepted when the setting says so', async () => {
    const { rig } = await startSettling({ policy: QUARANTINED, quarantine: { told: 'accepted' } });
    const { headers } = pduOf(await rig.ask(post(BAD)));
    expect(headers).toMatchObject({ transactionId: 'T-1', responseStatus: 'ok' });
    expect(headers.messageId).not.toBe('');
    expect((await rig.onlyRecord())?.outcome).toMatchObject({ kind: 'quarantined', code: 'accepted' });
  });

  it.each([
    ['keep', 200, 'notice'],
    ['leave', 503, 'try-later'],
  ] as const)(
    'is kept when it was to be delivered, and the handset is answered: %s',
    async (inbound, status, told) => {
      const { rig, storage } = await startSettling({ policy: QUARANTINED, quarantine: { inbound } });
      const bad = retrieveConfirmationWith(PDF);
      rig.mmsc.script = answering(bad, MMS_OK);
      const answer = await rig.ask(GET);
      expect(answer.status).toBe(status);
      expect(answer.body.includes(PDF)).toBe(false);
      const record = await rig.onlyRecord();
      expect(record?.outcome).toEqual({ kind: 'quarantined', code: told, side: 'mmsc' });
      expect(await storage.quarantine.get(record?.id ?? '')).toMatchObject({
        value: { direction: 'inbound', told, http: { path: '/x?AaamMbG2' } },
      });
    },
  );

  it('comes to the handset after its release, without the MMSC', async () => {
    const { rig, storage } = await startSettling({ policy: QUARANTINED });
    const bad = retrieveConfirmationWith(PDF);
    rig.mmsc.script = answering(bad, MMS_OK);
    await rig.ask(GET);
    const { id = '' } = (await rig.onlyRecord()) ?? {};
    const act = { atMs: Date.now(), by: 'ann', why: 'harmless' };
    await storage.quarantine.claim(id, act);
    expect(await storage.quarantine.end(id, 'released', act)).toEqual({ kind: 'done' });
    const before = rig.mmsc.requests.length;
    const answer = await rig.ask(GET);
    expect([answer.status, answer.body.equals(bad), rig.mmsc.requests.length]).toEqual([200, true, before]);
  });

  it.each([
    ['throttle', { kind: 'full', limit: 'records' }, { kind: 'throttled', code: 'quarantine-full' }],
    ['refuse', { kind: 'full', limit: 'bytes' }, { kind: 'refused', code: 'content' }],
    ['forward', { kind: 'full', limit: 'bytes' }, { kind: 'forwarded' }],
  ] as const)('meets a store that is full as the setting says: %s', async (whenFull, holding, outcome) => {
    const { rig } = await startSettling({ policy: QUARANTINED, quarantine: { whenFull }, holding });
    await rig.ask(post(BAD));
    expect(await rig.onlyRecord()).toMatchObject({ outcome, outbound: { quarantine: holding } });
  });

  it.each([
    ['throttle', { kind: 'throttled', code: 'quarantine-failed' }],
    ['refuse', { kind: 'refused', code: 'content' }],
    ['forward', { kind: 'forwarded' }],
  ] as const)('meets a store that fails as the setting says: %s', async (whenFailed, outcome) => {
    const holding = { kind: 'failed', code: 'unavailable', detail: 'disk full' } as const;
    const { rig } = await startSettling({ policy: QUARANTINED, quarantine: { whenFailed }, holding });
    await rig.ask(post(BAD));
    expect(await rig.onlyRecord()).toMatchObject({ outcome, outbound: { quarantine: { kind: 'failed' } } });
  });

  it('is throttled when there is no store at all', async () => {
    const rig = await startRig({ policy: policyOf(QUARANTINED) });
    await rig.ask(post(BAD));
    expect(await rig.onlyRecord()).toMatchObject({
      outcome: { kind: 'throttled', code: 'quarantine-failed' },
      outbound: { quarantine: { kind: 'absent' } },
    });
  });
});

describe('the track', () => {
  it('has one line for each exchange', async () => {
    const { rig, storage } = await startSettling({ policy: QUARANTINED });
    await rig.ask(post(BAD));
    await rig.ask(post(sendRequest()));
    await rig.observer.recorded(2);
    await storage.track.flush();
    const counts = await storage.track.counts({});
    expect(counts).toMatchObject({ value: { forwarded: 1, quarantined: 1, refused: 0 } });
  });
});

/** An m-retrieve-conf with a text and something bad beside it. */
function retrieveConfirmationWith(bytes: Uint8Array): Buffer {
  const { headers } = decodePdu(retrieveConfirmation()).pdu;
  const parts = [{ bytes: 'an ordinary text' }, { type: 'image/jpeg', bytes }].map(partWith);
  return pduBytes('m-retrieve-conf', headers, { kind: 'multipart', parts });
}
