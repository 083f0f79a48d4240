/** What a proxy costs end to end without inspection, against nginx in the same run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareUnderLoad, resultHeading, resultRow, type Contender } from './contenders.ts';
import { retrieveConfirmation, sendRequest } from './messages.ts';
import { startMmsc, startProxy } from './nginx.ts';
import { printTable } from './report.ts';
import { startScript } from './servers.ts';

const CONNECTIONS = 16;
const ROUNDS = 3;
const SECONDS = 4;
const MMSC_PORT = 18_081;
const PORTS = { nginxOne: 18_082, nginxAuto: 18_083, bare: 18_084, own: 18_085, httpProxy3: 18_086 };

const SIZES = [30_000, 300_000];
const METHODS = ['POST', 'GET'] as const;

/** Measures and prints. */
export async function benchPassThrough(folder: string): Promise<void> {
  await writeMessages(folder);
  const mmsc = await startMmsc(folder, MMSC_PORT);
  const contenders = await startAll(folder);
  try {
    for (const method of METHODS)
      for (const size of SIZES) await compare(method, size, { contenders, folder });
  } finally {
    await Promise.all(contenders.map(({ server }) => server.close()));
    await mmsc.close();
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

/** The first is what the ratios are against. */
async function startAll(folder: string): Promise<Contender[]> {
  const mmsc = MMSC_PORT;
  const script = (port: number, ...options: string[]): ReturnType<typeof startScript> =>
    startScript(port, [...options, `${port}`, `${mmsc}`]);
  return [
    { name: 'nginx, 1 worker', server: await startProxy(folder, PORTS.nginxOne, { workers: '1', mmsc }) },
    {
      name: 'nginx, worker a core',
      server: await startProxy(folder, PORTS.nginxAuto, { workers: 'auto', mmsc }),
    },
    { name: 'bare node:http', server: await script(PORTS.bare, 'bare-proxy.ts') },
    { name: 'mmsguard, no inspection', server: await script(PORTS.own, 'serve.ts', 'node') },
    {
      name: 'the same over http-proxy-3',
      server: await script(PORTS.httpProxy3, 'serve.ts', 'http-proxy-3'),
    },
  ];
}

async function compare(
  method: 'POST' | 'GET',
  size: number,
  { contenders, folder }: { readonly contenders: readonly Contender[]; readonly folder: string },
): Promise<void> {
  const load = {
    path: method === 'GET' ? `retrieve-${size}` : 'conf',
    connections: CONNECTIONS,
    rounds: ROUNDS,
    seconds: SECONDS,
    ...(method === 'POST' && { bodyFile: join(folder, `send-${size}`) }),
  };
  const results = await compareUnderLoad(contenders, load, folder);
  const rows = results.map((result) => resultRow(result, results[0]));
  printTable(`${method} ${size / 1000} KB, ${CONNECTIONS} connections`, [
    resultHeading('nginx, 1 worker'),
    ...rows,
  ]);
}
