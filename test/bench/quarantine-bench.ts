/** The quarantine on SQLite: how fast messages are held, how fast they are found, and what they take on the disk. */
import { randomBytes, randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Keyring } from '../../src/storage/keyring.ts';
import { pseudonyms } from '../../src/storage/pseudonym.ts';
import type { NewRecord, QuarantineStore, RecordFilter } from '../../src/storage/quarantine-store.ts';
import { SqlQuarantineStore } from '../../src/storage/sql-quarantine-store.ts';
import { openSqlite } from '../../src/storage/sqlite-database.ts';
import { decisionOf } from '../support/decisions.ts';
import { HELD_AT_MS, newRecord } from '../support/held-records.ts';
import { median, printTable } from './report.ts';

const KB = 1000;
const WRITES = [
  { octets: 30 * KB, count: 2000 },
  { octets: 300 * KB, count: 400 },
];
const AT_ONCE = [1, 16];
const RECORDS = 100_000;
const PAGE = 50;
const SEARCHES = 41;

/** Measures and prints. */
export async function benchQuarantine(folder: string): Promise<void> {
  await benchWrites(folder);
  await benchSearches(folder);
}

interface OpenQuarantine {
  readonly store: QuarantineStore;
  readonly file: string;
  close(): Promise<void>;
}

async function openQuarantine(file: string): Promise<OpenQuarantine> {
  const opened = await openSqlite({ file, timeoutMs: 60_000 });
  if (!opened.ok) throw new Error(opened.detail);
  const { database } = opened;
  const store = new SqlQuarantineStore({
    database,
    limits: { recordsMax: Number.MAX_SAFE_INTEGER, bytesMax: Number.MAX_SAFE_INTEGER },
    keyring: new Keyring([{ id: 'bench', key: randomBytes(32) }]),
    pseudonymOf: pseudonyms(randomBytes(32)),
  });
  return { store, file, close: () => database.close() };
}

async function benchWrites(folder: string): Promise<void> {
  const rows: string[][] = [];
  const sizes: string[][] = [];
  for (const { octets, count } of WRITES) {
    const bodies = Array.from({ length: count }, () => randomBytes(octets));
    for (const atOnce of AT_ONCE) {
      const plain = await timed(bodies, atOnce, (body) => writeDurably(join(folder, randomUUID()), body));
      const quarantine = await openQuarantine(join(folder, `${octets}-${atOnce}.sqlite`));
      const held = await timed(bodies, atOnce, (body) => hold(quarantine.store, { body }));
      await quarantine.close();
      rows.push([
        `${octets / KB} KB, ${atOnce} at a time`,
        held.perSecond.toFixed(0),
        (held.perSecond / plain.perSecond).toFixed(2),
        held.p50Ms.toFixed(1),
        held.p99Ms.toFixed(1),
        (held.p99Ms / plain.p99Ms).toFixed(2),
      ]);
      const { size } = await stat(quarantine.file);
      if (atOnce === 1) sizes.push([`${octets / KB} KB`, (size / count / octets).toFixed(3)]);
    }
  }
  printTable('Messages held durably; the reference is a file of the same octets each, written and synced', [
    ['messages', 'held/s', 'of the reference', 'median ms', 'p99 ms', 'of the reference'],
    ...rows,
  ]);
  printTable('Octets on the disk for each octet of a message', [['messages', 'ratio'], ...sizes]);
}

