/** Memory of the process by its scan threads; every number from a process of its own. */
import { figuresOf } from './child.ts';
import { printTable } from './report.ts';

const THREADS = [1, 2, 4];

const RULES: readonly { readonly name: string; readonly options: readonly string[] }[] = [
  { name: 'the default rules', options: [] },
  { name: '500 made by code', options: ['500'] },
  { name: '5,000 made by code', options: ['5000'] },
];

/** Measures and prints. */
export async function benchMemory(): Promise<void> {
  const rows = [
    ['rules', ...THREADS.map((threads) => `${threads} thread(s) MB`), 'for each further thread MB'],
  ];
  for (const { name, options } of RULES) {
    const sizes: number[] = [];
    for (const threads of THREADS) {
      const bytes = (await figuresOf('pool-memory.ts', [`${threads}`, ...options])) as number;
      sizes.push(bytes / 1e6);
    }
    const further = ((sizes.at(-1) ?? Number.NaN) - (sizes[0] ?? Number.NaN)) / ((THREADS.at(-1) ?? 1) - 1);
    rows.push([name, ...sizes.map((size) => size.toFixed(0)), further.toFixed(0)]);
  }
  printTable('Resident memory of the process, after each thread has scanned 300 messages of 300 KB', rows);
}
