/** How cost grows with the number of rules; every number in a process of its own. */
import { figuresOf } from './child.ts';
import type { RuleSetCost } from './rule-set-cost.ts';
import { printTable } from './report.ts';

const COUNTS = [50, 500, 5_000];

/** Measures and prints. */
export async function benchGrowth(folder: string): Promise<void> {
  const rows = [
    [
      'rules',
      'compile s',
      'image MB',
      'thread start ms',
      '30 KB µs',
      'of 50 rules',
      'of C yara',
      '300 KB µs',
      'of 50 rules',
      'of C yara',
    ],
  ];
  let least: RuleSetCost | undefined;
  for (const count of COUNTS) {
    const cost = (await figuresOf('rule-set-cost.ts', [`${count}`, folder])) as RuleSetCost;
    least ??= cost;
    const { compileMs, imageBytes, threadStartMs, small, large } = cost;
    rows.push([
      `${count}`,
      (compileMs / 1000).toFixed(1),
      (imageBytes / 1e6).toFixed(0),
      threadStartMs.toFixed(0),
      small.own.toFixed(0),
      (small.own / least.small.own).toFixed(2),
      (small.own / small.cYara).toFixed(2),
      large.own.toFixed(0),
      (large.own / least.large.own).toFixed(2),
      (large.own / large.cYara).toFixed(2),
    ]);
  }
  printTable('Rules made by code, searched in a JPEG by one thread', rows);
}
