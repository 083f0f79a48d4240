/** Inspection as the product runs it: real threads, real rules, and what is made to break them. */
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMmsguard, type Mmsguard } from '../../src/app/compose.ts';
import { readConfig } from '../../src/app/config-load.ts';
import { createLog } from '../../src/app/log.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { loadRules } from '../../src/app/rule-loading.ts';
import { startScanPool, type ScanPool } from '../../src/scanning/scan-pool.ts';
import { TestIo } from '../support/command-run.ts';
import { sendConfirmation } from '../support/mms-messages.ts';
import { messageWith } from '../support/messages-with.ts';
import { ruleFolder, ruleFor } from '../support/rule-folder.ts';
import { poolSettings, scanSettings } from '../support/scan-rig.ts';
import { scanContext } from '../support/scan-subject.ts';

const DEADLINE_MS = 500;

/** What a message that cannot be scanned may take beyond its deadline. */
const GRACE_MS = 100;

/** Takes hours on a text of a few hundred octets. */
const ENDLESS = `
rule ENDLESS { meta: target = "text" strings: $go = "run for ever" condition:
  $go and for all a in (0..filesize * 9) : (for all b in (0..filesize * 9) : (for all c in (0..filesize * 9) : (a + b + c >= 0)))
}
`;

async function startPool(rules: string, entry?: URL): Promise<ScanPool> {
  const loading = await loadRules([
    { directory: ruleFolder({ 'a.yar': rules }), namespace: 'n', brokenRules: 'refuse' },
  ]);
  if (!loading.ok) throw new Error(JSON.stringify(loading.problems));
  const settings = { pool: poolSettings({ deadlineMs: DEADLINE_MS }), scan: scanSettings() };
  const pool = await startScanPool(loading.ruleSet, entry === undefined ? settings : { ...settings, entry });
  if (pool === undefined) throw new Error('the pool did not start');
  onTestFinished(() => pool.close());
  return pool;
}

const ORDINARY = messageWith([{ bytes: 'see you at eight' }]);

describe('a scan that is made to break', () => {
  it.each([
    ['a rule that runs for ever', messageWith([{ bytes: 'run for ever '.repeat(50) }]), undefined, 'timeout'],
    ['a detector that loops', messageWith([{ bytes: 'loop, detector' }]), 'looping', 'timeout'],
    ['a detector that fails', messageWith([{ bytes: 'fail, detector' }]), 'looping', 'crashed'],
  ] as const)(
    'by %s is not inspected in time, and the next one is scanned',
    async (_, message, worker, reason) => {
      const entry = worker && new URL('../support/hooked-scan-worker.ts', import.meta.url);
      const pool = await startPool(ENDLESS, entry);
      expect(await pool.scan(ORDINARY, scanContext())).toMatchObject({ kind: 'inspected' });
      const startedMs = performance.now();
      expect(await pool.scan(message, scanContext())).toMatchObject({
        kind: 'not-inspected',
        gaps: [{ reason }],
      });
      // Timing is no test; this bound is ten times the promise, so that only a hang breaks it. The bench has the figure.
      expect(performance.now() - startedMs).toBeLessThan(DEADLINE_MS + 10 * GRACE_MS);
      const next = messageWith([{ bytes: `next ${reason}` }]);
      expect(await pool.scan(next, scanContext())).toMatchObject({ kind: 'inspected' });
    },
  );
});

/** An MMSC that takes everything, and knows what it got. */
async function startMmsc(): Promise<{ readonly port: number; readonly received: ReadonlySet<string> }> {
  const received = new Set<string>();
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      received.add(hash('sha256', body));
      response.end(sendConfirmation());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, received };
}

