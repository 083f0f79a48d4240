/** The proxies of the benchmarks, as processes, and how they are compared under load. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { runLoad, type Load, type LoadResult } from './load.ts';
import { waitForPort } from './nginx.ts';
import { median } from './report.ts';

/** A proxy that is compared. */
export interface Contender {
  readonly name: string;
  readonly port: number;
}

/** Starts a script of this folder as a proxy on a port. */
export async function startScript(
  port: number,
  [script = '', ...options]: readonly string[],
): Promise<ChildProcess> {
  const file = join(import.meta.dirname, script);
  const child = spawn(process.execPath, [file, ...options], { stdio: 'inherit' });
  await waitForPort(port);
  return child;
}

/** The medians of some runs, and the sum of their errors. */
export function medians(runs: readonly LoadResult[]): LoadResult {
  return {
    requestsPerSecond: median(runs.map((run) => run.requestsPerSecond)),
    p50Ms: median(runs.map((run) => run.p50Ms)),
    p99Ms: median(runs.map((run) => run.p99Ms)),
    errors: runs.reduce((sum, run) => sum + run.errors, 0),
  };
}

/** Loads every contender in interleaved rounds, so that a slow moment of the machine meets all alike. */
export async function compareUnderLoad(
  contenders: readonly Contender[],
  { path, rounds, ...load }: Omit<Load, 'url'> & { readonly path: string; readonly rounds: number },
  folder: string,
): Promise<(LoadResult & { readonly name: string })[]> {
  const runs = contenders.map((): LoadResult[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { port }] of contenders.entries()) {
      const url = `http://127.0.0.1:${port}/${path}`;
      runs[index]?.push(await runLoad({ url, ...load }, folder));
    }
  }
  return contenders.map(({ name }, index) => ({ name, ...medians(runs[index] ?? []) }));
}
