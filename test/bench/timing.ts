/** Times calls that are short, in one thread. */
import { median } from './report.ts';

/** A round repeats the call for so long. */
const ROUND_MS = 300;

/** Rounds of a measurement, without the first, which waits for the machine code. */
const ROUNDS = 3;

/** Median microseconds of one call, warm. */
export async function microseconds(run: () => unknown): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) rounds.push(await oneRound(run));
  return median(rounds.slice(1));
}

/** Microseconds of one call in a single round. */
export async function oneRound(run: () => unknown): Promise<number> {
  const startedMs = performance.now();
  let count = 0;
  do {
    await run();
    count += 1;
  } while (performance.now() - startedMs < ROUND_MS);
  return ((performance.now() - startedMs) / count) * 1000;
}
