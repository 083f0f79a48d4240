/** Many scans: memory must stay flat, and a thread that has done its share must be replaced without a stir. */
import { figuresOf } from './child.ts';
import type { PoolSoak } from './pool-soak.ts';
import { printTable } from './report.ts';
import type { SoakSample } from './soak.ts';

const SCANS = 100_000;

/** Measures and prints. */
export async function benchSoak(): Promise<void> {
  await soakThread();
  await soakPool();
}

async function soakThread(): Promise<void> {
  const samples = (await figuresOf('soak.ts', [`${SCANS}`])) as SoakSample[];
  const first = samples[0];
  const rows = samples.map(({ scans, rss, heap, engine, microseconds }) => [
    `${scans}`,
    megabytes(rss),
    (rss / (first?.rss ?? Number.NaN)).toFixed(2),
    megabytes(heap),
    megabytes(engine),
    microseconds.toFixed(0),
  ]);
  const heading = ['scans', 'resident MB', 'of the first', 'JavaScript MB', 'engine MB', 'µs a scan'];
  printTable(`${SCANS} scans in one thread: pictures and films of 30 KB, texts, and what a rule matches`, [
    heading,
    ...rows,
  ]);
}

async function soakPool(): Promise<void> {
  const { replaced, slowestMs, rss, seconds } = (await figuresOf('pool-soak.ts', [`${SCANS}`])) as PoolSoak;
  const causes = Object.entries(replaced).map(([cause, count]) => `${count} ${cause}`);
  printTable(`${SCANS} scans of 3 KB in a pool of one thread, 8 in flight`, [
    ['scans/s', 'slowest ms', 'threads replaced', 'resident MB'],
    [(SCANS / seconds).toFixed(0), slowestMs.toFixed(0), causes.join(', ') || '0', megabytes(rss)],
  ]);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
