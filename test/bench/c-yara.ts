/** Debian's C `yara`, the reference for the engine. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { C_YARA_VARIABLES } from './rules.ts';

/** Octets that one run scans, so that its start is a small part of what is measured. */
const RUN_BYTES = 60_000_000;

/** Rules compiled for C yara. */
export class CYara {
  readonly #folder: string;
  readonly #rules: string;

  constructor(text: string, folder: string) {
    this.#folder = folder;
    this.#rules = join(folder, 'rules.yarac');
    const source = join(folder, 'rules.yar');
    writeFileSync(source, text);
    run('yarac', [...C_YARA_VARIABLES, source, this.#rules]);
  }

  /**
   * Microseconds of one scan of a file: a list that names it many times, scanned by one thread of one process, without
   * the time that the same process takes for an empty list. Opening and mapping the file is in it.
   */
  scanMicroseconds(bytes: Uint8Array): number {
    const file = join(this.#folder, 'payload');
    writeFileSync(file, bytes);
    const count = Math.ceil(RUN_BYTES / bytes.length);
    return ((this.#runMs(file, count) - this.#runMs(file, 0)) / count) * 1000;
  }

  #runMs(file: string, count: number): number {
    const list = join(this.#folder, 'list');
    writeFileSync(list, `${file}\n`.repeat(count));
    const startedMs = performance.now();
    run('yara', ['-p', '1', ...C_YARA_VARIABLES, '-C', this.#rules, '--scan-list', list]);
    return performance.now() - startedMs;
  }
}

function run(program: string, options: readonly string[]): void {
  const { status, stderr } = spawnSync(program, options, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}
