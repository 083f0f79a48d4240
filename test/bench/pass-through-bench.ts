/** What a proxy costs end to end without inspection: requests per second and latency, against nginx in the same run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadResult } from './load.ts';
import { retrieveConfirmation, sendRequest } from './messages.ts';
import { startMmsc, startProxy, stop, type Nginx } from './nginx.ts';
import { compareUnderLoad, startScript } from './proxies.ts';
import { printTable } from './report.ts';

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
  { name: 'mmsguard, no inspection', port: PORTS.own },
  { name: 'the same over http-proxy-3', port: PORTS.httpProxy3 },
];

const SIZES = [30_000, 300_000];
const METHODS = ['POST', 'GET'] as const;

/** Measures and prints. */
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
  for (const size of SIZES) {
    await writeFile(join(files, `retrieve-${size}`), retrieveConfirmation(size));
    await writeFile(join(folder, `send-${size}`), sendRequest(size));
  }
}

async function startAll(folder: string): Promise<(() => Promise<void>)[]> {
  const { mmsc, bare, own, httpProxy3 } = PORTS;
  const nginxes: Nginx[] = [
    await startMmsc(folder, mmsc),
    await startProxy(folder, PORTS.nginxOne, { workers: '1', mmsc }),
    await startProxy(folder, PORTS.nginxAuto, { workers: 'auto', mmsc }),
  ];
  const processes = [
    await startScript(bare, ['bare-proxy.ts', `${bare}`, `${mmsc}`]),
    await startScript(own, ['serve.ts', 'node', `${own}`, `${mmsc}`]),
    await startScript(httpProxy3, ['serve.ts', 'http-proxy-3', `${httpProxy3}`, `${mmsc}`]),
  ];
  return [...processes.map((child) => () => stop(child)), ...nginxes.map((nginx) => () => nginx.close())];
}

async function compare(method: 'POST' | 'GET', size: number, folder: string): Promise<void> {
  const load = {
    path: method === 'GET' ? `retrieve-${size}` : 'conf',
    connections: CONNECTIONS,
    rounds: ROUNDS,
    seconds: SECONDS,
    ...(method === 'POST' && { bodyFile: join(folder, `send-${size}`) }),
  };
  const results = await compareUnderLoad(PROXIES, load, folder);
  const reference = results[0]?.requestsPerSecond ?? Number.NaN;
  const heading = ['proxy', 'requests/s', 'of nginx, 1 worker', 'p50 ms', 'p99 ms', 'errors'];
  const rows = results.map((result) => row(result, reference));
  printTable(`${method} ${size / 1000} KB, ${CONNECTIONS} connections`, [heading, ...rows]);
}

function row(
  { name, requestsPerSecond, p50Ms, p99Ms, errors }: LoadResult & { readonly name: string },
  reference: number,
): string[] {
  const ratio = (requestsPerSecond / reference).toFixed(2);
  return [name, requestsPerSecond.toFixed(0), ratio, p50Ms.toFixed(2), p99Ms.toFixed(2), `${errors}`];
}
