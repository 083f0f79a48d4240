/** How servers are compared under load. */
import { cpuMicroseconds } from './cpu-time.ts';
import { runLoad, type Load, type LoadResult } from './load.ts';
import { median } from './report.ts';
import type { RunningServer } from './servers.ts';

/** A server that is compared. */
export interface Contender {
  readonly name: string;
  readonly server: RunningServer;
}

/** What it did: medians of the rounds, and the sum of their errors. */
export interface ContenderResult extends LoadResult {
  readonly name: string;
  /** Of all its processes, for one request. */
  readonly cpuMicroseconds: number;
}

/** The load, on a path of each server. */
export type SharedLoad = Omit<Load, 'url'> & { readonly path: string; readonly rounds: number };

/** What a proxy needs to run as it will for months: its machine code is made over again while it runs. */
const WARM_UP_SECONDS = 20;

/** Loads every contender before anything is measured. */
export async function warmUp(
  contenders: readonly Contender[],
  { path, ...load }: Omit<SharedLoad, 'rounds' | 'seconds'>,
  folder: string,
): Promise<void> {
  for (const { server } of contenders) {
    const url = `http://127.0.0.1:${server.port}/${path}`;
    await runLoad({ url, seconds: WARM_UP_SECONDS, ...load }, folder);
  }
}

/**
 * Loads every contender in interleaved rounds, so that a slow moment of the machine meets all alike. The first round is
 * not counted: it warms them up.
 */
export async function compareUnderLoad(
  contenders: readonly Contender[],
  { path, rounds, ...load }: SharedLoad,
  folder: string,
): Promise<ContenderResult[]> {
  const runs = contenders.map((): ContenderResult[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { name, server }] of contenders.entries()) {
      const before = cpuMicroseconds(server.pids);
      const result = await runLoad({ url: `http://127.0.0.1:${server.port}/${path}`, ...load }, folder);
      const used = cpuMicroseconds(server.pids) - before;
      const requests = result.requestsPerSecond * load.seconds;
      if (round > 0) runs[index]?.push({ name, cpuMicroseconds: used / requests, ...result });
    }
  }
  return contenders.map(({ name }, index) => ({ name, ...medians(runs[index] ?? []) }));
}

function medians(runs: readonly ContenderResult[]): Omit<ContenderResult, 'name'> {
  const of = (figure: (run: ContenderResult) => number): number => median(runs.map(figure));
  return {
    requestsPerSecond: of((run) => run.requestsPerSecond),
    p50Ms: of((run) => run.p50Ms),
    p99Ms: of((run) => run.p99Ms),
    cpuMicroseconds: of((run) => run.cpuMicroseconds),
    errors: runs.reduce((sum, run) => sum + run.errors, 0),
  };
}

/** A table row: rate, its ratio to the reference, latency, processor time, its ratio, errors. */
export function resultRow(result: ContenderResult, reference: ContenderResult | undefined): string[] {
  const ratio = (of: (one: ContenderResult) => number): string =>
    reference === undefined ? '' : (of(result) / of(reference)).toFixed(2);
  return [
    result.name,
    result.requestsPerSecond.toFixed(0),
    ratio((one) => one.requestsPerSecond),
    result.p50Ms.toFixed(2),
    result.p99Ms.toFixed(2),
    result.cpuMicroseconds.toFixed(0),
    ratio((one) => one.cpuMicroseconds),
    `${result.errors}`,
  ];
}

/** The heading above such rows. */
export function resultHeading(reference: string): string[] {
  return [
    'proxy',
    'requests/s',
    `of ${reference}`,
    'p50 ms',
    'p99 ms',
    'CPU µs each',
    `of ${reference}`,
    'errors',
  ];
}
