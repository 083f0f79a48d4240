/** The engine and C `yara` on the same rules and octets, in the same rounds. */
import { NO_EXTERNALS } from '../../src/scanning/externals.ts';
import type { RuleScanner } from '../../src/scanning/yara-engine.ts';
import type { CYara } from './c-yara.ts';
import { median } from './report.ts';
import { oneRound, warmUp } from './timing.ts';

const ROUNDS = 5;

/** Median microseconds of one scan. */
export interface PairedTimes {
  readonly own: number;
  readonly cYara: number;
}

/** Runs the rules for parts. */
export function scanPart(rules: RuleScanner, bytes: Uint8Array): void {
  rules.scan({ target: 'part', bytes, part: 0, member: undefined, externals: NO_EXTERNALS });
}

/** Times both, warm. */
export async function compareWithCYara(
  { rules, reference }: { readonly rules: RuleScanner; readonly reference: CYara },
  bytes: Uint8Array,
): Promise<PairedTimes> {
  const scan = (): void => {
    scanPart(rules, bytes);
  };
  await warmUp(scan);
  const [own, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    theirs.push(reference.scanMicroseconds(bytes));
    own.push(await oneRound(scan));
  }
  return { own: median(own), cYara: median(theirs) };
}
