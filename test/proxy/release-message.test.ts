import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/proxy/mmsc-confirmation.ts';
import type { Announcement } from '../../src/proxy/push-announcer.ts';
import {
  MESSAGE_ID_CHARACTERS_MAX,
  releaseMessage,
  type ReleaseParts,
} from '../../src/proxy/release-message.ts';
import type { QuarantineStore } from '../../src/storage/quarantine-store.ts';
import { newRecord } from '../support/held-records.ts';
import { localScanner } from '../support/local-scanner.ts';
import { MemoryQuarantine } from '../support/memory-quarantine.ts';
import { policyOf } from '../support/policies.ts';

const REQUEST = { atMs: 1000, by: 'ada', why: 'it is harmless', force: false };
const LISTEN = { name: 'main', host: '127.0.0.1', port: 0 };
const TAKEN: Delivery = { kind: 'taken', messageId: 'M-1' };
const RELEASED = { kind: 'released', messageId: 'M-1', announced: false };

interface Changes {
  readonly delivery?: Delivery;
  readonly announcement?: Announcement;
  readonly twoPersonSeverities?: ReleaseParts['twoPersonSeverities'];
  readonly policy?: ReturnType<typeof policyOf>;
}

function partsFor(store: QuarantineStore, changes: Changes = {}): ReleaseParts & { readonly sent: string[] } {
  const sent: string[] = [];
  return {
    store,
    sent,
    scanner: localScanner(),
    settings: { policy: changes.policy ?? policyOf(), listen: LISTEN },
    deliver: ({ id }) => {
      sent.push(`delivered ${id}`);
      return Promise.resolve(changes.delivery ?? TAKEN);
    },
    announce: ({ id }) => {
      sent.push(`announced ${id}`);
      return Promise.resolve(changes.announcement ?? { kind: 'announced' });
    },
    twoPersonSeverities: changes.twoPersonSeverities ?? new Set(),
    nowMs: () => 2000,
  };
}

/** A policy that stops even what nothing is found in. */
const STRICT = policyOf({ severities: { info: 'refuse', low: 'refuse', medium: 'refuse' } });
const BROKEN = { body: Buffer.from('no PDU'), pduType: undefined };

describe('the release of an outbound message', () => {
  it('claims, sends, and ends with who, when, why, and the id that the MMSC gave', async () => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    const parts = partsFor(store);
    expect(await releaseMessage(record.id, REQUEST, parts)).toEqual(RELEASED);
    expect(parts.sent).toEqual([`delivered ${record.id}`]);
    expect(store.asked.map((line) => line.split(' ')[0])).toEqual(['get', 'claim', 'end']);
    expect(store.claimedAtMs).toEqual([2000]);
    expect(await store.get(record.id)).toMatchObject({
      value: { state: 'released', ended: { atMs: 1000, by: 'ada', why: 'it is harmless (Message-ID M-1)' } },
    });
  });

  it('is done once, when it is asked for twice at once or again later', async () => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    const parts = partsFor(store);
    const results = await Promise.all([1, 2].map(() => releaseMessage(record.id, REQUEST, parts)));
    expect(results).toEqual([RELEASED, { kind: 'not-held', state: 'being released' }]);
    expect(await releaseMessage(record.id, REQUEST, parts)).toEqual({ kind: 'not-held', state: 'released' });
    expect(parts.sent).toHaveLength(1);
  });

  it.each([
    [
      { kind: 'refused', status: 'error-transient-failure' },
      { kind: 'mmsc-refused', status: 'error-transient-failure' },
    ],
    [
      { kind: 'failed', detail: 'HTTP 503' },
      { kind: 'mmsc-failed', detail: 'HTTP 503' },
    ],
  ] as const)('that ends as %j leaves it held, to be tried again', async (delivery, result) => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    expect(await releaseMessage(record.id, REQUEST, partsFor(store, { delivery }))).toEqual(result);
    expect(store.stateOf(record.id)).toEqual({ state: 'held', isClaimed: false });
    expect(await releaseMessage(record.id, REQUEST, partsFor(store))).toEqual(RELEASED);
  });

  it('tells the result of the MMSC when the claim cannot be given up', async () => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    store.failing.add('unclaim');
    const parts = partsFor(store, { delivery: { kind: 'failed', detail: 'gone' } });
    expect(await releaseMessage(record.id, REQUEST, parts)).toEqual({ kind: 'mmsc-failed', detail: 'gone' });
  });

  it('says that the MMSC has it when that cannot be stored, and keeps its claim', async () => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    store.failing.add('end');
    const detail = 'the MMSC has taken it, but that could not be stored: told to fail';
    expect(await releaseMessage(record.id, REQUEST, partsFor(store))).toMatchObject({
      kind: 'failed',
      detail,
    });
    expect(store.stateOf(record.id).isClaimed).toBe(true);
  });

  it.each([
    [MESSAGE_ID_CHARACTERS_MAX, MESSAGE_ID_CHARACTERS_MAX],
    [MESSAGE_ID_CHARACTERS_MAX + 1, MESSAGE_ID_CHARACTERS_MAX],
  ])('keeps of a Message-ID of %i characters %i', async (length, kept) => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    const parts = partsFor(store, { delivery: { kind: 'taken', messageId: 'x'.repeat(length) } });
    expect(await releaseMessage(record.id, REQUEST, parts)).toMatchObject({ messageId: 'x'.repeat(kept) });
  });
});

