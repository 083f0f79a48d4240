/** `npm run bench`: prints ratios against a named reference of the same run. Takes about four minutes. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchDecode } from './decode-bench.ts';
import { benchPassThrough } from './pass-through-bench.ts';

const corpus = process.env['MMSGUARD_CORPUS'] ?? '../shared/corpus';
benchDecode(existsSync(corpus) ? corpus : undefined);

const missing = ['nginx', 'wrk'].filter(
  (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0,
);
if (missing.length > 0) {
  console.log(`\nPass-through is not measured: ${missing.join(' and ')} (Debian) missing.`);
} else {
  const folder = await mkdtemp(join(tmpdir(), 'mmsguard-bench-'));
  try {
    await benchPassThrough(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