async function startProduct(
  folder: string,
): Promise<{ readonly product: Mmsguard; readonly received: ReadonlySet<string> }> {
  const mmsc = await startMmsc();
  const loaded = readConfig(
    `
listen: { port: 0 }
admin: { port: 0 }
mmsc: { url: 'http://127.0.0.1:${mmsc.port}/' }
rules: { builtIn: false, watch: false, directories: [{ path: '${folder}', namespace: ours }] }
scanning: { threads: 2, verdictsMax: 0 }
`,
    {},
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  const started = await startMmsguard(
    loaded.config,
    createLog({ level: 'silent', destination: 'stdout' }, new TestIo()),
  );
  if (!started.ok) throw new Error(JSON.stringify(started.errors));
  onTestFinished(() => started.service.close());
  return { product: started.service, received: mmsc.received };
}

async function send(product: Mmsguard, body: Uint8Array): Promise<string | number | undefined> {
  const response = await fetch(`http://127.0.0.1:${product.address.port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.wap.mms-message' },
    body: Buffer.from(body),
  });
  const { pdu } = decodePdu(Buffer.from(await response.arrayBuffer()), { tolerate: REAL_WORLD });
  return pdu.headers.responseStatus;
}

const REFUSED = 'error-permanent-content-not-accepted';

describe('the admin side', () => {
  it('loads rules again, says what they are, and is ready all the while', async () => {
    const folder = ruleFolder({ 'a.yar': ruleFor('first', 'FIRST') });
    const { product } = await startProduct(folder);
    const admin = `http://127.0.0.1:${product.adminAddress?.port}`;
    const bad = messageWith([{ bytes: 'the second word' }]);
    expect(await send(product, bad)).toBe('ok');
    await writeFile(join(folder, 'a.yar'), ruleFor('second', 'SECOND'));
    const reloaded = await fetch(`${admin}/api/v1/rules/reload`, { method: 'POST' });
    expect([reloaded.status, await reloaded.json()]).toMatchObject([200, { kind: 'loaded', rules: 1 }]);
    expect(await send(product, bad)).toBe(REFUSED);
    expect(await (await fetch(`${admin}/api/v1/rules`)).json()).toMatchObject({
      rules: [{ rule: 'SECOND' }],
    });
    expect((await fetch(`${admin}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${admin}/metrics`)).text();
    expect(metrics).toContain('mmsguard_rule_matches_total{namespace="ours",rule="SECOND"} 1');
    await writeFile(join(folder, 'a.yar'), 'rule broken {');
    const refused = await fetch(`${admin}/api/v1/rules/reload`, { method: 'POST' });
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      { error: { code: 'rules-refused', details: { problems: [{ line: 1 }] } } },
    ]);
    expect(await send(product, bad)).toBe(REFUSED);
  });
});

const RELOADS = Number(process.env['MMSGUARD_RELOADS'] ?? '10');

describe('reloading under load', () => {
  it(
    `loses no message in ${RELOADS} reloads, and every verdict is of one rule set`,
    { timeout: 600_000 },
    async () => {
      const folder = ruleFolder({ 'a.yar': ruleFor('word0', 'R') });
      const { product, received } = await startProduct(folder);
      const done = new AbortController();
      let sent = 0;
      let refused = 0;
      const accepted = new Set<string>();
      const flow = async (lane: number): Promise<void> => {
        for (let count = 0; !done.signal.aborted; count += 1) {
          // Each message has every word that a set may refuse, or none: so half of two sets would show.
          const isBad = count % 2 === 1;
          const words = Array.from({ length: RELOADS + 1 }, (_, index) => `word${index}.`).join(' ');
          const body = messageWith([{ bytes: `lane ${lane} message ${count} ${isBad ? words : 'plain'}` }]);
          const status = await send(product, body);
          sent += 1;
          expect(status).toBe(isBad ? REFUSED : 'ok');
          if (isBad) refused += 1;
          else accepted.add(hash('sha256', body));
        }
      };
      const lanes = [0, 1, 2, 3].map(flow);
      for (let count = 1; count <= RELOADS; count += 1) {
        await writeFile(
          join(folder, 'a.yar'),
          ruleFor(`word${count}.`, 'R', { score: '95', severity: '"critical"' }),
        );
        expect((await product.reloadRules('signal')).kind).toBe('loaded');
      }
      done.abort();
      await Promise.all(lanes);
      expect(accepted.size + refused).toBe(sent);
      expect([received.size, [...accepted].every((body) => received.has(body))]).toEqual([
        accepted.size,
        true,
      ]);
    },
  );
});
