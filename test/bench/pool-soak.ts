/** `pool-soak.ts SCANS` keeps one thread of a pool busy with so many messages, and prints a `PoolSoak` as JSON. */
import { poolSettings, scanSettings } from '../../src/app/scan-settings.ts';
import { startScanPool } from '../../src/scanning/scan-pool.ts';
import { sendRequest } from './messages.ts';
import { compiled, defaultSources } from './rules.ts';
import { defaultConfig, POSTED } from './scanner.ts';

/** What became of a pool that was kept busy. */
export interface PoolSoak {
  /** Threads that were replaced, by cause. */
  readonly replaced: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly rss: number;
  readonly seconds: number;
}

const IN_FLIGHT = 8;

const scans = Number(process.argv[2]);
const config = defaultConfig();
const replaced: Record<string, number> = {};
const pool = await startScanPool(await compiled(await defaultSources()), {
  pool: { ...poolSettings(config), threads: 1, verdictsMax: 0 },
  scan: scanSettings(config),
  onThreadEvent: ({ kind, ...event }) => {
    const cause = 'cause' in event ? event.cause : kind;
    replaced[cause] = (replaced[cause] ?? 0) + 1;
  },
});
if (pool === undefined) throw new Error('the pool did not start');

let left = scans;
let slowestMs = 0;
const message = Buffer.from(sendRequest(3_000));

/** One message after the other, none like those that are in flight beside it. */
async function keepScanning(): Promise<void> {
  while (left > 0) {
    left -= 1;
    const own = Buffer.from(message);
    own.writeUInt32BE(left, own.length - 4);
    const startedMs = performance.now();
    const { kind } = await pool!.scan(own, POSTED);
    if (kind !== 'inspected') throw new Error(`a scan ended as ${kind}`);
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
  }
}

const startedMs = performance.now();
await Promise.all(Array.from({ length: IN_FLIGHT }, keepScanning));
const soak: PoolSoak = {
  replaced,
  slowestMs,
  rss: process.memoryUsage.rss(),
  seconds: (performance.now() - startedMs) / 1000,
};
console.log(JSON.stringify(soak));
await pool.close();
