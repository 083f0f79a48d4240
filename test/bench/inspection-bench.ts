/** What inspection costs end to end: messages per second and latency, against Squid with c-icap and ClamAV in the same run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadResult } from './load.ts';
import { sendRequest } from './messages.ts';
import { startMmsc, stop } from './nginx.ts';
import { missingForPeer, startPeer } from './peer.ts';
import { compareUnderLoad, startScript, type Contender } from './proxies.ts';
import { printTable } from './report.ts';
import { defaultSources, forClamAv, standaloneRules, textOf } from './rules.ts';
import { syntheticRules } from './synthetic-rules.ts';

const SIZES = [30_000, 300_000];
const CONNECTIONS = 16;
const ROUNDS = 3;
const SECONDS = 5;
const SYNTHETIC = 500;

const PORTS = { mmsc: 18_091, none: 18_092, default: 18_093, two: 18_094 };

const NONE: Contender = { name: 'mmsguard, no inspection', port: PORTS.none };
const PEER_NAME = 'Squid + c-icap + ClamAV';

/** A text that must not pass, and the rule that says so: it shows that those that are measured do inspect. */
const FORBIDDEN = 'this-text-must-not-pass';
const FORBIDDEN_RULE = `rule forbidden { meta: severity = "high" strings: $text = "${FORBIDDEN}" condition: $text }\n`;

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
  if (missing.length > 0) console.log(`\n${PEER_NAME} is not measured: ${missing.join(', ')} missing.`);
  const withPeer = missing.length === 0;
  const mmsc = await startMmsc(folder, PORTS.mmsc);
  try {
    const sets = [await defaultRules(folder, withPeer), sharedRules()];
    for (const [index, rules] of sets.entries()) {
      await compareWith(rules, join(folder, `rules-${index}`), { folder, withPeer });
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

async function compareWith(
  rules: RuleSets,
  rulesFolder: string,
  { folder, withPeer }: { readonly folder: string; readonly withPeer: boolean },
): Promise<void> {
  const own = await writeRules(join(rulesFolder, 'own'), rules.own ?? '');
  const forPeer = await writeRules(join(rulesFolder, 'peer'), rules.peer);
  const running = [
    await startMmsguard(PORTS.none, 'node', {}),
    await startMmsguard(PORTS.default, 'inspect', inspecting(rules, own, null)),
    await startMmsguard(PORTS.two, 'inspect', inspecting(rules, own, 2)),
  ];
  const peer = withPeer
    ? startPeer(join(rulesFolder, 'run'), { rules: forPeer, mmsc: PORTS.mmsc })
    : undefined;
  try {
    const contenders: Contender[] = [
      ...(peer === undefined ? [] : [{ name: PEER_NAME, port: peer.port }]),
      { name: 'mmsguard, default threads', port: PORTS.default },
      { name: 'mmsguard, 2 threads', port: PORTS.two },
    ];
    for (const contender of contenders) await checkThatItInspects(contender);
    console.log(`\n${rules.title}; verdict cache off, logs off`);
    for (const size of SIZES) {
      await compareRates(size, [...contenders, NONE], folder);
      await compareLatencies(size, [NONE, ...contenders], folder);
    }
  } finally {
    peer?.close();
    await Promise.all(running.map((child) => stop(child)));
  }
}

async function writeRules(directory: string, text: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'rules.yar'), text + FORBIDDEN_RULE);
  return directory;
}

function inspecting({ own }: RuleSets, directory: string, threads: number | null): object {
  return {
    scanning: { threads, verdictsMax: 0 },
    rules: {
      builtIn: own === undefined,
      watch: false,
      directories: [{ path: directory, namespace: 'bench' }],
    },
  };
}

function startMmsguard(port: number, mode: string, configuration: object): ReturnType<typeof startScript> {
  return startScript(port, ['serve.ts', mode, `${port}`, `${PORTS.mmsc}`, JSON.stringify(configuration)]);
}

/** Sends an ordinary message, which must reach the MMSC, and a forbidden one, which must not. */
async function checkThatItInspects({ name, port }: Contender): Promise<void> {
  const passes = await reachesMmsc(port, sendRequest(3_000));
  const isStopped = !(await reachesMmsc(port, sendRequest(3_000, 'JPEG', FORBIDDEN)));
  if (!passes || !isStopped) throw new Error(`${name}: ${passes ? 'inspects nothing' : 'lets nothing pass'}`);
}

async function reachesMmsc(port: number, body: Uint8Array): Promise<boolean> {
  const headers = { 'content-type': 'application/vnd.wap.mms-message' };
  const answer = await fetch(`http://127.0.0.1:${port}/conf`, {
    method: 'POST',
    headers,
    body: Buffer.from(body),
  });
  // The peer's refusal breaks off.
  const text = await answer.text().catch(() => '');
  return text.includes('bench-');
}

async function compareRates(size: number, contenders: readonly Contender[], folder: string): Promise<void> {
  const results = await loaded(size, CONNECTIONS, contenders, folder);
  const reference = results.find(({ name }) => name === PEER_NAME)?.requestsPerSecond ?? Number.NaN;
  const rows = results.map(({ name, requestsPerSecond, p50Ms, p99Ms, errors }) => [
    name,
    requestsPerSecond.toFixed(0),
    (requestsPerSecond / reference).toFixed(2),
    p50Ms.toFixed(2),
    p99Ms.toFixed(2),
    `${errors}`,
  ]);
  const heading = ['proxy', 'messages/s', `of ${PEER_NAME}`, 'p50 ms', 'p99 ms', 'errors'];
  printTable(`POST ${size / 1000} KB, ${CONNECTIONS} connections`, [heading, ...rows]);
}

/** One connection: nothing waits for anything else, so what is added is the inspection's own time. */
async function compareLatencies(
  size: number,
  contenders: readonly Contender[],
  folder: string,
): Promise<void> {
  const results = await loaded(size, 1, contenders, folder);
  const base = results.find(({ name }) => name === NONE.name);
  const added = (result: LoadResult, figure: 'p50Ms' | 'p99Ms'): string =>
    (result[figure] - (base?.[figure] ?? Number.NaN)).toFixed(2);
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
  size: number,
  connections: number,
  contenders: readonly Contender[],
  folder: string,
): ReturnType<typeof compareUnderLoad> {
  const bodyFile = join(folder, `send-${size}`);
  return compareUnderLoad(
    contenders,
    { path: 'conf', connections, rounds: ROUNDS, seconds: SECONDS, bodyFile },
    folder,
  );
}
