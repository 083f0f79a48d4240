/** The memory of a process with scan threads that have worked: `pool-memory.ts THREADS [RULES]` prints its RSS in bytes. */
import { poolSettings, scanSettings } from '../../src/app/scan-settings.ts';
import { startScanPool } from '../../src/scanning/scan-pool.ts';
import { sendRequest } from './messages.ts';
import { compiled, defaultSources, sourceOf } from './rules.ts';
import { defaultConfig, POSTED } from './scanner.ts';
import { syntheticRules } from './synthetic-rules.ts';

/** Messages that each thread scans first. */
const MESSAGES = 300;

const [threads = '', count] = process.argv.slice(2);
const config = defaultConfig();
const sources = count === undefined ? await defaultSources() : [sourceOf(syntheticRules(Number(count)))];
const settings = { ...poolSettings(config), threads: Number(threads), verdictsMax: 0 };
const pool = await startScanPool(await compiled(sources), { pool: settings, scan: scanSettings(config) });
if (pool === undefined) throw new Error('the pool did not start');
const body = Buffer.from(sendRequest(300_000));
for (let round = 0; round < MESSAGES; round += 1) {
  const scans = Array.from({ length: settings.threads }, (_, index) => {
    const own = Buffer.from(body);
    own.writeUInt32BE(index, body.length - 4);
    return pool.scan(own, POSTED);
  });
  await Promise.all(scans);
}
console.log(process.memoryUsage.rss());
await pool.close();
