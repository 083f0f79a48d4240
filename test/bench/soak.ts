/** `soak.ts SCANS` scans so many messages in this thread, and prints ten `SoakSample`s as JSON. */
import { initSync } from '@virustotal/yara-x';
import { scanMessage } from '../../src/scanning/scan-message.ts';
import { sendRequest } from './messages.ts';
import { compiled, defaultSources } from './rules.ts';
import { POSTED, scannerOf } from './scanner.ts';

/** Memory after so many scans, in bytes, and what one of the last scans took. */
export interface SoakSample {
  readonly scans: number;
  readonly rss: number;
  readonly heap: number;
  /** The engine's own memory. */
  readonly engine: number;
  readonly microseconds: number;
}

const SAMPLES = 10;

const BODIES = [
  sendRequest(30_000, 'JPEG'),
  sendRequest(30_000, 'MP4'),
  sendRequest(1_000, 'text'),
  sendRequest(30_000, 'JPEG', 'http://user:secret@192.0.2.1/now.apk'),
];

const scans = Number(process.argv[2]);
const ruleSet = await compiled(await defaultSources());
const scanner = scannerOf(ruleSet);
// The engine runs already: this gives what it exports.
const { memory } = initSync({ module: ruleSet.image.program });
const samples: SoakSample[] = [];
for (let sample = 1; sample <= SAMPLES; sample += 1) {
  const startedMs = performance.now();
  for (let index = 0; index < scans / SAMPLES; index += 1) {
    const outcome = await scanMessage(BODIES[index % BODIES.length]!, POSTED, scanner);
    if (outcome.kind !== 'inspected') throw new Error(JSON.stringify(outcome));
  }
  const microseconds = ((performance.now() - startedMs) / (scans / SAMPLES)) * 1000;
  const { rss, heapUsed: heap } = process.memoryUsage();
  const engine = memory.buffer.byteLength;
  samples.push({ scans: (sample * scans) / SAMPLES, rss, heap, engine, microseconds });
}
console.log(JSON.stringify(samples));
