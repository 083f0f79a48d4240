/** What a proxy costs end to end: requests per second and latency, against nginx in the same run. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runLoad, type LoadResult } from './load.ts';
import { retrieveConfirmation, sendConfirmation, sendRequest } from './messages.ts';
import { startMmsc, startProxy, stop, waitForPort, type Nginx } from './nginx.ts';
import { median, printTable } from './report.ts';

const CONNECTIONS = 16;
const ROUNDS = 3;
const SECONDS = 4;
const PORTS = {
  mmsc: 18_081,
  nginxOne: 18_082,
  nginxAuto: 18_083,
  bare: 18_084,
  own: 18_085,
  httpProxy3: 18_086,
};

/** The proxies that are compared; the first is what the ratios are against. */
const PROXIES = [
  { name: 'nginx, 1 worker', port: PORTS.nginxOne },
  { name: 'nginx, worker a core', port: PORTS.nginxAuto },
  { name: 'bare node:http', port: PORTS.bare },
  { name: 'mmsguard', port: PORTS.own },
  { name: 'mmsguard over http-proxy-3', port: PORTS.httpProxy3 },
];

const SIZES = [30_000, 300_000];
const METHODS = ['POST', 'GET'] as const;

/** Measures and prints. Rounds are interleaved, so that a slow moment of the machine meets every proxy alike. */
export async function benchPassThrough(folder: string): Promise<void> {
  await writeMessages(folder);
  const running = await startAll(folder);
  try {
    for (const method of METHODS) for (const size of SIZES) await compare(method, size, folder);
  } finally {
    await Promise.all(running.map((close) => close()));
  }
}

async function writeMessages(folder: string): Promise<void> {
  const files = join(folder, 'files');
  await mkdir(files, { recursive: true });
  await writeFile(join(files, 'conf'), sendConfirmation());
  for (const size of SIZES) {
    await writeFile(join(files, `retrieve-${size}`), retrieveConfirmation(size));
    await writeFile(join(folder, `send-${size}`), sendRequest(size));
  }
}

async function startAll(folder: string): Promise<(() => Promise<void>)[]> {
  const nginxes: Nginx[] = [
    await startMmsc(folder, PORTS.mmsc),
    await startProxy(folder, PORTS.nginxOne, { workers: '1', mmsc: PORTS.mmsc }),
    await startProxy(folder, PORTS.nginxAuto, { workers: 'auto', mmsc: PORTS.mmsc }),
  ];
  const processes = [
    await run(PORTS.bare, ['bare-proxy.ts']),
    await run(PORTS.own, ['serve.ts', 'node']),
    await run(PORTS.httpProxy3, ['serve.ts', 'http-proxy-3']),
  ];
  return [...processes.map((child) => () => stop(child)), ...nginxes.map((nginx) => () => nginx.close())];
}

async function run(port: number, [script = '', ...options]: readonly string[]): Promise<ChildProcess> {
  const file = join(import.meta.dirname, script);
  const child = spawn(process.execPath, [file, ...options, `${port}`, `${PORTS.mmsc}`], { stdio: 'inherit' });
  await waitForPort(port);
  return child;
}

async function compare(method: 'POST' | 'GET', size: number, folder: string): Promise<void> {
  const results = new Map<string, LoadResult[]>(PROXIES.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, port } of PROXIES) {
      const url = `http://127.0.0.1:${port}/${method === 'GET' ? `retrieve-${size}` : 'conf'}`;
      const body = method === 'POST' ? { bodyFile: join(folder, `send-${size}`) } : {};
      const load = { url, connections: CONNECTIONS, seconds: SECONDS, ...body };
      results.get(name)?.push(await runLoad(load, folder));
    }
  }
  const reference = median((results.get(PROXIES[0]?.name ?? '') ?? []).map((run) => run.requestsPerSecond));
  const rows = [...results].map(([name, runs]) => row(name, runs, reference));
  const heading = ['proxy', 'requests/s', 'of nginx, 1 worker', 'p50 ms', 'p99 ms', 'errors'];
  printTable(`${method} ${size / 1000} KB, ${CONNECTIONS} connections`, [heading, ...rows]);
}

function row(name: string, runs: readonly LoadResult[], reference: number): string[] {
  const rate = median(runs.map((run) => run.requestsPerSecond));
  return [
    name,
    rate.toFixed(0),
    (rate / reference).toFixed(2),
    median(runs.map((run) => run.p50Ms)).toFixed(2),
    median(runs.map((run) => run.p99Ms)).toFixed(2),
    `${runs.reduce((sum, run) => sum + run.errors, 0)}`,
  ];
}