interface Timed {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function timed(
  bodies: readonly Uint8Array[],
  atOnce: number,
  write: (body: Uint8Array) => Promise<void>,
): Promise<Timed> {
  const left = bodies.values();
  const durations: number[] = [];
  const startedMs = performance.now();
  const work = async (): Promise<void> => {
    for (const body of left) {
      const beganMs = performance.now();
      await write(body);
      durations.push(performance.now() - beganMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const perSecond = (bodies.length / (performance.now() - startedMs)) * 1000;
  const sorted = durations.toSorted((a, b) => a - b);
  return {
    perSecond,
    p50Ms: median(durations),
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  };
}

async function writeDurably(path: string, body: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function hold(store: QuarantineStore, changes: Partial<NewRecord>): Promise<void> {
  const held = await store.hold(newRecord({ id: randomUUID(), ...changes }));
  if (held.kind !== 'held') throw new Error(JSON.stringify(held));
}

const SEVERITIES_HELD = ['medium', 'high', 'critical'] as const;

/** A message among `RECORDS`: 5000 senders, 20 rules of which one is rare, one in ten inbound; one body. */
function recordAt(serial: number): Partial<NewRecord> {
  const rule = serial % 1000 === 0 ? 'rare' : `rule_${serial % 19}`;
  return {
    atMs: HELD_AT_MS + serial,
    direction: serial % 10 === 0 ? 'inbound' : 'outbound',
    severity: SEVERITIES_HELD[serial % SEVERITIES_HELD.length] ?? 'high',
    body: Buffer.from('the same each time'),
    envelope: { sender: number(serial % 5000), from: undefined, recipients: [number(serial)] },
    http: { method: 'POST', authority: 'mmsc', path: `/${serial}`, headers: [] },
    decision: decisionOf('quarantine', {
      reasons: [
        {
          kind: 'rule',
          code: `mmsguard:${rule}`,
          severity: 'high',
          part: 1,
          entry: 'severity high',
          action: 'quarantine',
          isShadow: false,
        },
      ],
    }),
  };
}

function number(serial: number): string {
  return `+1202${String(serial).padStart(7, '0')}`;
}

/** What an analyst looks for. */
const FILTERS: readonly (readonly [string, RecordFilter])[] = [
  ['everything', {}],
  ['held', { state: 'held' }],
  ['deleted: one in a hundred', { state: 'deleted' }],
  ['critical and held', { state: 'held', severity: 'critical' }],
  ['a sender', { number: number(7) }],
  ['a recipient', { number: number(70_007) }],
  ['a rule that matched often', { reason: 'mmsguard:rule_3' }],
  ['a rule that matched often, and deleted', { reason: 'mmsguard:rule_3', state: 'deleted' }],
  ['a rule that matched often, and no day of it', { reason: 'mmsguard:rule_3', toMs: HELD_AT_MS }],
  ['a rare rule', { reason: 'mmsguard:rare' }],
  ['a rule and a sender', { reason: 'mmsguard:rule_3', number: number(7) }],
  ['a time', { fromMs: HELD_AT_MS + 50_000, toMs: HELD_AT_MS + 50_100 }],
  ['nothing that is there', { number: '+19999999999' }],
];

async function benchSearches(folder: string): Promise<void> {
  const quarantine = await openQuarantine(join(folder, 'searched.sqlite'));
  const { store } = quarantine;
  const serials = Array.from({ length: RECORDS }, (_, serial) => serial).values();
  const fill = async (): Promise<void> => {
    for (const serial of serials) {
      const id = randomUUID();
      await hold(store, { id, ...recordAt(serial) });
      if (serial % 100 === 0) await store.end(id, 'deleted', { atMs: HELD_AT_MS, by: 'bench', why: '' });
    }
  };
  await Promise.all(Array.from({ length: 64 }, fill));
  const rows: string[][] = [];
  for (const [name, filter] of FILTERS)
    rows.push([name, (await medianMs(() => store.list(filter, { limit: PAGE }))).toFixed(1)]);
  rows.push(['the 20th page of everything', (await deepPageMs(store)).toFixed(1)]);
  rows.push(['how many of each state', (await medianMs(() => store.stats())).toFixed(1)]);
  await quarantine.close();
  printTable(`Searches among ${RECORDS} messages, pages of ${PAGE}`, [['looked for', 'median ms'], ...rows]);
}

async function medianMs(search: () => Promise<{ readonly kind: string }>): Promise<number> {
  const durations: number[] = [];
  for (let round = 0; round < SEARCHES; round += 1) {
    const beganMs = performance.now();
    const { kind } = await search();
    durations.push(performance.now() - beganMs);
    if (kind !== 'found') throw new Error(kind);
  }
  return median(durations);
}

async function deepPageMs(store: QuarantineStore): Promise<number> {
  let cursor: string | undefined;
  for (let page = 1; page < 20; page += 1) {
    const listed = await store.list({}, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    if (listed.kind !== 'found' || listed.value.next === undefined) throw new Error(listed.kind);
    cursor = listed.value.next;
  }
  return medianMs(() => store.list({}, { limit: PAGE, ...(cursor !== undefined && { cursor }) }));
}
