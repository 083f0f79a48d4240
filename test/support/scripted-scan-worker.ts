/** A scan thread that does what the first word of the body says, so that every kind of end can be had. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ScanOutcome } from '../../src/inspection/scan-outcome.ts';
import type { ScanCommand, ThreadReply, ThreadStart } from '../../src/scanning/thread-messages.ts';

const port = parentPort;
if (port === null) throw new Error('this file is the entry of a thread');
const { ruleSetDigest } = workerData as ThreadStart;
if (ruleSetDigest === 'broken') throw new Error('these rules do not open');

let slot: Uint8Array = new Uint8Array();
let scans = 0;
let isWorn = false;

const spin = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

const ACTS: Readonly<Record<string, (ms: number) => void>> = {
  loop: () => {
    for (;;);
  },
  spin,
  crash: () => {
    throw new Error('a bug');
  },
  exit: () => process.exit(3),
  'exit-later': () => setTimeout(() => process.exit(4), 10),
  memory: () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(100_000).fill(kept.length));
  },
};

const say = (reply: ThreadReply): void => {
  port.postMessage(reply);
};

port.on('message', ({ length, slot: newSlot }: ScanCommand) => {
  if (newSlot !== undefined) slot = new Uint8Array(newSlot);
  const [act = '', argument = '0'] = Buffer.from(slot.slice(0, length)).toString('latin1').split(' ');
  ACTS[act]?.(Number(argument));
  scans += 1;
  isWorn ||= act === 'wear';
  const scansLeft = isWorn ? 0 : 1000 - scans;
  say({ kind: 'scanned', outcome: outcomeOf(length), scansLeft });
});
say({ kind: 'ready' });

function outcomeOf(octets: number): ScanOutcome {
  const pdu = { type: 'm-send-req', headers: {}, recipients: [] } as const;
  const parts = [{ family: undefined, declaredType: '', sniffedType: '', octets }];
  return {
    kind: 'inspected',
    report: { pdu, anomalies: [], findings: [], matches: [], parts, ruleSetDigest },
  };
}
