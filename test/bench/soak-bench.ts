/** Many scans in one thread: memory must stay flat. */
import { figuresOf } from './child.ts';
import type { SoakSample } from './soak.ts';
import { printTable } from './report.ts';

const SCANS = 100_000;

/** Measures and prints. */
export async function benchSoak(): Promise<void> {
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

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