describe('the release of an inbound message', () => {
  it('ends first and announces then', async () => {
    const record = newRecord({ direction: 'inbound' });
    const store = await MemoryQuarantine.with(record);
    const parts = partsFor(store);
    expect(await releaseMessage(record.id, REQUEST, parts)).toEqual({
      kind: 'released',
      messageId: undefined,
      announced: true,
    });
    expect([...store.asked.slice(-1), ...parts.sent]).toEqual([`end ${record.id}`, `announced ${record.id}`]);
  });

  it.each([
    [{ kind: 'no-gateway' }, 'no-gateway'],
    [{ kind: 'no-recipient' }, 'no-recipient'],
    [{ kind: 'failed', detail: 'HTTP 500' }, 'HTTP 500'],
  ] as const)('is one, although nobody is told, and says why: %j', async (announcement, unannounced) => {
    const record = newRecord({ direction: 'inbound' });
    const store = await MemoryQuarantine.with(record);
    const result = await releaseMessage(record.id, REQUEST, partsFor(store, { announcement }));
    expect(result).toEqual({ kind: 'released', messageId: undefined, announced: false, unannounced });
    expect(store.stateOf(record.id).state).toBe('released');
  });

  it('announces nothing that could not be ended', async () => {
    const record = newRecord({ direction: 'inbound' });
    const store = await MemoryQuarantine.with(record);
    store.failing.add('end');
    const parts = partsFor(store);
    expect(await releaseMessage(record.id, REQUEST, parts)).toMatchObject({ kind: 'failed' });
    expect(parts.sent).toEqual([]);
  });
});

describe('what keeps a message from being released', () => {
  it('is that there is none, or that it is not held', async () => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    const parts = partsFor(store);
    expect(await releaseMessage('none', REQUEST, parts)).toEqual({ kind: 'unknown' });
    await store.end(record.id, 'deleted', REQUEST);
    expect(await releaseMessage(record.id, REQUEST, parts)).toEqual({ kind: 'not-held', state: 'deleted' });
    expect(parts.sent).toEqual([]);
  });

  it.each(['get', 'claim'] as const)('is a store that fails: %s', async (method) => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    store.failing.add(method);
    const parts = partsFor(store);
    expect(await releaseMessage(record.id, REQUEST, parts)).toMatchObject({
      kind: 'failed',
      code: 'unavailable',
    });
    expect(parts.sent).toEqual([]);
  });

  it("is what today's rules say, unless it is forced, which is noted", async () => {
    const record = newRecord(BROKEN);
    const store = await MemoryQuarantine.with(record);
    const parts = partsFor(store, { policy: STRICT });
    const refused = await releaseMessage(record.id, REQUEST, parts);
    expect(refused).toMatchObject({ kind: 'still-bad' });
    expect(refused.kind === 'still-bad' && refused.reasons.length).toBeGreaterThan(0);
    expect([store.stateOf(record.id), parts.sent]).toEqual([{ state: 'held', isClaimed: false }, []]);
    expect(await releaseMessage(record.id, { ...REQUEST, force: true }, parts)).toEqual(RELEASED);
    expect(await store.get(record.id)).toMatchObject({
      value: { ended: { why: 'it is harmless (forced) (Message-ID M-1)' } },
    });
  });

  it('is nothing in monitor mode', async () => {
    const record = newRecord(BROKEN);
    const store = await MemoryQuarantine.with(record);
    const policy = { ...STRICT, mode: 'monitor' } as const;
    expect(await releaseMessage(record.id, REQUEST, partsFor(store, { policy }))).toEqual(RELEASED);
  });
});

describe('a release that needs two people', () => {
  const twoPersonSeverities = new Set(['high'] as const);

  it('waits for one of another name', async () => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    const parts = partsFor(store, { twoPersonSeverities });
    const noted = { kind: 'approval-noted', approvals: ['ada'] };
    expect(await releaseMessage(record.id, REQUEST, parts)).toEqual(noted);
    expect(await releaseMessage(record.id, REQUEST, parts)).toEqual(noted);
    expect(parts.sent).toEqual([]);
    expect(await releaseMessage(record.id, { ...REQUEST, by: 'bob' }, parts)).toEqual(RELEASED);
  });

  it('waits in vain when the approval cannot be stored', async () => {
    const record = newRecord();
    const store = await MemoryQuarantine.with(record);
    store.failing.add('approve');
    const parts = partsFor(store, { twoPersonSeverities });
    expect(await releaseMessage(record.id, REQUEST, parts)).toMatchObject({ kind: 'failed' });
    expect(parts.sent).toEqual([]);
  });

  it('needs one for another severity', async () => {
    const record = newRecord({ severity: 'medium' });
    const store = await MemoryQuarantine.with(record);
    expect(await releaseMessage(record.id, REQUEST, partsFor(store, { twoPersonSeverities }))).toEqual(
      RELEASED,
    );
  });

  it("is stopped by today's rules all the same", async () => {
    const record = newRecord(BROKEN);
    const store = await MemoryQuarantine.with(record);
    const parts = partsFor(store, { twoPersonSeverities, policy: STRICT });
    await releaseMessage(record.id, REQUEST, parts);
    expect(await releaseMessage(record.id, { ...REQUEST, by: 'bob' }, parts)).toMatchObject({
      kind: 'still-bad',
    });
  });
});
