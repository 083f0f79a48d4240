/** Release, announcement and tasks as the product runs them: real threads and rules, a real proxy, MMSC and handsets. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MmsPdu } from '../../src/codec/pdu-types.ts';
import { textFile } from '../../src/lab/compose-message.ts';
import type { Handset } from '../../src/lab/handset.ts';
import type { Mmsc } from '../../src/lab/mmsc.ts';
import { PushGateway } from '../../src/lab/push-gateway.ts';
import { tryDecode } from '../../src/lab/try-decode.ts';
import { NodeForwarder } from '../../src/proxy/node-forwarder.ts';
import { PushAnnouncer } from '../../src/proxy/push-announcer.ts';
import { QuarantineActs } from '../../src/proxy/quarantine-acts.ts';
import { releasedMessages } from '../../src/proxy/released-messages.ts';
import { ReleasedTokens } from '../../src/proxy/released-token.ts';
import { startProxy } from '../../src/proxy/server.ts';
import { releaseTransactionId } from '../../src/proxy/transaction-id.ts';
import { startScanPool, type ScanPool } from '../../src/scanning/scan-pool.ts';
import { Keyring } from '../../src/storage/keyring.ts';
import { pseudonyms } from '../../src/storage/pseudonym.ts';
import { CLAIM_MS, type RecordSummary } from '../../src/storage/quarantine-store.ts';
import { SqlAccessTokens } from '../../src/storage/sql-access-tokens.ts';
import { SqlAuditLog } from '../../src/storage/sql-audit-log.ts';
import { SqlQuarantineStore } from '../../src/storage/sql-quarantine-store.ts';
import { SqlTaskList } from '../../src/storage/sql-task-list.ts';
import { openSqlite } from '../../src/storage/sqlite-database.ts';
import { ALICE, BOB, nextEvent, startHandset, startLabMmsc } from '../support/lab-rig.ts';
import { policyOf } from '../support/policies.ts';
import { proxySettings } from '../support/proxy-settings.ts';
import { RecordingObserver } from '../support/recording-observer.ts';
import { ruleFor } from '../support/rule-folder.ts';
import { ruleSetOf } from '../support/rule-sources.ts';
import { poolSettings, scanSettings } from '../support/scan-rig.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { startPlainAdmin } from '../support/admin-rig.ts';
import { runCommand } from '../support/command-run.ts';

const STRICT = ruleSetOf(ruleFor('forbidden', 'FORBIDDEN') + ruleFor('secret', 'SECRET'));
const LENIENT = ruleSetOf(ruleFor('never in any message', 'NEVER'));

async function startPool(): Promise<ScanPool> {
  const pool = await startScanPool(STRICT, { pool: poolSettings(), scan: scanSettings() });
  if (pool === undefined) throw new Error('the pool did not start');
  onTestFinished(() => pool.close());
  return pool;
}

type Stores = Awaited<ReturnType<typeof openStores>>;

interface Rig {
  readonly mmsc: Mmsc;
  readonly pool: ScanPool;
  readonly stores: Stores;
  readonly acts: QuarantineActs;
  /** A subscriber behind the proxy. */
  readonly handset: (number: string) => Promise<Handset>;
  readonly held: () => Promise<readonly RecordSummary[]>;
}

