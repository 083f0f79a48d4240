/** How long one decode takes: over real PDUs, and as the body grows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { sendRequest } from './messages.ts';
import { median, printTable } from './report.ts';

const ROUNDS = 1000;
const WARM_UP_ROUNDS = 2000;

/** Prints the decode table. `corpus` is a folder of PDUs; without it, only the growth is measured. */
export function benchDecode(corpus: string | undefined): void {
  if (corpus !== undefined) {
    const medians = pdusIn(corpus).map((pdu) => medianMicroseconds(pdu));
    printTable('Decode, one PDU of the corpus (µs)', [
      ['PDUs', 'median of medians', 'slowest median'],
      [`${medians.length}`, median(medians).toFixed(1), Math.max(...medians).toFixed(1)],
    ]);
  }
  const sizes = [3_000, 30_000, 300_000, 3_000_000];
  const times = sizes.map((size) => medianMicroseconds(sendRequest(size)));
  const rows = sizes.map((size, index) => {
    const time = times[index] ?? Number.NaN;
    return [`${size / 1000} KB`, time.toFixed(1), (time / (times[0] ?? Number.NaN)).toFixed(2)];
  });
  printTable('Decode, growth with the body', [['body', 'median µs', 'of 3 KB'], ...rows]);
}

function pdusIn(folder: string): Uint8Array[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    .filter((bytes) => bytes[0] === 0x8c);
}

function medianMicroseconds(pdu: Uint8Array): number {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const start = process.hrtime.bigint();
    decodePdu(pdu, { tolerate: REAL_WORLD });
    const elapsed = Number(process.hrtime.bigint() - start) / 1000;
    if (round >= WARM_UP_ROUNDS) times.push(elapsed);
  }
  return median(times);
}
