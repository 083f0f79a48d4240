/**
 * A process that holds messages until it is killed: `quarantine-child.ts FILE FIRST`. It says `ready`, then `held ID` after
 * each answer of the store and `deleted ID` where it has ended what it held. Ids count from FIRST.
 */
import { writeSync } from 'node:fs';
import { HELD_AT_MS, newRecord } from './held-records.ts';
import { DELETED_EVERY, killedBody, killedId, openKilledQuarantine } from './killed-quarantine.ts';

/** Messages on their way at once. */
const AT_ONCE = 4;

const STDOUT = 1;

const [, , file = '', first = '0'] = process.argv;
const { store } = await openKilledQuarantine(file);
writeSync(STDOUT, 'ready\n');
let next = Number(first);

async function holdOn(): Promise<never> {
  for (;;) {
    const serial = next;
    next += 1;
    const id = killedId(serial);
    const held = await store.hold(newRecord({ id, body: killedBody(serial) }));
    if (held.kind !== 'held') throw new Error(JSON.stringify(held));
    writeSync(STDOUT, `held ${serial}\n`);
    if (serial % DELETED_EVERY !== 0) continue;
    const ended = await store.end(id, 'deleted', { atMs: HELD_AT_MS, by: 'test', why: '' });
    if (ended.kind !== 'done') throw new Error(JSON.stringify(ended));
    writeSync(STDOUT, `deleted ${serial}\n`);
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, holdOn));