/** Everything between handsets and MMSC, with rules that stop the word `forbidden`. */
async function startRig(): Promise<Rig> {
  const mmsc = await startLabMmsc({ publicBase: 'http://mmsc/' });
  const pool = await startPool();
  const stores = await openStores();
  const { quarantine: store, tasks, audit, track } = stores;
  const connect = { protocol: 'http:', host: '127.0.0.1', port: mmsc.port } as const;
  const settings = proxySettings(
    { host: 'mmsc', port: 80, connect },
    {
      policy: policyOf({ severities: { high: 'quarantine' } }),
      headers: { identity: ['x-msisdn'], trustedGateways: ['127.0.0.0/8'] },
    },
  );
  const tokens = new ReleasedTokens(Buffer.alloc(32, 7));
  const released = releasedMessages({ store, tokens, nowMs: Date.now });
  const proxy = await startProxy(settings, {
    observer: new RecordingObserver(),
    scanner: pool,
    storage: { quarantine: store, track, released },
  });
  onTestFinished(() => proxy.close());
  const gateway = await PushGateway.start();
  onTestFinished(() => gateway.close());
  const forwarder = new NodeForwarder(settings);
  onTestFinished(() => {
    forwarder.close();
  });
  const acts = new QuarantineActs({
    settings,
    store,
    tasks,
    audit,
    scanner: pool,
    forwarder,
    announcer: new PushAnnouncer({
      gateway: { url: gateway.url, authorization: undefined, publicUrl: 'http://mmsc', timeoutMs: 10_000 },
      settings,
      tokens,
      nowMs: Date.now,
    }),
    openRules: () => Promise.resolve({ ok: false, problems: [] }),
    twoPersonSeverities: new Set(),
    nowMs: Date.now,
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(() => acts.close());
  const handset = async (number: string): Promise<Handset> => {
    const address = `http://127.0.0.1:${proxy.address.port}`;
    const started = await startHandset(mmsc, number, { mmscUrl: 'http://mmsc/', proxy: address });
    gateway.subscribe(number, started.pushUrl);
    return started;
  };
  const held = async (): Promise<readonly RecordSummary[]> => {
    const page = await store.list({ state: 'held' }, { limit: 100 });
    return page.kind === 'found' ? page.value.items : [];
  };
  return { mmsc, pool, stores, acts, handset, held };
}

/** The stores of a new database file. */
async function openStores() {
  const opened = await openSqlite({ file: join(scratchFolder(), 'guard.db'), timeoutMs: 30_000 });
  if (!opened.ok) throw new Error(opened.detail);
  const { database } = opened;
  onTestFinished(() => database.close());
  return {
    quarantine: new SqlQuarantineStore({
      database,
      limits: { recordsMax: 1000, bytesMax: 100_000_000 },
      keyring: new Keyring([{ id: 'k', key: Buffer.alloc(32, 1) }]),
      pseudonymOf: pseudonyms(Buffer.alloc(32, 2)),
    }),
    audit: new SqlAuditLog(database),
    tasks: new SqlTaskList({ database, owner: 'test', nowMs: Date.now }),
    tokens: new SqlAccessTokens(database),
    track: { note: () => undefined } as never,
  };
}

function request(force = false) {
  return { atMs: Date.now() + 1000, by: 'ada', why: 'harmless', force };
}

const BAD = { to: [BOB], files: [textFile('a forbidden word')] };

/** The m-send-req that the MMSC got. */
function submissions({ received }: Mmsc): readonly MmsPdu[] {
  const pdus = received.filter(({ method }) => method === 'POST').map(({ body }) => tryDecode(body)?.pdu);
  return pdus.filter((pdu) => pdu?.type === 'm-send-req') as MmsPdu[];
}

function textsOf({ body }: MmsPdu): readonly string[] {
  const parts = body?.kind === 'multipart' ? body.parts : [];
  return parts
    .filter(({ contentType }) => contentType.mediaType === 'text/plain')
    .map(({ bytes }) => Buffer.from(bytes).toString());
}

describe('an outbound message that was stopped', () => {
  it('reaches its recipient once, when two people release it at once', async () => {
    const { mmsc, pool, acts, handset, held } = await startRig();
    const [alice, bob] = [await handset(ALICE), await handset(BOB)];
    expect(await alice.send(BAD)).toMatchObject({
      pdu: { headers: { responseStatus: 'error-permanent-content-not-accepted' } },
    });
    const [record] = await held();
    expect([record?.direction, submissions(mmsc)]).toEqual(['outbound', []]);
    await pool.useRules(LENIENT);
    const id = record?.id ?? '';
    const results = await Promise.all([acts.release(id, request()), acts.release(id, request())]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['not-held', 'released']);
    const [sent, ...others] = submissions(mmsc);
    expect([sent?.headers.transactionId, others]).toEqual([releaseTransactionId(id), []]);
    expect(mmsc.received.at(-1)?.rawHeaders).toEqual(expect.arrayContaining(['X-MSISDN', ALICE]));
    const event = await nextEvent(bob);
    expect(event.kind === 'message' && textsOf(event.pdu)).toEqual(['a forbidden word']);
    expect(await held()).toEqual([]);
  });

  it.each([
    ['status-500', 1],
    ['refuse', 0],
    ['reset', 1],
    ['garbage', 1],
  ] as const)(
    'stays held while the MMSC has the fault %s, and goes with the same id then',
    async (fault, seen) => {
      const { mmsc, pool, acts, handset, held } = await startRig();
      await (await handset(ALICE)).send(BAD);
      const [record] = await held();
      const id = record?.id ?? '';
      await pool.useRules(LENIENT);
      await mmsc.useFaults([fault]);
      expect(await acts.release(id, request())).toMatchObject({ kind: 'mmsc-failed' });
      expect(await held()).toMatchObject([{ id, state: 'held' }]);
      await mmsc.useFaults([]);
      expect(await acts.release(id, request())).toMatchObject({
        kind: 'released',
        messageId: expect.any(String) as string,
      });
      const ids = submissions(mmsc).map(({ headers }) => headers.transactionId);
      expect(ids).toEqual(Array.from({ length: seen + 1 }, () => releaseTransactionId(id)));
    },
  );

  it('is not released while the rules would stop it again, unless it is forced', async () => {
    const { mmsc, acts, handset, held } = await startRig();
    await (await handset(ALICE)).send(BAD);
    const id = (await held())[0]?.id ?? '';
    expect(await acts.release(id, request())).toEqual({ kind: 'still-bad', reasons: ['test:FORBIDDEN'] });
    expect(await acts.rescan(id)).toMatchObject({ kind: 'scanned', action: 'quarantine' });
    expect([(await held()).length, submissions(mmsc)]).toEqual([1, []]);
    expect(await acts.release(id, request(true))).toMatchObject({ kind: 'released' });
    expect(submissions(mmsc)).toHaveLength(1);
  });
});

describe('a release whose process has died', () => {
  it('is done by the next one, under the same id, once its claim has run out', async () => {
    const { mmsc, pool, acts, stores, handset, held } = await startRig();
    await (await handset(ALICE)).send(BAD);
    const id = (await held())[0]?.id ?? '';
    await pool.useRules(LENIENT);
    const died = Date.now();
    await stores.quarantine.claim(id, { ...request(), atMs: died });
    expect(await acts.release(id, request())).toEqual({ kind: 'not-held', state: 'being released' });
    await stores.quarantine.unclaim(id);
    await stores.quarantine.claim(id, { ...request(), atMs: died - CLAIM_MS - 1 });
    expect(await acts.release(id, request())).toMatchObject({ kind: 'released' });
    expect(submissions(mmsc).map(({ headers }) => headers.transactionId)).toEqual([releaseTransactionId(id)]);
  });
});

describe('an inbound message that was stopped', () => {
  it('is announced when it is released, and fetched from the proxy with its very octets', async () => {
    const { mmsc, pool, acts, stores, handset, held } = await startRig();
    const bob = await handset(BOB);
    await (await startHandset(mmsc, ALICE)).send(BAD);
    const notice = await nextEvent(bob);
    expect(notice.kind === 'message' && textsOf(notice.pdu)).not.toContain('a forbidden word');
    const [record] = await held();
    expect(record).toMatchObject({ direction: 'inbound', pduType: 'm-retrieve-conf' });
    const id = record?.id ?? '';
    expect(await acts.release(id, request())).toMatchObject({ kind: 'still-bad' });
    await pool.useRules(LENIENT);
    expect(await acts.release(id, request())).toEqual({
      kind: 'released',
      messageId: undefined,
      announced: true,
    });
    const event = await nextEvent(bob);
    expect(event.kind === 'message' && textsOf(event.pdu)).toEqual(['a forbidden word']);
    const stored = await stores.quarantine.get(id);
    const octets = stored.kind === 'found' ? stored.value.body : undefined;
    expect(event.kind === 'message' && event.octets).toBe(octets?.length);
    const path = stored.kind === 'found' ? stored.value.http.path : '';
    const again = await bob.retrieve(`http://mmsc${path}`);
    expect(again.kind === 'pdu' && Buffer.compare(again.http.body, octets ?? Buffer.alloc(0))).toBe(0);
  });
});

describe('a rule that was wrong', () => {
  it('is undone by one task, which leaves what other rules stop', async () => {
    const { mmsc, pool, acts, stores, handset, held } = await startRig();
    const alice = await handset(ALICE);
    for (let count = 0; count < 5; count += 1)
      await alice.send({ to: [BOB], files: [textFile(`forbidden ${count}`)] });
    await alice.send({ to: [BOB], files: [textFile('a secret')] });
    await pool.useRules(LENIENT);
    const started = await acts.releaseAll({ reason: 'test:FORBIDDEN' }, request());
    await acts.settled();
    const task = started.kind === 'failed' ? started : await stores.tasks.get(started.id);
    expect(task).toMatchObject({
      value: {
        state: 'done',
        total: 5,
        done: 5,
        result: { counts: { released: 5 } },
      },
    });
    const texts = submissions(mmsc).flatMap(textsOf);
    expect(texts.toSorted()).toEqual([0, 1, 2, 3, 4].map((count) => `forbidden ${count}`));
    expect((await held()).map(({ decision }) => decision.reasons[0]?.code)).toEqual(['test:SECRET']);
  });
});

describe('the command line', () => {
  it('lists, shows, exports, rescans, releases and deletes what a running mmsguard holds', async () => {
    const { mmsc, pool, acts, stores, handset, held } = await startRig();
    const { url } = await startPlainAdmin({ storage: stores, service: acts, now: Date.now });
    const run = (...args: readonly string[]) =>
      runCommand(['quarantine', ...args], { MMSGUARD_ADMIN_URL: url });
    const alice = await handset(ALICE);
    await alice.send(BAD);
    await alice.send({ to: [BOB], files: [textFile('a secret')] });
    const [secret, forbidden] = (await held()).map(({ id }) => id);
    const list = await run('list', '--reason', 'test:FORBIDDEN', '--json');
    expect([list.exitCode, JSON.parse(list.stdout)]).toMatchObject([0, { id: forbidden, state: 'held' }]);
    expect((await run('show', forbidden ?? '')).stdout).toContain(`sender:     ${ALICE}\nrecipients: ${BOB}`);
    const archive = join(scratchFolder(), 'a.zip');
    await run('export', forbidden ?? '', '--out', archive);
    expect(readFileSync(archive).toString('latin1', 0, 2)).toBe('PK');
    expect((await run('rescan', forbidden ?? '')).stdout).toContain('quarantine because of test:FORBIDDEN');
    const refused = await run('release', forbidden ?? '', '--why', 'harmless');
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('test:FORBIDDEN')]);
    await pool.useRules(LENIENT);
    const hunted = await run('rescan', '--all', '--why', 'new rules');
    expect([hunted.exitCode, hunted.stdout]).toEqual([0, expect.stringContaining('changed: 2')]);
    const released = await run('release', '--reason', 'test:FORBIDDEN', '--why', 'harmless');
    expect([released.exitCode, released.stdout]).toEqual([0, expect.stringContaining('released: 1')]);
    expect((await run('delete', secret ?? '', '--why', 'spam')).stdout).toBe(`${secret}: done\n`);
    expect([await held(), submissions(mmsc).length]).toEqual([[], 1]);
    const audit = await stores.audit.list({}, { limit: 100 });
    const named = audit.kind === 'found' ? audit.value.items.map(({ act }) => act) : [];
    expect(named).toEqual(
      expect.arrayContaining(['quarantine.release', 'quarantine.hunt', 'quarantine.export']),
    );
    expect(await stores.audit.verify()).toMatchObject({ kind: 'intact' });
  });
});
