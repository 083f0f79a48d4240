/** Times calls that are short, in one thread. */
import { median } from './report.ts';

/** A round repeats the call for so long. */
const ROUND_MS = 300;

const ROUNDS = 3;

/** Until then the machine code is not yet what it will be. */
const WARM_UP_MS = 1500;

/** Median microseconds of one call, warm. */
export async function microseconds(run: () => unknown): Promise<number> {
  await warmUp(run);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound(run));
  return median(rounds);
}

/** Calls until the machine code has settled. */
export async function warmUp(run: () => unknown): Promise<void> {
  await oneRound(run, WARM_UP_MS);
}

/** Microseconds of one call in a single round. */
export async function oneRound(run: () => unknown, roundMs = ROUND_MS): Promise<number> {
  const startedMs = performance.now();
  let count = 0;
  do {
    await run();
    count += 1;
  } while (performance.now() - startedMs < roundMs);
  return ((performance.now() - startedMs) / count) * 1000;
}
