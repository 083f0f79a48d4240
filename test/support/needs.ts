import { spawnSync } from 'node:child_process';

/** True when every program is on the PATH. */
export function isInstalled(...programs: readonly string[]): boolean {
  return programs.every((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0);
}

/** Whether to skip a test that needs what is absent here. In CI nothing is skipped: there the test must fail. */
export function mustSkip(isPresent: boolean): boolean {
  return !isPresent && process.env['CI'] === undefined;
}
