/**
 * A process that holds messages is killed at random moments; whatever it had answered for is there, and whole. `MMSGUARD_KILLS`
 * says how often, `MMSGUARD_KILL_SEED` repeats a run. What the kernel has is not lost with a process, so this is not about
 * the disk's cache: that is what `PRAGMA synchronous = FULL` is for.
 */
import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { FullRecord, StoreResult } from '../../src/storage/quarantine-store.ts';
import type { SqlRow } from '../../src/storage/sql-database.ts';
import { DELETED_EVERY, killedBody, killedId, openKilledQuarantine } from '../support/killed-quarantine.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const KILLS = Number(process.env['MMSGUARD_KILLS'] ?? 15);
const SEED = process.env['MMSGUARD_KILL_SEED'] ?? String(Date.now());
const CHILD = new URL('../support/quarantine-child.ts', import.meta.url).pathname;

/** Work of a process until it is killed; the process before it is ready takes some hundred milliseconds. */
const WORK_MS_MAX = 30;
const START_MS_MAX = 300;

/** Each so many is killed while it starts, which is when it repairs what the one before has left. */
const STARTING_EVERY = 10;

/** More than a process can hold in its life. */
const SERIALS_EACH = 100_000;

const MS_EACH = 3000;

/** What a process has said, whole lines only. */
async function killedAt(file: string, kill: number): Promise<readonly string[]> {
  const random = hash('sha256', `${SEED} ${kill}`, 'buffer').readUInt32BE(0) / 2 ** 32;
  const child = spawn(process.execPath, [CHILD, file, String(kill * SERIALS_EACH)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = once(child, 'close');
  if (kill % STARTING_EVERY === 0) await delay(random * START_MS_MAX);
  else {
    await Promise.race([once(child.stdout, 'data'), closed]);
    await delay(random * WORK_MS_MAX);
  }
  child.kill('SIGKILL');
  await closed;
  expect(child.signalCode).toBe('SIGKILL');
  return said.split('\n').slice(0, -1);
}

/** Counts that the tables must agree in. */
const COUNTS = [
  'SELECT held, bytes FROM quarantine_totals',
  "SELECT (SELECT COUNT(*) FROM quarantine WHERE state = 'held') AS held, SUM(bytes) AS bytes FROM quarantine_bodies",
  `SELECT COUNT(*) AS wrong FROM quarantine_bodies b
   WHERE uses <> (SELECT COUNT(*) FROM quarantine q WHERE q.body_key = b.body_key AND q.has_body = 1)`,
  'PRAGMA integrity_check',
];

/** One that was being deleted when its process was killed may be either: held, or gone. */
function isWhole(found: StoreResult<FullRecord>, serial: number, isDeleted: boolean): boolean {
  if (found.kind !== 'found') return false;
  const { state, body } = found.value;
  if (state === 'deleted') return body === undefined && serial % DELETED_EVERY === 0;
  return !isDeleted && body !== undefined && killedBody(serial).equals(body);
}

it(
  `loses nothing that was answered for in ${KILLS} kills`,
  async () => {
    const file = join(scratchFolder(), 'killed.sqlite');
    const held = new Set<number>();
    const deleted = new Set<number>();
    for (let kill = 1; kill <= KILLS; kill += 1)
      for (const line of await killedAt(file, kill)) {
        const [act, serial] = line.split(' ');
        if (act === 'held') held.add(Number(serial));
        if (act === 'deleted') deleted.add(Number(serial));
      }

    const { database, store } = await openKilledQuarantine(file);
    const lost: string[] = [];
    for (const serial of held) {
      const found = await store.get(killedId(serial));
      if (!isWhole(found, serial, deleted.has(serial))) lost.push(`${serial}: ${JSON.stringify(found)}`);
    }
    const counts = await database.transaction(COUNTS.map((sql) => ({ sql, values: [] })));
    await database.close();
    process.stdout.write(
      `${KILLS} kills with seed ${SEED}: ${held.size} held, ${deleted.size} deleted, ${lost.length} lost\n`,
    );
    expect(lost).toEqual([]);
    expect(held.size).toBeGreaterThan(KILLS / 2);
    const [totals, sums, uses, check] = counts.ok ? counts.rows.map((rows): SqlRow => ({ ...rows[0] })) : [];
    expect(totals).toEqual(sums);
    expect(uses).toEqual({ wrong: 0 });
    expect(check).toEqual({ integrity_check: 'ok' });
  },
  KILLS * MS_EACH + 30_000,
);
