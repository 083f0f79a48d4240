/** What inspection costs end to end, against Squid with c-icap and ClamAV in the same run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  compareUnderLoad,
  resultHeading,
  resultRow,
  warmUp,
  type Contender,
  type ContenderResult,
} from './contenders.ts';
import { sendRequest } from './messages.ts';
import { startMmsc } from './nginx.ts';
import { missingForPeer, startPeer } from './peer.ts';
import { printTable } from './report.ts';
import { defaultSources, forClamAv, standaloneRules, textOf } from './rules.ts';
import { startScript, type RunningServer } from './servers.ts';
import { syntheticRules } from './synthetic-rules.ts';

const SIZES = [30_000, 300_000];
const CONNECTIONS = 16;
const ROUNDS = 3;
const SECONDS = 5;
const SYNTHETIC = 500;

const PORTS = { mmsc: 18_091, none: 18_092, default: 18_093, two: 18_094 };

const NAMES = {
  none: 'mmsguard, no inspection',
  default: 'mmsguard, default threads',
  two: 'mmsguard, 2 threads',
  peer: 'Squid + c-icap + ClamAV',
};

/** A text that must not pass, and the rule that says so: it shows that those that are measured do inspect. */
const FORBIDDEN = 'this-text-must-not-pass';
const FORBIDDEN_RULE = `
rule forbidden { meta: severity = "high" strings: $text = "${FORBIDDEN}" condition: $text }
`;

/** Rules of one comparison: for mmsguard, and for ClamAV. */
interface RuleSets {
  readonly title: string;
  /** A text of rules, or undefined for the default set. */
  readonly own: string | undefined;
  readonly peer: string;
}

/** Measures and prints: with the default rules, of which ClamAV takes what it can, and with rules that both can take. */
export async function benchInspection(folder: string): Promise<void> {
  for (const size of SIZES) await writeFile(join(folder, `send-${size}`), sendRequest(size));
  const missing = missingForPeer();
  if (missing.length > 0) console.log(`\n${NAMES.peer} is not measured: ${missing.join(', ')} missing.`);
  const withPeer = missing.length === 0;
  const mmsc = await startMmsc(folder, PORTS.mmsc);
  try {
    for (const rules of [await defaultRules(folder, withPeer), sharedRules()]) {
      await compareWith(rules, folder, withPeer);
    }
  } finally {
    await mmsc.close();
  }
}

async function defaultRules(folder: string, withPeer: boolean): Promise<RuleSets> {
  const all = standaloneRules(await defaultSources());
  const forPeer = withPeer ? forClamAv(all, folder) : [];
  const title = `mmsguard: the ${all.length} default rules; ClamAV: the ${forPeer.length} of them that it can compile`;
  return { title, own: undefined, peer: textOf(forPeer) };
}

function sharedRules(): RuleSets {
  const text = syntheticRules(SYNTHETIC);
  return { title: `both: the same ${SYNTHETIC} rules made by code`, own: text, peer: text };
}

async function compareWith(rules: RuleSets, folder: string, withPeer: boolean): Promise<void> {
  const none = { name: NAMES.none, server: await startMmsguard(PORTS.none, 'node', {}) };
  const inspecting = await startInspecting(rules, folder, withPeer);
  try {
    for (const contender of inspecting) await checkThatItInspects(contender);
    console.log(`\n${rules.title}; verdict cache off, logs off`);
    for (const size of SIZES) {
      const load = { path: 'conf', connections: CONNECTIONS, bodyFile: join(folder, `send-${size}`) };
      await warmUp([none, ...inspecting], load, folder);
      await compareRates(size, [...inspecting, none], folder);
      await compareLatencies(size, [none, ...inspecting], folder);
    }
  } finally {
    await Promise.all([none, ...inspecting].map(({ server }) => server.close()));
  }
}

