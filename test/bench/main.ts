/** `npm run bench [-- SECTION…]`: prints ratios against a named reference of the same run. All takes about fifteen minutes. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchDecode } from './decode-bench.ts';
import { benchGrowth } from './growth-bench.ts';
import { benchInspection } from './inspection-bench.ts';
import { benchMemory } from './memory-bench.ts';
import { benchPassThrough } from './pass-through-bench.ts';
import { benchQuarantine } from './quarantine-bench.ts';
import { benchScan } from './scan-bench.ts';
import { benchSoak } from './soak-bench.ts';

interface Section {
  /** Programs that it needs (Debian). */
  readonly needs: readonly string[];
  readonly run: (folder: string) => Promise<void> | void;
}

const corpus = process.env['MMSGUARD_CORPUS'] ?? '../shared/corpus';

const SECTIONS: Readonly<Record<string, Section>> = {
  decode: {
    needs: [],
    run: () => {
      benchDecode(existsSync(corpus) ? corpus : undefined);
    },
  },
  'pass-through': { needs: ['nginx', 'wrk'], run: benchPassThrough },
  scan: { needs: ['yara', 'yarac'], run: benchScan },
  peer: { needs: ['nginx', 'wrk'], run: benchInspection },
  growth: { needs: [], run: benchGrowth },
  quarantine: { needs: [], run: benchQuarantine },
  memory: { needs: [], run: benchMemory },
  soak: { needs: [], run: benchSoak },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in SECTIONS));
if (unknown.length > 0)
  throw new Error(`no section ${unknown.join()}; there are ${Object.keys(SECTIONS).join()}`);

/** Every section starts with an empty folder, open to the servers that give up their rights. */
for (const [name, { needs, run }] of Object.entries(SECTIONS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const missing = needs.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
  if (missing.length > 0) {
    console.log(`\n${name} is not measured: ${missing.join(' and ')} (Debian) missing.`);
    continue;
  }
  const folder = await mkdtemp(join(tmpdir(), 'mmsguard-bench-'));
  try {
    await chmod(folder, 0o755);
    console.log(`\n== ${name} (load ${loadavg()[0]?.toFixed(1)})`);
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