async function startInspecting(rules: RuleSets, folder: string, withPeer: boolean): Promise<Contender[]> {
  const own = await writeRules(join(folder, 'own'), rules.own ?? '');
  const start = (port: number, threads: number | null): Promise<RunningServer> =>
    startMmsguard(port, 'inspect', {
      scanning: { threads, verdictsMax: 0 },
      rules: {
        builtIn: rules.own === undefined,
        watch: false,
        directories: [{ path: own, namespace: 'bench' }],
      },
    });
  const contenders = [
    { name: NAMES.default, server: await start(PORTS.default, null) },
    { name: NAMES.two, server: await start(PORTS.two, 2) },
  ];
  if (!withPeer) return contenders;
  const forPeer = await writeRules(join(folder, 'for-peer'), rules.peer);
  const peer = startPeer(join(folder, 'peer'), { rules: forPeer, mmsc: PORTS.mmsc });
  return [{ name: NAMES.peer, server: peer }, ...contenders];
}

async function writeRules(directory: string, text: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'rules.yar'), text + FORBIDDEN_RULE);
  return directory;
}

function startMmsguard(port: number, mode: string, configuration: object): Promise<RunningServer> {
  return startScript(port, ['serve.ts', mode, `${port}`, `${PORTS.mmsc}`, JSON.stringify(configuration)]);
}

/** Sends an ordinary message, which must reach the MMSC, and a forbidden one, which must not. */
async function checkThatItInspects({ name, server }: Contender): Promise<void> {
  const passes = await reachesMmsc(server, sendRequest(3_000));
  const isStopped = !(await reachesMmsc(server, sendRequest(3_000, 'JPEG', FORBIDDEN)));
  if (!passes || !isStopped) throw new Error(`${name} ${passes ? 'inspects nothing' : 'lets nothing pass'}`);
}

async function reachesMmsc({ port }: RunningServer, message: Uint8Array): Promise<boolean> {
  const headers = { 'content-type': 'application/vnd.wap.mms-message' };
  const body = Buffer.from(message);
  const answer = await fetch(`http://127.0.0.1:${port}/conf`, { method: 'POST', headers, body });
  // The peer's refusal breaks off.
  const text = await answer.text().catch(() => '');
  return text.includes('bench-');
}

async function compareRates(size: number, contenders: readonly Contender[], folder: string): Promise<void> {
  const results = await loaded(contenders, size, { connections: CONNECTIONS, folder });
  const peer = results.find(({ name }) => name === NAMES.peer);
  const rows = results.map((result) => resultRow(result, peer));
  printTable(`POST ${size / 1000} KB, ${CONNECTIONS} connections`, [resultHeading('the peer'), ...rows]);
}

/** One connection: nothing waits for anything else, so what is added is the inspection's own time. */
async function compareLatencies(
  size: number,
  contenders: readonly Contender[],
  folder: string,
): Promise<void> {
  const results = await loaded(contenders, size, { connections: 1, folder });
  const added = (result: ContenderResult, figure: 'p50Ms' | 'p99Ms'): string =>
    (result[figure] - (results[0]?.[figure] ?? Number.NaN)).toFixed(2);
  const rows = results.map((result) => [
    result.name,
    result.p50Ms.toFixed(2),
    added(result, 'p50Ms'),
    result.p99Ms.toFixed(2),
    added(result, 'p99Ms'),
  ]);
  const heading = ['proxy', 'p50 ms', 'added', 'p99 ms', 'added'];
  printTable(`POST ${size / 1000} KB, one connection: latency added to no inspection`, [heading, ...rows]);
}

function loaded(
  contenders: readonly Contender[],
  size: number,
  { connections, folder }: { readonly connections: number; readonly folder: string },
): Promise<ContenderResult[]> {
  const bodyFile = join(folder, `send-${size}`);
  const load = { path: 'conf', connections, rounds: ROUNDS, seconds: SECONDS, bodyFile };
  return compareUnderLoad(contenders, load, folder);
}
